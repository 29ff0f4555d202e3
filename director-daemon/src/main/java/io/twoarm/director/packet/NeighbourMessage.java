package io.twoarm.director.packet;

import static io.twoarm.director.packet.Icmpv6Header.CODE_OFFSET;
import static io.twoarm.director.packet.Icmpv6Header.LINK_ADDRESS_SIZE;
import static io.twoarm.director.packet.Icmpv6Header.OPTIONS_OFFSET;
import static io.twoarm.director.packet.Icmpv6Header.PROTOCOL;
import static io.twoarm.director.packet.Icmpv6Header.TARGET_OFFSET;
import static io.twoarm.director.packet.Icmpv6Header.WORD_OFFSET;

import io.twoarm.director.memory.Mem;

/** Neighbour solicitations and advertisements (RFC 4861, 4.3 and 4.4): their options, and how they are written. */
public final class NeighbourMessage {
    /** Hop limit of all of them: no router has had its hands on it. */
    public static final int HOP_LIMIT = 255;

    /** Bytes of a message with one link address option. */
    public static final int SIZE = OPTIONS_OFFSET + LINK_ADDRESS_SIZE;

    /** Bytes of a whole frame with such a message. */
    public static final int FRAME_SIZE = EthernetHeader.SIZE + Ipv6Header.SIZE + SIZE;

    /** Result of {@link #linkAddress}: there is no such option. */
    public static final long NONE = 0;

    /** Result of {@link #linkAddress}: an option has a length that cannot be. */
    public static final long MALFORMED = -1;

    private static final int UNIT = 8;

    private NeighbourMessage() {}

    /**
     * The Ethernet address in a link address option.
     *
     * @param icmp address of the message
     * @param length its bytes, at least 24
     * @param kind which option
     * @return the address as a number, {@link #NONE} or {@link #MALFORMED}
     */
    public static long linkAddress(long icmp, int length, int kind) {
        long found = NONE;
        int at = OPTIONS_OFFSET;
        while (at < length) {
            int size = at + 1 < length ? (Mem.getByte(icmp + at + 1) & 0xff) * UNIT : 0;
            if (size == 0 || at + size > length) {
                return MALFORMED;
            }
            if ((Mem.getByte(icmp + at) & 0xff) == kind && size == LINK_ADDRESS_SIZE) {
                found = EthernetHeader.address(icmp + at + 2);
            }
            at += size;
        }
        return found;
    }

    /**
     * Writes a message of {@link #SIZE} bytes with header, option and checksum, behind an IPv6 header that has its
     * addresses already.
     *
     * @param flags of an advertisement; 0 for a solicitation
     * @param mac in the option; 0 for a message without option
     */
    public static void write(long ip, int type, int flags, long targetHigh, long targetLow, long mac) {
        boolean solicitation = type == Icmpv6Header.NEIGHBOUR_SOLICITATION;
        int size = mac == 0 ? OPTIONS_OFFSET : SIZE;
        Ipv6Header.write(ip, 0, size, PROTOCOL, HOP_LIMIT);
        long icmp = ip + Ipv6Header.SIZE;
        Mem.putByte(icmp, (byte) type);
        Mem.putByte(icmp + CODE_OFFSET, (byte) 0);
        Mem.putIntBE(icmp + WORD_OFFSET, flags);
        Ipv6Header.putAddress(icmp + TARGET_OFFSET, targetHigh, targetLow);
        if (mac != 0) {
            int kind = solicitation ? Icmpv6Header.SOURCE_LINK_ADDRESS : Icmpv6Header.TARGET_LINK_ADDRESS;
            Mem.putByte(icmp + OPTIONS_OFFSET, (byte) kind);
            Mem.putByte(icmp + OPTIONS_OFFSET + 1, (byte) 1);
            EthernetHeader.putAddress(icmp + OPTIONS_OFFSET + 2, mac);
        }
        Ipv6Header.putChecksum(ip, icmp, Icmpv6Header.CHECKSUM_OFFSET, PROTOCOL, size);
    }
}
