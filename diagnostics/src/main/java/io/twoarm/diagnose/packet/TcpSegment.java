package io.twoarm.diagnose.packet;

import java.util.Optional;

/**
 * What a TCP header tells about its place in the connection.
 *
 * @param sequence 32 bits, unsigned
 * @param acknowledgement 32 bits, unsigned; meaningless without ACK
 * @param flags the eight flags of RFC 9293, FIN lowest
 * @param payload bytes after the header, as the IP header has it
 * @param client whom a TOA option names
 */
public record TcpSegment(long sequence, long acknowledgement, int flags, int payload, Optional<Endpoint> client) {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether it is the first segment of a connection, or that one sent again: SYN without ACK. */
    public boolean opens() {
        return has(SYN) && !has(ACK);
    }

    /** The flags as words, such as {@code SYN,ACK}. */
    public String flagNames() {
        return TcpDecoder.flagNames(flags);
    }
}
