package io.twoarm.bench;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Ethernet addresses of the director and of the neighbours that are played for it. */
final class Stations {
    /** net_pcap gives its first port this address; other ports are told to take it. */
    static final byte[] DIRECTOR = {0x02, 0x70, 0x63, 0x61, 0x70, 0x00};

    private Stations() {}

    /** The address of a neighbour: 02:00 and its IPv4 address, or the last four bytes of its IPv6 address. */
    static byte[] of(int address) {
        return ByteBuffer.allocate(6).putShort((short) 0x0200).putInt(address).array();
    }

    static String text(byte[] station) {
        return HexFormat.ofDelimiter(":").formatHex(station);
    }
}
