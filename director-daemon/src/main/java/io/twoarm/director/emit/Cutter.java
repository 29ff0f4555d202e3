package io.twoarm.director.emit;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;

/**
 * Cuts packets into fragments (RFC 791, 3.2; RFC 8200, 4.5). Each gets a buffer of its own; the packet stays as it is, and
 * the caller's.
 */
public final class Cutter {
    /** Fragments of one packet at most. */
    public static final int MOST_PIECES = 128;

    private static final int MORE = 0x2000;
    private static final int WIDE_MORE = 1;
    private static final int UNIT = 8;

    private final BufferPool buffers;
    private final long pieces;

    Cutter(BufferPool buffers, NativeMemory memory) {
        this.buffers = buffers;
        pieces = Mem.pointer(memory.allocate(MOST_PIECES * 8L, 64));
    }

    /** Bytes of data that the fragments of a link's packets may have: a multiple of 8, less the headers. */
    public static int payload(int mtu, boolean wide) {
        int headers = wide ? Ipv6Header.SIZE + ExtensionHeaders.FRAGMENT_SIZE : Ipv4Header.SIZE;
        return Math.max(UNIT, mtu - headers & -UNIT);
    }

    /**
     * Cuts the packet in a frame whose IP header has no options.
     *
     * @param payload bytes of data in each fragment but the last, a multiple of 8; a packet with no more is copied whole
     * @param identification of the fragments; IPv4 takes the low 16 bits
     * @return how many fragments there are, 0 when there are not so many buffers or it would be too many
     */
    public int cut(long mbuf, int payload, int identification) {
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        boolean wide = (Mem.getByte(ip) >>> 4 & 15) == 6;
        int header = wide ? Ipv6Header.SIZE : Ipv4Header.SIZE;
        int total = Mbuf.length(mbuf) - EthernetHeader.SIZE - header;
        int count = Math.max(1, (total + payload - 1) / payload);
        if (count > MOST_PIECES || !buffers.allocate(pieces, count)) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            int start = i * payload;
            int length = Math.min(payload, total - start);
            if (count == 1) {
                copy(piece(0), ip, header + total);
            } else if (wide) {
                cutWide(piece(i), ip, start, length, total, identification);
            } else {
                cutNarrow(piece(i), ip, start, length, total, identification);
            }
        }
        return count;
    }

    /** A fragment of the packet that was cut last. */
    public long piece(int number) {
        return Mem.getLong(pieces + number * 8L);
    }

    private static long copy(long mbuf, long ip, int bytes) {
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + bytes);
        long to = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        Mem.copy(ip, to, bytes);
        return to;
    }

    private static void cutNarrow(long mbuf, long ip, int start, int length, int total, int identification) {
        long to = copy(mbuf, ip, Ipv4Header.SIZE);
        Mem.copy(ip + Ipv4Header.SIZE + start, to + Ipv4Header.SIZE, length);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + Ipv4Header.SIZE + length);
        int more = start + length < total ? MORE : 0;
        Mem.putShortBE(to + Ipv4Header.LENGTH_OFFSET, Ipv4Header.SIZE + length);
        Mem.putShortBE(to + Ipv4Header.ID_OFFSET, identification);
        Mem.putShortBE(to + Ipv4Header.FRAGMENT_OFFSET, more | start / UNIT);
        Mem.putShort(to + Ipv4Header.CHECKSUM_OFFSET, (short) 0);
        Mem.putShort(to + Ipv4Header.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(to, Ipv4Header.SIZE)));
    }

    private static void cutWide(long mbuf, long ip, int start, int length, int total, int identification) {
        long to = copy(mbuf, ip, Ipv6Header.SIZE);
        long fragment = to + Ipv6Header.SIZE;
        Mem.copy(ip + Ipv6Header.SIZE + start, fragment + ExtensionHeaders.FRAGMENT_SIZE, length);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + Ipv6Header.SIZE + ExtensionHeaders.FRAGMENT_SIZE + length);
        Mem.putShortBE(to + Ipv6Header.PAYLOAD_LENGTH_OFFSET, ExtensionHeaders.FRAGMENT_SIZE + length);
        Mem.putByte(to + Ipv6Header.NEXT_HEADER_OFFSET, (byte) ExtensionHeaders.FRAGMENT_HEADER);
        Mem.putIntBE(fragment, Ipv6Header.nextHeader(ip) << 24 | start | (start + length < total ? WIDE_MORE : 0));
        Mem.putIntBE(fragment + 4, identification);
    }
}
