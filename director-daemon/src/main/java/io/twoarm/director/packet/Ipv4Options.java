package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/** Options of an IPv4 header (RFC 791, 3.1), as far as they say whether a packet may go on without them. */
public final class Ipv4Options {
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;
    private static final int POINTER_OFFSET = 2;

    private Ipv4Options() {}

    /**
     * Whether a packet to its last destination means the same without its options: they are well-formed, and no source
     * route is left to follow.
     *
     * @param bytes of options, 0 to 40
     */
    public static boolean maySkip(long options, int bytes) {
        int at = 0;
        while (at < bytes) {
            int type = Mem.getByte(options + at) & 0xff;
            if (type == END) {
                return true;
            }
            int size = type == NOP ? 1 : at + 1 < bytes ? Mem.getByte(options + at + 1) & 0xff : 0;
            if (size == 0 || type != NOP && size < 2 || at + size > bytes) {
                return false;
            }
            boolean route = type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE;
            if (route && (size <= POINTER_OFFSET || (Mem.getByte(options + at + POINTER_OFFSET) & 0xff) <= size)) {
                return false;
            }
            at += size;
        }
        return true;
    }
}
