package io.twoarm.director.session;

/**
 * Initial sequence numbers (RFC 6528): a keyed hash of the connection, SipHash-2-4 of Aumasson and Bernstein, plus a clock
 * that ticks every 62.5 ns, so that the numbers of one connection's incarnations grow.
 */
public final class SequenceNumbers {
    private static final long V0 = 0x736f_6d65_7073_6575L;
    private static final long V1 = 0x646f_7261_6e64_6f6dL;
    private static final long V2 = 0x6c79_6765_6e65_7261L;
    private static final long V3 = 0x7465_6462_7974_6573L;
    private static final int TICKS_PER_MICROSECOND_SHIFT = 4;

    private final long key0;
    private final long key1;

    public SequenceNumbers(SecretKey secret) {
        key0 = secret.low();
        key1 = secret.high();
    }

    /** The initial sequence number of a connection at a time. */
    public int initial(long rawAddresses, int rawPorts, long nowMicros) {
        return (int) hash(key0, key1, rawAddresses, rawPorts) + (int) (nowMicros << TICKS_PER_MICROSECOND_SHIFT);
    }

    /** The initial sequence number of a connection whose addresses are given as IPv6 ones. */
    public int initial(long high, long low, long otherHigh, long otherLow, int ports, long nowMicros) {
        return initial(fold(high, low, otherHigh, otherLow), ports, nowMicros);
    }

    /** A keyed hash of two IPv6 addresses that may stand for them. */
    public long fold(long high, long low, long otherHigh, long otherLow) {
        long first = hash(key0, key1, high, 1);
        long second = hash(key0, key1, first ^ low, 2);
        long third = hash(key0, key1, second ^ otherHigh, 3);
        return hash(key0, key1, third ^ otherLow, 4);
    }

    /** SipHash-2-4 of twelve bytes: {@code first} and then {@code last}, each little-endian. */
    static long hash(long key0, long key1, long first, int last) {
        long v0 = V0 ^ key0;
        long v1 = V1 ^ key1;
        long v2 = V2 ^ key0;
        long v3 = V3 ^ key1;
        long word = first;
        // Two message words of two rounds each, then the finish of four rounds.
        for (int round = 0; round < 8; round++) {
            if (round == 0) {
                v3 ^= word;
            } else if (round == 2) {
                v0 ^= word;
                word = last & 0xffff_ffffL | 12L << 56;
                v3 ^= word;
            } else if (round == 4) {
                v0 ^= word;
                v2 ^= 0xff;
            }
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
