package io.twoarm.director.scheduling;

/** Hashes that are alike on every director, so that directors with equal realservers choose alike. Not keyed. */
final class KeyHash {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private KeyHash() {}

    /** Spreads a number over 64 bits: the output step of SplitMix64. */
    static long of(long value) {
        long mixed = value + GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    /** Hash of a text of ASCII characters: FNV-1a, spread. */
    static long of(String text, long seed) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return of(hash + of(seed));
    }

    /** A number from 0 to {@code bound} - 1 for a hash. */
    static int below(long hash, int bound) {
        return (int) Long.remainderUnsigned(hash, bound);
    }
}
