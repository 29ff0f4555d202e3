package io.twoarm.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Measures a way to an {@link EchoServer}: started with its address, port and how many seconds each part takes, prints
 * {@code p50 MICROS p99 MICROS p999 MICROS max MICROS requests RATE connections RATE
 * sequence RATE}. With {@code rests COUNT} after the port it sends so many messages, each after a rest, and prints
 * {@link Rests}.
 */
public final class EchoClient {
    private static final int CONNECTIONS = 32;
    private static final int MESSAGE = 64;
    private static final int MOST_SAMPLES = 4_000_000;

    private final InetSocketAddress server;
    private final long partNanos;

    private EchoClient(InetSocketAddress server, long partNanos) {
        this.server = server;
        this.partNanos = partNanos;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[2].equals("rests")) {
            System.out.println(rests(
                    new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
                    Integer.parseInt(arguments[3])));
            return;
        }
        EchoClient client = new EchoClient(
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
                Long.parseLong(arguments[2]) * 1_000_000_000L);
        client.roundTrips(client.partNanos / 3);
        long[] trips = client.roundTrips(client.partNanos);
        double requests = client.requests();
        double connections = client.connections();
        double sequence = client.sequence();
        System.out.printf(
                "p50 %.1f p99 %.1f p999 %.1f max %.1f requests %.0f connections %.0f sequence %.0f%n",
                quantile(trips, 0.5),
                quantile(trips, 0.99),
                quantile(trips, 0.999),
                quantile(trips, 1),
                requests,
                connections,
                sequence);
    }

    /** Single messages, each after a rest, and as many one after the other. */
    private static Rests rests(InetSocketAddress server, int count) throws IOException {
        EchoClient client = new EchoClient(server, 1_000_000_000L);
        client.roundTrips(client.partNanos);
        long[] busy = client.roundTrips(client.partNanos);
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try (SocketChannel channel = client.connected()) {
            return Rests.measure(count, busy, () -> exchange(channel, message));
        }
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1_000.0;
    }

    /** One message at a time on one connection; sorted, in nanoseconds. */
    private long[] roundTrips(long nanos) throws IOException {
        long[] trips = new long[MOST_SAMPLES];
        int count = 0;
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try (SocketChannel channel = connected()) {
            long end = System.nanoTime() + nanos;
            long begin = System.nanoTime();
            while (begin < end && count < MOST_SAMPLES) {
                exchange(channel, message);
                long now = System.nanoTime();
                trips[count++] = now - begin;
                begin = now;
            }
        }
        long[] sorted = Arrays.copyOf(trips, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private SocketChannel connected() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.socket().setTcpNoDelay(true);
        return channel;
    }

    private static void exchange(SocketChannel channel, ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        message.clear();
        while (message.hasRemaining()) {
            if (channel.read(message) < 0) {
                throw new IOException("the server closed the connection");
            }
        }
    }

    /** Messages a second on many connections at once, each with one on its way. */
    private double requests() throws IOException {
        long answered = 0;
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel channel = connected();
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                message.clear();
                channel.write(message);
            }
            long begin = System.nanoTime();
            while (System.nanoTime() < begin + partNanos) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    message.clear();
                    if (channel.read(message) < 0) {
                        throw new IOException("the server closed a connection");
                    }
                    message.flip();
                    channel.write(message);
                    answered++;
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return answered * 1e9 / partNanos;
    }

    /** Connections a second, one after the other: opened, a message there and back, reset. */
    private double sequence() throws IOException {
        long made = 0;
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        long begin = System.nanoTime();
        while (System.nanoTime() < begin + partNanos) {
            try (SocketChannel channel = connected()) {
                reset(channel);
                exchange(channel, message);
                made++;
            }
        }
        return made * 1e9 / partNanos;
    }

    /** Connections a second, many at once: each opened, a message there and back, reset. */
    private double connections() throws IOException {
        long made = 0;
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connect(selector);
            }
            long begin = System.nanoTime();
            while (System.nanoTime() < begin + partNanos) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    message.clear();
                    if (key.isConnectable()) {
                        channel.finishConnect();
                        key.interestOps(SelectionKey.OP_READ);
                        channel.write(message);
                    } else if (channel.read(message) == MESSAGE) {
                        channel.close();
                        connect(selector);
                        made++;
                    } else {
                        throw new IOException("the server closed a connection, or answered in pieces");
                    }
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return made * 1e9 / partNanos;
    }

    private void connect(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        reset(channel);
        channel.register(selector, channel.connect(server) ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    }

    /** A reset leaves no TIME_WAIT, so that the client does not run out of ports. */
    private static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
}
