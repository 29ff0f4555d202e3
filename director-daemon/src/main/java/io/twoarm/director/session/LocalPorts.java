package io.twoarm.director.session;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.function.IntToLongFunction;

/**
 * Local ports, one pool per local address, realserver and protocol, so that one local address serves 64,511 flows to
 * <em>each</em> realserver. A pool is a bitmap of used ports with a bitmap of its full words above, and a hand that goes
 * round: a port that was given back is taken again only after the hand has passed all others, which gives the realserver
 * time to forget the old connection. The hand starts somewhere in the range, so that a restarted director does not begin
 * with the ports that it used last.
 *
 * <pre>
 * pool:  0  used ports, 1 bit each from port 1024 on (64,512 bits; 1024 itself is marked as used)
 *     8064  full words, 1 bit each (1008 bits, the rest marked as full)
 *     8192  i32, number of used ports
 *     8196  i32, the hand
 *     8200  i32, number of ports that the pool has
 * </pre>
 */
public final class LocalPorts {
    /** Lowest port that is given out. */
    public static final int LOWEST = 1025;

    /** Ports of a pool. */
    public static final int PER_POOL = 65_535 - LOWEST + 1;

    /** Of the only worker: every port may be given out. */
    public static final IntToLongFunction ALL = first -> -1L;

    private static final int FIRST_BIT = 1024;
    private static final int WORDS = 1008;
    private static final int SUMMARY_OFFSET = WORDS * 8;
    private static final int SUMMARY_WORDS = 16;
    private static final int USED_OFFSET = SUMMARY_OFFSET + SUMMARY_WORDS * 8;
    private static final int HAND_OFFSET = USED_OFFSET + 4;
    private static final int FREE_AT_START_OFFSET = USED_OFFSET + 8;
    private static final int POOL_SIZE = USED_OFFSET + 64;

    private final NativeMemory memory;
    private final long seed;
    private int made;

    public LocalPorts(NativeMemory memory, SecretKey secret) {
        this.memory = memory;
        seed = secret.high();
    }

    /**
     * Makes a pool of {@value #POOL_SIZE} bytes, which lives as long as the process. For one thread, and not for the packet
     * path.
     *
     * @param mayBeUsed which of 64 ports from a multiple of 64 on may be given out: the first is the lowest bit
     * @return the pool's address
     */
    public long create(IntToLongFunction mayBeUsed) {
        long pool = Mem.pointer(memory.allocate(POOL_SIZE, 64));
        fill(pool, mayBeUsed);
        long mixed = (seed + made++) * 0x9E37_79B9_7F4A_7C15L;
        Mem.putInt(pool + HAND_OFFSET, 1 + (int) ((mixed >>> 33) % PER_POOL));
        return pool;
    }

    /**
     * Gives a pool that nobody has a port of other ports to give out.
     *
     * @param mayBeUsed which of 64 ports from a multiple of 64 on may be given out: the first is the lowest bit
     */
    public static void fill(long pool, IntToLongFunction mayBeUsed) {
        Mem.fill(pool, USED_OFFSET, (byte) 0);
        Mem.putLong(pool, 1);
        Mem.putLong(pool + SUMMARY_OFFSET + (SUMMARY_WORDS - 1) * 8L, -1L << (WORDS & 63));
        int free = mayBeUsed == ALL ? PER_POOL : markOthers(pool, mayBeUsed);
        Mem.putInt(pool + USED_OFFSET, 0);
        Mem.putInt(pool + FREE_AT_START_OFFSET, free);
    }

    /** @return how many there are to give out */
    private static int markOthers(long pool, IntToLongFunction mayBeUsed) {
        int free = 0;
        for (int word = 0; word < WORDS; word++) {
            // The bits of the pool begin one before the lowest port.
            long used = ~mayBeUsed.applyAsLong(FIRST_BIT + word * 64) | (word == 0 ? 1 : 0);
            Mem.putLong(pool + word * 8L, used);
            if (used == -1) {
                long summary = pool + SUMMARY_OFFSET + (word >>> 6) * 8L;
                Mem.putLong(summary, Mem.getLong(summary) | 1L << word);
            }
            free += 64 - Long.bitCount(used);
        }
        return free;
    }

    private static void mark(long pool, int bit) {
        long at = pool + (bit >>> 6) * 8L;
        long word = Mem.getLong(at) | 1L << bit;
        Mem.putLong(at, word);
        if (word == -1) {
            long summary = pool + SUMMARY_OFFSET + (bit >>> 12) * 8L;
            Mem.putLong(summary, Mem.getLong(summary) | 1L << (bit >>> 6));
        }
    }

    /** Ports that a pool has, given out or not. */
    public static int size(long pool) {
        return Mem.getInt(pool + FREE_AT_START_OFFSET);
    }

    /** Ports of a pool that are given out. */
    public static int used(long pool) {
        return Mem.getInt(pool + USED_OFFSET);
    }

    /** Takes a port; 0 when the pool has none left. */
    public static int take(long pool) {
        if (used(pool) == size(pool)) {
            return 0;
        }
        int bit = nextFree(pool, Mem.getInt(pool + HAND_OFFSET));
        if (bit < 0) {
            bit = nextFree(pool, 0);
        }
        mark(pool, bit);
        Mem.putInt(pool + USED_OFFSET, used(pool) + 1);
        Mem.putInt(pool + HAND_OFFSET, bit + 1 < WORDS * 64 ? bit + 1 : 1);
        return FIRST_BIT + bit;
    }

    /** First free bit at or behind a bit; -1 when there is none up to the end. */
    private static int nextFree(long bits, int from) {
        int word = from >>> 6;
        long free = ~Mem.getLong(bits + word * 8L) & -1L << from;
        if (free != 0) {
            return word << 6 | Long.numberOfTrailingZeros(free);
        }
        word++;
        int group = word >>> 6;
        if (group >= SUMMARY_WORDS) {
            return -1;
        }
        long open = ~Mem.getLong(bits + SUMMARY_OFFSET + group * 8L) & -1L << word;
        while (open == 0) {
            if (++group == SUMMARY_WORDS) {
                return -1;
            }
            open = ~Mem.getLong(bits + SUMMARY_OFFSET + group * 8L);
        }
        word = group << 6 | Long.numberOfTrailingZeros(open);
        return word << 6 | Long.numberOfTrailingZeros(~Mem.getLong(bits + word * 8L));
    }

    /** Gives a port back that was taken from the pool. */
    public static void giveBack(long pool, int port) {
        int bit = port - FIRST_BIT;
        long at = pool + (bit >>> 6) * 8L;
        long word = Mem.getLong(at);
        Mem.putLong(at, word & ~(1L << bit));
        if (word == -1) {
            long summary = pool + SUMMARY_OFFSET + (bit >>> 12) * 8L;
            Mem.putLong(summary, Mem.getLong(summary) & ~(1L << (bit >>> 6)));
        }
        Mem.putInt(pool + USED_OFFSET, used(pool) - 1);
    }
}
