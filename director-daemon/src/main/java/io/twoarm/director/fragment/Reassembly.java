package io.twoarm.director.fragment;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;

/**
 * Packets of which not all fragments came yet (RFC 791, 3.2; RFC 8200, 4.5), in any order. Fragments that overlap spoil
 * their packet, those to come included (RFC 5722); one that came before, byte range for byte range, is ignored (RFC 8200,
 * 4.5). Nothing is answered here.
 *
 * <p>Bounds: {@value #PACKETS} packets, {@value PieceList#PLACES} fragments altogether, {@value #MOST_PIECES} of one packet,
 * {@value #PATIENCE} microseconds from the first to come to the last. Beyond the first two the oldest packet makes room,
 * so that a flood of pieces delays nobody whose fragments come one behind the other.
 */
public final class Reassembly {
    static final int PACKETS = 256;
    static final int MOST_PIECES = 64;
    static final long PATIENCE = 5_000_000;

    /** Bytes behind the header of the largest packet: what fits a frame of 65,535 bytes with all that may be added. */
    public static final int LARGEST = 65_456;

    private static final int BUCKETS = 512;
    private static final int UNKNOWN = -1;

    /** Fragments that are not of this unit, and not the last, cannot be. */
    private static final int UNIT = 8;

    private final Emitter emitter;
    private final Counters counters;
    private final PieceList pieces = new PieceList();

    private final int[] buckets = new int[BUCKETS];
    private final FragmentKey[] keys = new FragmentKey[PACKETS + 1];
    private final int[] chain = new int[PACKETS + 1];
    private final int[] first = new int[PACKETS + 1];
    private final int[] counts = new int[PACKETS + 1];
    private final int[] received = new int[PACKETS + 1];
    private final int[] totals = new int[PACKETS + 1];
    private final int[] ports = new int[PACKETS + 1];
    private final boolean[] spoiled = new boolean[PACKETS + 1];
    private final long[] due = new long[PACKETS + 1];
    private final int[] older = new int[PACKETS + 1];
    private final int[] younger = new int[PACKETS + 1];
    private int oldest;
    private int youngest;
    private int free = 1;

    private int largestPiece;
    private int protocol;
    private int givenUpPort;
    private boolean givenUpWide;

    public Reassembly(Emitter emitter, Counters counters) {
        this.emitter = emitter;
        this.counters = counters;
        for (int i = 1; i <= PACKETS; i++) {
            keys[i] = new FragmentKey();
            younger[i] = i < PACKETS ? i + 1 : 0;
        }
    }

    /** Of the packet that became whole last: bytes of data in its largest fragment. */
    public int largestPiece() {
        return largestPiece;
    }

    /**
     * Takes over a fragment.
     *
     * @param data address of what is behind the headers
     * @param start where that belongs, in bytes, a multiple of 8
     * @param length in bytes; if more fragments follow, a multiple of 8
     * @param next what the IPv6 fragment header says is behind it; no matter with IPv4
     * @return whether the packet is whole now and stands in the emitter's large buffer
     */
    public boolean take(
            FragmentKey key,
            int port,
            long mbuf,
            long data,
            int start,
            int length,
            boolean more,
            int next,
            long nowMicros) {
        if (length == 0 || more && length % UNIT != 0 || start + length > LARGEST) {
            emitter.drop(mbuf, Counter.DROPPED_FRAGMENT_MALFORMED);
            return false;
        }
        int packet = findOrBegin(key, port, nowMicros);
        if (spoiled[packet]) {
            emitter.drop(mbuf, Counter.DROPPED_FRAGMENT_OVERLAP);
            return false;
        }
        if (!hasRoom(packet)) {
            emitter.drop(mbuf, Counter.DROPPED_FRAGMENT_LIMIT);
            return false;
        }
        if (!place(packet, mbuf, data, start, length, more)) {
            return false;
        }
        if (received[packet] != totals[packet]) {
            return false;
        }
        protocol = next;
        join(packet);
        return true;
    }

    private int findOrBegin(FragmentKey key, int port, long nowMicros) {
        int bucket = key.hash() & BUCKETS - 1;
        for (int packet = buckets[bucket]; packet != 0; packet = chain[packet]) {
            if (keys[packet].isSame(key)) {
                return packet;
            }
        }
        if (free == 0) {
            drop(oldest, Counter.DROPPED_FRAGMENT_LIMIT);
        }
        int packet = free;
        free = younger[packet];
        keys[packet].copy(key);
        chain[packet] = buckets[bucket];
        buckets[bucket] = packet;
        first[packet] = 0;
        counts[packet] = 0;
        received[packet] = 0;
        totals[packet] = UNKNOWN;
        ports[packet] = port;
        spoiled[packet] = false;
        due[packet] = nowMicros + PATIENCE;
        older[packet] = youngest;
        younger[packet] = 0;
        if (youngest != 0) {
            younger[youngest] = packet;
        } else {
            oldest = packet;
        }
        youngest = packet;
        return packet;
    }

    private boolean hasRoom(int packet) {
        if (counts[packet] == MOST_PIECES) {
            return false;
        }
        while (pieces.isFull()) {
            int victim = oldest == packet ? younger[oldest] : oldest;
            drop(victim, Counter.DROPPED_FRAGMENT_LIMIT);
        }
        return true;
    }

    /** Puts a fragment in its place; false when it is none of this packet's, and dropped. */
    private boolean place(int packet, long mbuf, long data, int start, int length, boolean more) {
        int end = start + length;
        int before = 0;
        int following = first[packet];
        while (following != 0 && pieces.starts[following] < start) {
            before = following;
            following = pieces.next[following];
        }
        if (following != 0 && pieces.starts[following] == start && pieces.lengths[following] == length) {
            emitter.drop(mbuf, Counter.DROPPED_FRAGMENT_DUPLICATE);
            return false;
        }
        int total = totals[packet];
        boolean last = !more;
        boolean overlaps = before != 0 && pieces.end(before) > start
                || following != 0 && pieces.starts[following] < end
                || last && following != 0
                || total != UNKNOWN && (last || end > total);
        if (overlaps) {
            spoil(packet);
            emitter.drop(mbuf, Counter.DROPPED_FRAGMENT_OVERLAP);
            return false;
        }
        int place = pieces.insert(before, following, mbuf, data, start, length);
        if (before == 0) {
            first[packet] = place;
        }
        counts[packet]++;
        received[packet] += length;
        if (last) {
            totals[packet] = end;
        }
        counters.add(Counter.REASSEMBLING, 1);
        return true;
    }

    /** Drops what is there and remembers the packet, so that what is still to come is dropped too. */
    private void spoil(int packet) {
        dropPieces(packet, Counter.DROPPED_FRAGMENT_OVERLAP);
        spoiled[packet] = true;
    }

    private void dropPieces(int packet, Counter reason) {
        counters.add(Counter.REASSEMBLING, -counts[packet]);
        for (int place = first[packet]; place != 0; place = pieces.remove(place)) {
            emitter.drop(pieces.mbufs[place], reason);
        }
        first[packet] = 0;
        counts[packet] = 0;
    }

    private void drop(int packet, Counter reason) {
        dropPieces(packet, reason);
        forget(packet);
    }

    private void forget(int packet) {
        int bucket = keys[packet].hash() & BUCKETS - 1;
        if (buckets[bucket] == packet) {
            buckets[bucket] = chain[packet];
        } else {
            int at = buckets[bucket];
            while (chain[at] != packet) {
                at = chain[at];
            }
            chain[at] = chain[packet];
        }
        if (older[packet] != 0) {
            younger[older[packet]] = younger[packet];
        } else {
            oldest = younger[packet];
        }
        if (younger[packet] != 0) {
            older[younger[packet]] = older[packet];
        } else {
            youngest = older[packet];
        }
        younger[packet] = free;
        free = packet;
    }

    /** Copies a packet into the large buffer, behind the header of its first fragment. */
    private void join(int packet) {
        long large = emitter.large();
        boolean wide = keys[packet].isWide();
        int header = wide ? Ipv6Header.SIZE : Ipv4Header.SIZE;
        int total = totals[packet];
        emitter.prepareLarge(EthernetHeader.SIZE + header + total);
        long to = Mbuf.data(large);
        long ip = to + EthernetHeader.SIZE;
        Mem.copy(Mbuf.data(pieces.mbufs[first[packet]]), to, EthernetHeader.SIZE + header);
        largestPiece = 0;
        for (int place = first[packet]; place != 0; place = pieces.next[place]) {
            Mem.copy(pieces.data[place], ip + header + pieces.starts[place], pieces.lengths[place]);
            largestPiece = Math.max(largestPiece, pieces.lengths[place] & -UNIT);
            emitter.release(pieces.mbufs[place]);
        }
        if (wide) {
            Mem.putShortBE(ip + Ipv6Header.PAYLOAD_LENGTH_OFFSET, total);
            Mem.putByte(ip + Ipv6Header.NEXT_HEADER_OFFSET, (byte) protocol);
        } else {
            Mem.putShortBE(ip + Ipv4Header.LENGTH_OFFSET, header + total);
            Mem.putShort(ip + Ipv4Header.FRAGMENT_OFFSET, (short) 0);
            Mem.putShort(ip + Ipv4Header.CHECKSUM_OFFSET, (short) 0);
            Mem.putShort(ip + Ipv4Header.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(ip, header)));
        }
        counters.add(Counter.REASSEMBLING, -counts[packet]);
        // The whole packet counts as one that was received.
        counters.add(Counter.CONSUMED_FRAGMENT, counts[packet] - 1);
        counters.count(Counter.REASSEMBLED);
        for (int place = first[packet]; place != 0; ) {
            place = pieces.remove(place);
        }
        first[packet] = 0;
        counts[packet] = 0;
        forget(packet);
    }

    /** Whether a packet's time is over. */
    public boolean isDue(long nowMicros) {
        return oldest != 0 && due[oldest] <= nowMicros;
    }

    /**
     * Gives up the oldest packet.
     *
     * @return the buffer of its fragment at offset 0, which is not counted yet and is the caller's; 0 without one
     */
    public long giveUp() {
        int packet = oldest;
        long kept = 0;
        int place = first[packet];
        if (place != 0 && pieces.starts[place] == 0) {
            kept = pieces.mbufs[place];
            first[packet] = pieces.remove(place);
            counts[packet]--;
            counters.add(Counter.REASSEMBLING, -1);
        }
        givenUpPort = ports[packet];
        givenUpWide = keys[packet].isWide();
        drop(packet, Counter.DROPPED_FRAGMENT_TIMEOUT);
        return kept;
    }

    /** Port that the packet given up last came from. */
    public int givenUpPort() {
        return givenUpPort;
    }

    /** Whether the packet given up last was of IPv6. */
    public boolean givenUpWide() {
        return givenUpWide;
    }
}
