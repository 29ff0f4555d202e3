package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * First stage: tells plain packets, which a session may take, from all others, and hashes their flow.
 *
 * <p>Plain is: to the port's own Ethernet address, IPv4 without options, with a right header checksum (RFC 1812, 5.2.2),
 * no fragment, TCP or UDP with room for its header, TTL left for one more hop. The 20 bytes of the IPv4 header are read
 * with three loads from offset 12 of the frame; their sum comes from the same registers.
 */
final class ClassifyStage {
    private static final long LOW_32 = 0xffff_ffffL;
    private static final int RAW_TYPE_IPV4 = 0x0008;
    private static final int VERSION_4_LENGTH_20 = 0x45;
    private static final int RAW_FRAGMENT_MASK = 0xff3f;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_LEAST = 40;
    private static final int UDP_LEAST = 28;

    private final SessionTable sessions;
    private final long[] rawMacs;
    private final int leastTtl;

    ClassifyStage(WorkerTables tables) {
        sessions = tables.sessions;
        rawMacs = tables.emitter.rawMacs();
        leastTtl = tables.leastTtl();
    }

    void run(Burst burst, long packets, int count) {
        long base = Mem.pointer(packets);
        long rawMac = rawMacs[burst.port];
        long[] mbufs = burst.mbufs;
        long[] frames = burst.frames;
        int[] lengths = burst.lengths;
        int[] cuts = burst.cuts;
        int[] hashes = burst.hashes;
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.pointer(Mem.getLong(base + i * 8L));
            long frame = Mbuf.data(mbuf);
            mbufs[i] = mbuf;
            frames[i] = frame;
            cuts[i] = 0;
            hashes[i] = hash(lengths, i, mbuf, frame, rawMac);
        }
    }

    private int hash(int[] lengths, int i, long mbuf, long frame, long rawMac) {
        long at = Mem.pointer(frame);
        int frameLength = Mbuf.length(mbuf);
        long first = Mem.getLong(at + 12);
        long second = Mem.getLong(at + 20);
        long third = Mem.getLong(at + 28);
        int total = Short.reverseBytes((short) (first >>> 32)) & 0xffff;
        int protocol = (int) (second >>> 24) & 0xff;
        int least = protocol == TCP ? TCP_LEAST : UDP_LEAST;
        boolean plain = (first & 0xff_ffff) == (VERSION_4_LENGTH_20 << 16 | RAW_TYPE_IPV4)
                && (protocol == TCP || protocol == UDP)
                && (second & RAW_FRAGMENT_MASK) == 0
                && (int) (second >>> 16 & 0xff) >= leastTtl
                && total >= least
                && total <= frameLength - EthernetHeader.SIZE
                && (Mem.getLong(at) & EthernetHeader.ADDRESS_MASK) == rawMac
                && isRight(first, second, third);
        if (!plain) {
            return 0;
        }
        lengths[i] = total;
        if (frameLength != total + EthernetHeader.SIZE) {
            Mbuf.setLength(mbuf, total + EthernetHeader.SIZE);
        }
        long addresses = second >>> 48 | third << 16;
        int code = protocol == TCP ? SessionRecord.PROTOCOL_TCP : SessionRecord.PROTOCOL_UDP;
        return sessions.hash(addresses, Mem.getInt(at + 34), code);
    }

    /** Whether bytes 14 to 33 of the frame, read from 12, 20 and 28, sum up to all ones. */
    private static boolean isRight(long first, long second, long third) {
        long sum = (first >>> 16 & LOW_32)
                + (first >>> 48)
                + (second & LOW_32)
                + (second >>> 32)
                + (third & LOW_32)
                + (third >>> 32 & 0xffff);
        long folded = (sum & 0xffff) + (sum >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return folded == 0xffff;
    }
}
