package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.fragment.FragmentKey;
import io.twoarm.director.fragment.Reassembly;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;

/**
 * Fragments to own addresses. A packet of which all came takes the place of its last fragment in the burst, whole, and what
 * it is sent on as is cut again into pieces of the size that came, or smaller ones if the next link wants so. Ports,
 * checksums and what else counts on the whole packet are the same for every way that a packet may take.
 *
 * <p>Of a packet that does not become whole in time, the first fragment is answered by time exceeded (RFC 792; RFC 8200,
 * 4.5). One of IPv6 whose length cannot be is answered by parameter problem.
 */
final class Fragments {
    private static final int OFFSET_MASK = 0x1fff;
    private static final int MORE = 0x2000;
    private static final int WIDE_OFFSET_MASK = 0xfff8;
    private static final int UNIT = 8;
    private static final int MOST_PER_TICK = 16;

    private final Reassembly reassembly;
    private final FragmentKey key = new FragmentKey();
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final Emitter emitter;
    private final Burst late = new Burst();

    Fragments(WorkerTables tables, IcmpAnswers answers, Icmpv6Answers wideAnswers) {
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        emitter = tables.emitter;
        reassembly = new Reassembly(emitter, tables.counters);
    }

    /**
     * Takes over an IPv4 fragment without options.
     *
     * @return whether its packet is whole now and stands in its place
     */
    boolean join(Burst burst, int i, long ip) {
        key.read(ip);
        int field = Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET);
        int start = (field & OFFSET_MASK) * UNIT;
        int length = burst.lengths[i] - Ipv4Header.SIZE;
        boolean more = (field & MORE) != 0;
        long data = ip + Ipv4Header.SIZE;
        int identification = Mem.getUnsignedShortBE(ip + Ipv4Header.ID_OFFSET);
        return reassembly.take(key, burst.port, burst.mbufs[i], data, start, length, more, 0, burst.nowMicros)
                && replace(burst, i, identification, Ipv4Header.SIZE);
    }

    /**
     * Takes over an IPv6 fragment.
     *
     * @param header offset of its fragment header
     * @return whether its packet is whole now and stands in its place, without extension headers before the fragment header
     */
    boolean joinWide(Burst burst, int i, long ip, int header) {
        long mbuf = burst.mbufs[i];
        if (mbuf == emitter.large()) {
            emitter.drop(mbuf, Counter.DROPPED_FRAGMENT_MALFORMED);
            return false;
        }
        long at = ip + header;
        int identification = Mem.getIntBE(at + 4);
        int field = Mem.getUnsignedShortBE(at + 2);
        int start = field & WIDE_OFFSET_MASK;
        boolean more = (field & 1) != 0;
        int length = burst.lengths[i] - header - ExtensionHeaders.FRAGMENT_SIZE;
        if (more && length % UNIT != 0) {
            wideAnswers.parameterProblem(burst, i, Icmpv6Header.ERRONEOUS_FIELD, Ipv6Header.PAYLOAD_LENGTH_OFFSET);
            return false;
        }
        if (start + length > 0xffff) {
            wideAnswers.parameterProblem(burst, i, Icmpv6Header.ERRONEOUS_FIELD, header + 2);
            return false;
        }
        key.readWide(ip, identification);
        // The next header of the first fragment counts (RFC 8200, 4.5); it is the same in all that honest hosts send.
        int next = Mem.getByte(at) & 0xff;
        long data = at + ExtensionHeaders.FRAGMENT_SIZE;
        return reassembly.take(key, burst.port, mbuf, data, start, length, more, next, burst.nowMicros)
                && replace(burst, i, identification, Ipv6Header.SIZE);
    }

    private boolean replace(Burst burst, int i, int identification, int header) {
        long large = emitter.large();
        burst.mbufs[i] = large;
        burst.frames[i] = Mbuf.data(large);
        burst.lengths[i] = Mbuf.length(large) - EthernetHeader.SIZE;
        burst.headers[i] = Ipv4Header.SIZE;
        burst.cuts[i] = reassembly.largestPiece();
        burst.identifications[i] = identification;
        return header <= burst.lengths[i];
    }

    private static boolean isIcmp(long mbuf) {
        return Ipv4Header.protocol(Mbuf.data(mbuf) + EthernetHeader.SIZE) == Protocol.ICMP.number();
    }

    /** Gives up packets whose time is over; returns how many. */
    int tick(long nowMicros) {
        int done = 0;
        while (done < MOST_PER_TICK && reassembly.isDue(nowMicros)) {
            long first = reassembly.giveUp();
            if (first != 0 && reassembly.givenUpWide()) {
                late.mbufs[0] = first;
                late.port = reassembly.givenUpPort();
                late.nowMicros = nowMicros;
                wideAnswers.reassemblyTimeExceeded(late, 0);
            } else if (first != 0 && isIcmp(first)) {
                // It may be an error, about which none is sent (RFC 1122, 3.2.2).
                emitter.drop(first, Counter.DROPPED_FRAGMENT_TIMEOUT);
            } else if (first != 0) {
                answers.reassemblyTimeExceeded(first, nowMicros);
            }
            done++;
        }
        return done;
    }
}
