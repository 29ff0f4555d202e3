package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * Walks over the extension headers of an IPv6 packet as its destination does (RFC 8200, 4): hop-by-hop and destination
 * options, a routing header whose way is over, and a fragment header of a packet that is whole (RFC 6946). What was found
 * stays in the object until the next walk.
 */
public final class ExtensionHeaders {
    /** All headers may be passed over; {@link #protocol()} and {@link #size()} tell what is behind. */
    public static final int PASSED = 0;

    /** A header is cut short or has a length that cannot be. */
    public static final int MALFORMED = 1;

    /** The packet is a fragment. */
    public static final int FRAGMENT = 2;

    /** An unknown option asks to drop the packet. */
    public static final int UNWANTED = 3;

    /** The sender is to be told of a problem; {@link #problem()} and {@link #pointer()} say which. */
    public static final int PROBLEM = 4;

    /** Number of the fragment header. */
    public static final int FRAGMENT_HEADER = 44;

    /** Bytes of a fragment header. */
    public static final int FRAGMENT_SIZE = 8;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int UNIT = 8;
    private static final int SEGMENTS_LEFT_OFFSET = 3;
    private static final int FRAGMENT_BITS = 0xfff9;
    private static final int PAD_1 = 0;
    private static final int PAD_N = 1;
    private static final int SKIP = 0;
    private static final int DROP = 1;

    private int protocol;
    private int size;
    private int problem;
    private int pointer;
    private int fragmentAt;

    /** The protocol behind the headers. */
    public int protocol() {
        return protocol;
    }

    /** Bytes of all extension headers together. */
    public int size() {
        return size;
    }

    /** The code of an ICMPv6 parameter problem. */
    public int problem() {
        return problem;
    }

    /** Of a fragment: offset in the packet of its fragment header. */
    public int fragmentAt() {
        return fragmentAt;
    }

    /** Offset in the packet of the byte that the problem is about. */
    public int pointer() {
        return pointer;
    }

    /**
     * Walks.
     *
     * @param length bytes of the packet, header included
     */
    public int walk(long ip, int length) {
        int next = Ipv6Header.nextHeader(ip);
        int named = Ipv6Header.NEXT_HEADER_OFFSET;
        int at = Ipv6Header.SIZE;
        while (isExtension(next)) {
            int bytes = at + UNIT <= length
                    ? next == FRAGMENT_HEADER ? UNIT : UNIT + (Mem.getByte(ip + at + 1) & 0xff) * UNIT
                    : length + 1;
            if (at + bytes > length) {
                return MALFORMED;
            }
            int result = next == HOP_BY_HOP && at != Ipv6Header.SIZE
                    ? problem(Icmpv6Header.UNKNOWN_NEXT_HEADER, named)
                    : pass(ip, next, at, bytes);
            if (result != PASSED) {
                return result;
            }
            next = Mem.getByte(ip + at) & 0xff;
            named = at;
            at += bytes;
        }
        protocol = next;
        pointer = named;
        size = at - Ipv6Header.SIZE;
        return PASSED;
    }

    private static boolean isExtension(int header) {
        return header == HOP_BY_HOP || header == ROUTING || header == FRAGMENT_HEADER || header == DESTINATION_OPTIONS;
    }

    private int problem(int code, int at) {
        problem = code;
        pointer = at;
        return PROBLEM;
    }

    private int pass(long ip, int header, int at, int bytes) {
        return switch (header) {
            case ROUTING ->
                Mem.getByte(ip + at + SEGMENTS_LEFT_OFFSET) == 0
                        ? PASSED
                        : problem(Icmpv6Header.ERRONEOUS_FIELD, at + SEGMENTS_LEFT_OFFSET);
            case FRAGMENT_HEADER -> {
                fragmentAt = at;
                yield (Mem.getUnsignedShortBE(ip + at + 2) & FRAGMENT_BITS) == 0 ? PASSED : FRAGMENT;
            }
            default -> options(ip, at + 2, at + bytes);
        };
    }

    /** Unknown options say by the two highest bits of their type what is to be done (RFC 8200, 4.2). */
    private int options(long ip, int from, int to) {
        int at = from;
        while (at < to) {
            int type = Mem.getByte(ip + at) & 0xff;
            if (type == PAD_1) {
                at++;
                continue;
            }
            int bytes = at + 1 < to ? 2 + (Mem.getByte(ip + at + 1) & 0xff) : to + 1;
            if (at + bytes > to) {
                return MALFORMED;
            }
            int action = type == PAD_N ? SKIP : type >>> 6;
            if (action == DROP) {
                return UNWANTED;
            }
            if (action != SKIP) {
                return problem(Icmpv6Header.UNKNOWN_OPTION, at);
            }
            at += bytes;
        }
        return PASSED;
    }
}
