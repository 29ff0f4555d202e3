package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.Mbuf;

/**
 * Where QUIC keeps the destination connection id (RFC 8999, 5.1 and 5.2): behind version and length in packets with a long
 * header, right behind the first byte in those with a short one.
 *
 * <pre>
 * long   0 form = 1, ...   1 version u32   5 length u8   6 destination connection id
 * short  0 form = 0, ...   1 destination connection id
 * </pre>
 */
final class QuicConnection {
    private static final int LONG_FORM = 0x80;
    private static final int LENGTH_OFFSET = 5;
    private static final int LONG_ID_OFFSET = 6;
    private static final int SHORT_ID_OFFSET = 1;
    private static final int FIRST_BYTES = 8;

    private QuicConnection() {}

    /**
     * First eight bytes of the id, first byte highest; 0 when the datagram is too short or the id shorter.
     *
     * @param mbuf a packet with 20 bytes of IPv4 header and a UDP header
     */
    static long id(long mbuf) {
        return idBehind(Mbuf.data(mbuf) + EthernetHeader.SIZE + Ipv4Header.SIZE);
    }

    /** The same from the address of the UDP header. */
    static long idBehind(long udp) {
        long payload = udp + UdpHeader.SIZE;
        int length = Mem.getUnsignedShortBE(udp + UdpHeader.LENGTH_OFFSET) - UdpHeader.SIZE;
        if (length < LONG_ID_OFFSET + FIRST_BYTES) {
            return 0;
        }
        boolean longForm = (Mem.getByte(payload) & LONG_FORM) != 0;
        if (longForm && (Mem.getByte(payload + LENGTH_OFFSET) & 0xff) < FIRST_BYTES) {
            return 0;
        }
        return Long.reverseBytes(Mem.getLong(payload + (longForm ? LONG_ID_OFFSET : SHORT_ID_OFFSET)));
    }
}
