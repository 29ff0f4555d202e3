package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * Headers of the PROXY protocol (haproxy.org, proxy-protocol.txt, versions 1 and 2), written at an address. Source is the
 * client, destination the virtual service. Ports and addresses are taken as they stand in packets.
 *
 * <pre>
 * v1  "PROXY TCP4 203.0.113.9 198.51.100.1 40000 80\r\n"; TCP6 with addresses as RFC 5952 writes them
 * v2   0  signature          12 bytes
 *     12  version, command   0x21
 *     13  family, protocol   0x11 TCP over IPv4, 0x12 UDP over IPv4, 0x21 and 0x22 over IPv6
 *     14  length             u16 BE, of what follows: 12 or 36
 *     16  source, destination, source port, destination port
 * </pre>
 */
public final class ProxyHeader {
    /** Bytes of a header of version 2 about IPv4. */
    public static final int V2_SIZE = 28;

    /** Bytes of a header of version 2 about IPv6. */
    public static final int V2_WIDE_SIZE = 52;

    /** Bytes of the longest line about IPv4. */
    public static final int V1_LARGEST = 56;

    /** Bytes of the longest line about IPv6. */
    public static final int V1_WIDE_LARGEST = 104;

    private static final long SIGNATURE_HIGH = 0x0d0a_0d0a_000d_0a51L;
    private static final int SIGNATURE_LOW = 0x5549_540a;
    private static final int VERSION_2_PROXY = 0x21;
    private static final int PREFIX = 16;
    private static final int GROUPS = 8;

    private ProxyHeader() {}

    /**
     * Writes a header of version 2.
     *
     * @param ports source and destination port, raw
     * @param addressesAt where source and destination stand, 4 or 16 bytes each
     * @return its size in bytes
     */
    public static int writeV2(long at, boolean wide, boolean udp, long addressesAt, int ports) {
        int addresses = wide ? 32 : 8;
        Mem.putLong(at, Long.reverseBytes(SIGNATURE_HIGH));
        Mem.putIntBE(at + 8, SIGNATURE_LOW);
        int family = (wide ? 0x20 : 0x10) | (udp ? 2 : 1);
        Mem.putIntBE(at + 12, VERSION_2_PROXY << 24 | family << 16 | addresses + 4);
        for (int i = 0; i < addresses; i += 8) {
            Mem.putLong(at + PREFIX + i, Mem.getLong(addressesAt + i));
        }
        Mem.putInt(at + PREFIX + addresses, ports);
        return PREFIX + addresses + 4;
    }

    /**
     * Writes the line of version 1, of TCP.
     *
     * @param ports source and destination port, raw
     * @param addressesAt where source and destination stand, 4 or 16 bytes each
     * @return its size in bytes
     */
    public static int writeV1(long at, boolean wide, long addressesAt, int ports) {
        long to = at;
        Mem.putLong(to, Long.reverseBytes(0x5052_4f58_5920_5443L));
        to += 8;
        Mem.putIntBE(to, wide ? 0x5036_2000 : 0x5034_2000);
        to += 3;
        to = wide ? putWide(to, addressesAt) : putNarrow(to, addressesAt);
        to = put(to, ' ');
        to = wide ? putWide(to, addressesAt + 16) : putNarrow(to, addressesAt + 4);
        int numeric = Integer.reverseBytes(ports);
        to = putNumber(put(to, ' '), numeric >>> 16);
        to = putNumber(put(to, ' '), numeric & 0xffff);
        to = put(put(to, '\r'), '\n');
        return (int) (to - at);
    }

    private static long put(long at, char letter) {
        Mem.putByte(at, (byte) letter);
        return at + 1;
    }

    private static long putNumber(long at, int number) {
        int unit = 1;
        while (number / unit >= 10) {
            unit *= 10;
        }
        long to = at;
        for (; unit > 0; unit /= 10) {
            to = put(to, (char) ('0' + number / unit % 10));
        }
        return to;
    }

    private static long putNarrow(long at, long address) {
        long to = putNumber(at, Mem.getByte(address) & 0xff);
        for (int i = 1; i < 4; i++) {
            to = putNumber(put(to, '.'), Mem.getByte(address + i) & 0xff);
        }
        return to;
    }

    /** Of RFC 5952: no leading zeros, small letters, the first longest row of two or more zero groups as two colons. */
    private static long putWide(long at, long address) {
        int from = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(address, i);
            if (zeros > length) {
                from = i;
                length = zeros;
            }
        }
        long to = at;
        int i = 0;
        while (i < GROUPS) {
            if (i == from) {
                to = put(put(to, ':'), ':');
                i += length;
            } else {
                to = putGroup(i == 0 || i == from + length && from >= 0 ? to : put(to, ':'), group(address, i));
                i++;
            }
        }
        return to;
    }

    private static int zeros(long address, int from) {
        int i = from;
        while (i < GROUPS && group(address, i) == 0) {
            i++;
        }
        return i - from;
    }

    private static int group(long address, int number) {
        return Mem.getUnsignedShortBE(address + number * 2L);
    }

    private static long putGroup(long at, int group) {
        long to = at;
        int shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            int digit = group >>> shift & 15;
            to = put(to, (char) (digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
        return to;
    }
}
