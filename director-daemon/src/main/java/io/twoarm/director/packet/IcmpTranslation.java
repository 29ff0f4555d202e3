package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * Which ICMPv6 error stands for which ICMP one (RFC 7915, 4.2 and 5.2): types, codes, pointers and MTUs. Type and code are
 * one number, the type in the higher byte. {@link #NONE} means that the message is not translated.
 */
public final class IcmpTranslation {
    public static final int NONE = -1;

    /** ICMP has the pointer in the first of four bytes (RFC 792), ICMPv6 in all of them. */
    private static final int POINTER_SHIFT = 24;

    /** Bytes by which an IPv6 header is longer than an IPv4 one. */
    private static final int GROWTH = Ipv6Header.SIZE - Ipv4Header.SIZE;

    /** Where an IPv6 header has what the byte of an IPv4 header at this place is about (RFC 7915, figure 3). */
    private static final int[] POINTERS_TO_IPV6 = {
        0, 1, 4, 4, NONE, NONE, NONE, NONE, 7, 6, NONE, NONE, 8, 8, 8, 8, 24, 24, 24, 24
    };

    /** MTUs that links have, for routers that do not tell (RFC 1191, 7). */
    private static final int[] PLATEAUS = {65_535, 32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68};

    /** Codes of destination unreachable that say that a host or network cannot be reached. */
    private static final int NO_WAY = 1 | 1 << 1 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 11 | 1 << 12;

    /** Codes of destination unreachable that say that somebody forbids it. */
    private static final int FORBIDDEN = 1 << 9 | 1 << 10 | 1 << 13 | 1 << 15;

    private static final int LAST_CODE = 15;
    private static final int PROTOCOL_UNREACHABLE = 2;
    private static final int HOST_UNREACHABLE = 1;
    private static final int HOST_PROHIBITED = 10;

    private IcmpTranslation() {}

    private static int join(int type, int code) {
        return type << 8 | code;
    }

    /** Type and code of the ICMPv6 error for an ICMP one. */
    public static int toIcmpv6(int type, int code) {
        return switch (type) {
            case IcmpHeader.UNREACHABLE -> unreachableToIcmpv6(code);
            case IcmpHeader.TIME_EXCEEDED -> join(Icmpv6Header.TIME_EXCEEDED, code);
            case IcmpHeader.PARAMETER_PROBLEM ->
                code == 0 || code == 2 ? join(Icmpv6Header.PARAMETER_PROBLEM, Icmpv6Header.ERRONEOUS_FIELD) : NONE;
            default -> NONE;
        };
    }

    private static int unreachableToIcmpv6(int code) {
        if (code > LAST_CODE) {
            return NONE;
        }
        return switch (code) {
            case PROTOCOL_UNREACHABLE -> join(Icmpv6Header.PARAMETER_PROBLEM, Icmpv6Header.UNKNOWN_NEXT_HEADER);
            case IcmpHeader.PORT_UNREACHABLE -> join(Icmpv6Header.UNREACHABLE, Icmpv6Header.PORT_UNREACHABLE);
            case IcmpHeader.FRAGMENTATION_NEEDED -> join(Icmpv6Header.TOO_BIG, 0);
            default -> {
                if ((NO_WAY >>> code & 1) != 0) {
                    yield join(Icmpv6Header.UNREACHABLE, Icmpv6Header.NO_ROUTE);
                }
                yield (FORBIDDEN >>> code & 1) != 0 ? join(Icmpv6Header.UNREACHABLE, Icmpv6Header.PROHIBITED) : NONE;
            }
        };
    }

    /** Type and code of the ICMP error for an ICMPv6 one. */
    public static int toIcmp(int type, int code) {
        return switch (type) {
            case Icmpv6Header.UNREACHABLE ->
                switch (code) {
                    case Icmpv6Header.NO_ROUTE, 2, 3 -> join(IcmpHeader.UNREACHABLE, HOST_UNREACHABLE);
                    case Icmpv6Header.PROHIBITED -> join(IcmpHeader.UNREACHABLE, HOST_PROHIBITED);
                    case Icmpv6Header.PORT_UNREACHABLE -> join(IcmpHeader.UNREACHABLE, IcmpHeader.PORT_UNREACHABLE);
                    default -> NONE;
                };
            case Icmpv6Header.TOO_BIG -> join(IcmpHeader.UNREACHABLE, IcmpHeader.FRAGMENTATION_NEEDED);
            case Icmpv6Header.TIME_EXCEEDED -> join(IcmpHeader.TIME_EXCEEDED, code);
            case Icmpv6Header.PARAMETER_PROBLEM ->
                switch (code) {
                    case Icmpv6Header.ERRONEOUS_FIELD -> join(IcmpHeader.PARAMETER_PROBLEM, 0);
                    case Icmpv6Header.UNKNOWN_NEXT_HEADER -> join(IcmpHeader.UNREACHABLE, PROTOCOL_UNREACHABLE);
                    default -> NONE;
                };
            default -> NONE;
        };
    }

    /**
     * How an error of ICMP begins as one of ICMPv6: {@link #kind} and {@link #word}, but for an MTU, which others know.
     *
     * @param icmp where the message is
     */
    public static long headToIcmpv6(long icmp) {
        int kind = toIcmpv6(Mem.getByte(icmp) & 0xff, Mem.getByte(icmp + IcmpHeader.CODE_OFFSET) & 0xff);
        int word = 0;
        if (kind == join(Icmpv6Header.PARAMETER_PROBLEM, Icmpv6Header.ERRONEOUS_FIELD)) {
            word = pointerToIpv6(Mem.getByte(icmp + IcmpHeader.ID_OFFSET) & 0xff);
            kind = word == NONE ? NONE : kind;
        } else if (kind == join(Icmpv6Header.PARAMETER_PROBLEM, Icmpv6Header.UNKNOWN_NEXT_HEADER)) {
            word = Ipv6Header.NEXT_HEADER_OFFSET;
        }
        return head(kind, word);
    }

    /** The same for an error of ICMPv6 as one of ICMP. */
    public static long headToIcmp(long icmp) {
        int kind = toIcmp(Mem.getByte(icmp) & 0xff, Mem.getByte(icmp + Icmpv6Header.CODE_OFFSET) & 0xff);
        int word = 0;
        if (kind == join(IcmpHeader.PARAMETER_PROBLEM, 0)) {
            int pointer = pointerToIpv4(Mem.getIntBE(icmp + Icmpv6Header.WORD_OFFSET));
            word = pointer << POINTER_SHIFT;
            kind = pointer == NONE ? NONE : kind;
        }
        return head(kind, word);
    }

    private static long head(int kind, int word) {
        return (long) kind << Integer.SIZE | Integer.toUnsignedLong(word);
    }

    /** Type and code of a head, or {@link #NONE} when the message has no counterpart. */
    public static int kind(long head) {
        return (int) (head >> Integer.SIZE);
    }

    /** The four bytes behind the checksum. */
    public static int word(long head) {
        return (int) head;
    }

    /** The place in an IPv6 header for one in an IPv4 header. */
    public static int pointerToIpv6(int pointer) {
        return pointer < POINTERS_TO_IPV6.length ? POINTERS_TO_IPV6[pointer] : NONE;
    }

    /**
     * The place in an IPv4 header for one in an IPv6 header (RFC 7915, figure 6).
     *
     * @param pointer unsigned
     */
    public static int pointerToIpv4(int pointer) {
        if (pointer < 0 || pointer >= Ipv6Header.SIZE) {
            return NONE;
        }
        return switch (pointer) {
            case 0, 1 -> pointer;
            case 4, 5 -> Ipv4Header.LENGTH_OFFSET;
            case Ipv6Header.NEXT_HEADER_OFFSET -> Ipv4Header.PROTOCOL_OFFSET;
            case Ipv6Header.HOP_LIMIT_OFFSET -> Ipv4Header.TTL_OFFSET;
            case 2, 3 -> NONE;
            default ->
                pointer < Ipv6Header.DESTINATION_OFFSET ? Ipv4Header.SOURCE_OFFSET : Ipv4Header.DESTINATION_OFFSET;
        };
    }

    /**
     * The MTU to tell an IPv6 host.
     *
     * @param stated what the IPv4 router said, 0 when it did not
     * @param quotedLength total length of the packet that was too large
     * @param ipv4Mtu MTU of the own link towards that router
     * @param ipv6Mtu MTU of the own link towards the host
     * @param reserve bytes that the host is to leave free
     */
    public static int mtuToIpv6(int stated, int quotedLength, int ipv4Mtu, int ipv6Mtu, int reserve) {
        int mtu = stated;
        for (int i = 0; mtu == 0 && i < PLATEAUS.length; i++) {
            mtu = PLATEAUS[i] < quotedLength ? PLATEAUS[i] : 0;
        }
        int fits = Math.min(Math.min(mtu, ipv4Mtu) + GROWTH, ipv6Mtu) - reserve;
        return Math.max(Ipv6Header.LEAST_MTU, fits);
    }

    /**
     * The MTU to tell an IPv4 host.
     *
     * @param stated what the IPv6 router said, unsigned
     * @param ipv4Mtu MTU of the own link towards the host
     * @param ipv6Mtu MTU of the own link towards that router
     */
    public static int mtuToIpv4(int stated, int ipv4Mtu, int ipv6Mtu) {
        long mtu = Math.min(Integer.toUnsignedLong(stated), ipv6Mtu) - GROWTH;
        return (int) Math.max(PLATEAUS[PLATEAUS.length - 1], Math.min(mtu, ipv4Mtu));
    }
}
