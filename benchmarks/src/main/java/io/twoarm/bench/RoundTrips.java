package io.twoarm.bench;

import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Sends packets of an established connection to a forwarder, one at a time, and waits for each to come back. Others can be
 * sent right before it: what the forwarder does with them delays the one that is waited for, answered or not.
 */
final class RoundTrips {
    /** An odd length, by which the packet that is waited for is known; no other packet may have it. */
    static final int AWAITED_BYTES = 77;

    private static final int BURST = 32;
    private static final int TYPE = 12;
    private static final int IP = 14;
    private static final int ICMPV6_TYPE = IP + 40;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final int KNOCKS = 60;
    private static final int MOST_WAITING = 256;
    /** Questions are answered after so long also when what is waited for has not come: it may depend on it. */
    private static final long SOON_NANOS = 2_000_000;

    private final BufferPool pool;
    private final BurstFunctions port;
    private final long outgoing = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private final long received = NativeMemory.ofProcess().allocate(8L * MOST_WAITING, 64);
    private final long answer = NativeMemory.ofProcess().allocate(8, 64);
    private final byte[] opening = client(60, Frame.SYN);
    private final byte[] ordinary = client(60, Frame.ACK);
    private final byte[] awaited = client(AWAITED_BYTES, Frame.ACK);
    /** Packets that have come and are to be read. */
    private int waiting;

    private byte[] last = {};

    RoundTrips(BufferPool pool, BurstFunctions port) {
        this.pool = pool;
        this.port = port;
    }

    private static byte[] client(int bytes, int flags) {
        Traffic traffic = new Traffic(Mode.FULLNAT44, Traffic.Protocol.TCP, 1, Traffic.Order.SEQUENTIAL, bytes);
        Frame frame = new Frame().client(traffic, 0, flags);
        return Arrays.copyOf(frame.array(), frame.length());
    }

    /** Opens the connection, as often as it takes until the forwarder runs and knows its neighbours. */
    void open() throws IOException {
        for (int knock = 0; knock < KNOCKS; knock++) {
            send(List.of(opening));
            send(List.of(ordinary));
            if (trip(List.of()) >= 0) {
                return;
            }
        }
        throw new IOException("nothing came back");
    }

    /** Nanoseconds of a packet of the connection. */
    long nanos() throws IOException {
        return nanosAfter(List.of());
    }

    /** Nanoseconds of a packet of the connection that follows another one of it. */
    long nanosAfterOrdinary() throws IOException {
        return nanosAfter(List.of(ordinary));
    }

    /** Nanoseconds of a packet of the connection that follows other packets, all in one burst. */
    long nanosAfter(List<byte[]> others) throws IOException {
        long nanos = trip(others);
        if (nanos < 0) {
            throw new IOException("a packet of an established connection did not come back");
        }
        return nanos;
    }

    /** The last packet that came, other than those that were waited for and questions about neighbours. */
    byte[] last() {
        return last;
    }

    /** Negative when the packet did not come back. */
    private long trip(List<byte[]> others) throws IOException {
        int count = others.size() + 1;
        allocate(count);
        for (int i = 0; i < count; i++) {
            fill(Mem.getLong(outgoing + 8L * i), i < others.size() ? others.get(i) : awaited);
        }
        long begin = System.nanoTime();
        boolean sent = transmit(count);
        long nanos = -1;
        long now = begin;
        long readUntil = begin;
        while (nanos < 0 && now - begin < PATIENCE_NANOS) {
            if (receive() && sent) {
                nanos = System.nanoTime() - begin;
            } else if (now - readUntil > SOON_NANOS || waiting > MOST_WAITING - BURST) {
                readWaiting();
                readUntil = now;
            }
            now = System.nanoTime();
        }
        readWaiting();
        return nanos;
    }

    private void send(List<byte[]> frames) throws IOException {
        allocate(frames.size());
        for (int i = 0; i < frames.size(); i++) {
            fill(Mem.getLong(outgoing + 8L * i), frames.get(i));
        }
        transmit(frames.size());
    }

    private void allocate(int count) throws IOException {
        if (!pool.allocate(outgoing, count)) {
            throw new IOException("no packet buffers are left");
        }
    }

    private static void fill(long mbuf, byte[] frame) {
        long data = Mbuf.data(mbuf);
        for (int i = 0; i < frame.length; i++) {
            Mem.putByte(data + i, frame[i]);
        }
        Mbuf.setLength(mbuf, frame.length);
    }

    /** Whether all could be sent, which is not so before the forwarder runs. */
    private boolean transmit(int count) {
        int sent = port.transmit(outgoing, count);
        if (sent < count) {
            pool.free(outgoing + 8L * sent, count - sent);
        }
        return sent == count;
    }

    /** Whether the packet that is waited for has come. All others are read later, so that they take no time meanwhile. */
    private boolean receive() {
        int count = port.receive(received + 8L * waiting, BURST);
        boolean found = false;
        for (int i = waiting; i < waiting + count; i++) {
            found |= Mbuf.length(Mem.getLong(received + 8L * i)) == AWAITED_BYTES;
        }
        waiting += count;
        return found;
    }

    private void readWaiting() {
        for (int i = 0; i < waiting; i++) {
            long mbuf = Mem.getLong(received + 8L * i);
            long frame = Mbuf.data(mbuf);
            int length = Mbuf.length(mbuf);
            if (length != AWAITED_BYTES) {
                if (answered(mbuf, frame)) {
                    continue;
                }
                keep(frame, length);
            }
            Mem.putLong(answer, mbuf);
            pool.free(answer, 1);
        }
        waiting = 0;
    }

    private void keep(long frame, int length) {
        byte[] copy = last.length == length ? last : new byte[length];
        for (int i = 0; i < length; i++) {
            copy[i] = Mem.getByte(frame + i);
        }
        last = copy;
    }

    /** Answers questions about neighbours, and sends the answer. */
    private boolean answered(long mbuf, long frame) {
        int type = Mem.getUnsignedShortBE(frame + TYPE);
        boolean made = type == 0x0806 && Player.answerArp(mbuf, frame, answer) == 1
                || type == 0x86dd && answerSolicitation(mbuf, frame);
        if (made && port.transmit(answer, 1) == 0) {
            pool.free(answer, 1);
        }
        return made;
    }

    private boolean answerSolicitation(long mbuf, long frame) {
        if (Mem.getByte(frame + IP + 6) != 58 || (Mem.getByte(frame + ICMPV6_TYPE) & 0xff) != NEIGHBOUR_SOLICITATION) {
            return false;
        }
        byte[] asker = new byte[16];
        byte[] wanted = new byte[16];
        for (int i = 0; i < 16; i++) {
            asker[i] = Mem.getByte(frame + IP + 8 + i);
            wanted[i] = Mem.getByte(frame + ICMPV6_TYPE + 8 + i);
        }
        int neighbour = Mem.getIntBE(frame + ICMPV6_TYPE + 8 + 12);
        Frame reply = new Frame().neighbourAdvertisement(wanted, asker, Stations.of(neighbour));
        fill(mbuf, Arrays.copyOf(reply.array(), reply.length()));
        Mem.putLong(answer, mbuf);
        return true;
    }
}
