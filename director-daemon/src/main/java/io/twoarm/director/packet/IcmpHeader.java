package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * The ICMP header (RFC 792).
 *
 * <pre>
 *  0  type               u8
 *  1  code               u8
 *  2  checksum           u16
 *  4  identifier         u16 BE  (echo)
 *  6  sequence number    u16 BE  (echo), next-hop MTU (fragmentation needed, RFC 1191)
 *  8  data, or the packet that an error is about
 * </pre>
 */
public final class IcmpHeader {
    public static final int CODE_OFFSET = 1;
    public static final int CHECKSUM_OFFSET = 2;
    public static final int ID_OFFSET = 4;
    public static final int MTU_OFFSET = 6;
    public static final int SIZE = 8;

    public static final int ECHO_REPLY = 0;
    public static final int UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;

    /** Code of time exceeded: fragments did not come. */
    public static final int REASSEMBLY = 1;

    public static final int PARAMETER_PROBLEM = 12;

    public static final int NET_UNREACHABLE = 0;
    public static final int PORT_UNREACHABLE = 3;
    public static final int FRAGMENTATION_NEEDED = 4;

    private IcmpHeader() {}

    /**
     * Puts another 16-bit word into a message and changes its checksum by that. The message may become all zeros, as the
     * answer to an empty ping with identifier 0 does. Its checksum is all ones then, but the change alone gives 0. Where
     * 0 is right, all ones are as well, so these are written for both.
     *
     * @param icmp the message
     * @param offset of the word, even
     * @param word in network byte order, as it is read by {@link Mem#getShort}
     */
    public static void replace(long icmp, int offset, short word) {
        int before = Mem.getShort(icmp + offset) & 0xffff;
        Mem.putShort(icmp + offset, word);
        long at = icmp + CHECKSUM_OFFSET;
        short checksum = InternetChecksum.update(Mem.getShort(at), (~before & 0xffff) + (word & 0xffff));
        Mem.putShort(at, checksum == 0 ? (short) 0xffff : checksum);
    }
}
