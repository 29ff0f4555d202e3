package io.twoarm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures a way to an {@link EchoServer}. Started with its address and port, it reads what to measure, a line each: the name of
 * a {@link Part} and for how many milliseconds; and answers with a line each: microseconds at p50, p99, p99.9 and at most,
 * or how many a second. With {@code rests COUNT} after the port it sends so many messages, each after a rest, and prints
 * {@link Rests}.
 */
public final class EchoClient {
    /** What it measures. */
    enum Part {
        /** One message at a time on one connection. */
        TRIPS,
        /** Messages on many connections at once, each with one on its way. */
        REQUESTS,
        /** Connections, many at once: each opened, a message there and back, reset. */
        CONNECTIONS,
        /** The same, one after the other. */
        SEQUENCE
    }

    private static final int AT_ONCE = 32;
    private static final int MESSAGE = 64;
    private static final int MOST_SAMPLES = 4_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InetSocketAddress server;
    private final long partNanos;
    private final long[] samples;

    private EchoClient(InetSocketAddress server, long partNanos, long[] samples) {
        this.server = server;
        this.partNanos = partNanos;
        this.samples = samples;
    }

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        if (arguments.length > 2) {
            System.out.println(rests(server, Integer.parseInt(arguments[3])));
            return;
        }
        long[] samples = new long[MOST_SAMPLES];
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ");
            EchoClient client = new EchoClient(server, Long.parseLong(words[1]) * NANOS_PER_MILLI, samples);
            System.out.println(client.measured(Part.valueOf(words[0])));
        }
    }

    private String measured(Part part) throws IOException {
        return switch (part) {
            case TRIPS -> {
                long[] trips = roundTrips();
                yield "%.1f %.1f %.1f %.1f"
                        .formatted(
                                quantile(trips, 0.5),
                                quantile(trips, 0.99),
                                quantile(trips, 0.999),
                                quantile(trips, 1));
            }
            case REQUESTS -> "%.0f".formatted(requests());
            case CONNECTIONS -> "%.0f".formatted(connections());
            case SEQUENCE -> "%.0f".formatted(sequence());
        };
    }

    /** Single messages, each after a rest, and as many one after the other. */
    private static Rests rests(InetSocketAddress server, int count) throws IOException {
        EchoClient client = new EchoClient(server, 1_000 * NANOS_PER_MILLI, new long[MOST_SAMPLES]);
        client.roundTrips();
        long[] busy = client.roundTrips();
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try (SocketChannel channel = client.connected()) {
            return Rests.measure(count, busy, () -> exchange(channel, message));
        }
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1_000.0;
    }

    /** One message at a time on one connection; sorted, in nanoseconds. */
    private long[] roundTrips() throws IOException {
        int count = 0;
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try (SocketChannel channel = connected()) {
            long end = System.nanoTime() + partNanos;
            long begin = System.nanoTime();
            while (begin < end && count < MOST_SAMPLES) {
                exchange(channel, message);
                long now = System.nanoTime();
                samples[count++] = now - begin;
                begin = now;
            }
        }
        long[] sorted = Arrays.copyOf(samples, count);
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
            for (int i = 0; i < AT_ONCE; i++) {
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
            for (int i = 0; i < AT_ONCE; i++) {
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
