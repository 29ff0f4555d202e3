package io.twoarm.director.packet;

/**
 * The UDP header (RFC 768).
 *
 * <pre>
 *  0  source port        u16 BE
 *  2  destination port   u16 BE
 *  4  length             u16 BE, header included
 *  6  checksum           u16, 0 means none
 * </pre>
 */
public final class UdpHeader {
    public static final int SOURCE_PORT_OFFSET = 0;
    public static final int DESTINATION_PORT_OFFSET = 2;
    public static final int LENGTH_OFFSET = 4;
    public static final int CHECKSUM_OFFSET = 6;
    public static final int SIZE = 8;

    private UdpHeader() {}
}
