package io.twoarm.director.share;

import java.util.HexFormat;

/**
 * The hash by which network cards spread flows over their queues (Toeplitz, as in Microsoft's "RSS hashing functions"): over
 * source address, destination address, source port, destination port, in network byte order.
 */
public final class Toeplitz {
    /** The key of the specification's verification suite: spreads well, and everybody can check it. */
    private static final String KEY =
            "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa";

    /** Bytes of the longest input: two IPv6 addresses and two ports. */
    private static final int LONGEST = 36;

    /** What each value of each byte adds. */
    private static final int[] TABLE = table(key());

    private Toeplitz() {}

    /** The key, 40 bytes, as it is given to network cards. */
    public static byte[] key() {
        return HexFormat.of().parseHex(KEY);
    }

    private static int[] table(byte[] key) {
        int[] table = new int[LONGEST * 256];
        for (int at = 0; at < LONGEST; at++) {
            for (int value = 0; value < 256; value++) {
                int hash = 0;
                for (int bit = 0; bit < 8; bit++) {
                    if ((value >> 7 - bit & 1) != 0) {
                        hash ^= window(key, at * 8 + bit);
                    }
                }
                table[at * 256 + value] = hash;
            }
        }
        return table;
    }

    /** 32 bits of the key from a bit on. */
    private static int window(byte[] key, int bit) {
        long wide = 0;
        for (int i = 0; i < 5; i++) {
            int at = bit / 8 + i;
            wide = wide << 8 | (at < key.length ? key[at] & 0xff : 0);
        }
        return (int) (wide >>> 8 - bit % 8);
    }

    private static int part(int at, int value) {
        return TABLE[at * 256 + (value >>> 24)]
                ^ TABLE[(at + 1) * 256 + (value >>> 16 & 0xff)]
                ^ TABLE[(at + 2) * 256 + (value >>> 8 & 0xff)]
                ^ TABLE[(at + 3) * 256 + (value & 0xff)];
    }

    /** Of IPv4 addresses as numbers, and ports. */
    public static int ipv4(int source, int destination, int sourcePort, int destinationPort) {
        return part(0, source) ^ part(4, destination) ^ part(8, sourcePort << 16 | destinationPort);
    }

    /** Of IPv6 addresses as two numbers of 64 bits each, and ports. */
    public static int ipv6(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int sourcePort,
            int destinationPort) {
        return part(0, (int) (sourceHigh >>> 32))
                ^ part(4, (int) sourceHigh)
                ^ part(8, (int) (sourceLow >>> 32))
                ^ part(12, (int) sourceLow)
                ^ part(16, (int) (destinationHigh >>> 32))
                ^ part(20, (int) destinationHigh)
                ^ part(24, (int) (destinationLow >>> 32))
                ^ part(28, (int) destinationLow)
                ^ part(32, sourcePort << 16 | destinationPort);
    }

    /** What a destination port adds to the hash of IPv4 addresses and ports, whatever these are: 0 adds nothing. */
    static int ipv4DestinationPort(int port) {
        return lastTwo(10, port);
    }

    /** The same for IPv6. */
    static int ipv6DestinationPort(int port) {
        return lastTwo(34, port);
    }

    private static int lastTwo(int at, int value) {
        return TABLE[at * 256 + (value >>> 8)] ^ TABLE[(at + 1) * 256 + (value & 0xff)];
    }
}
