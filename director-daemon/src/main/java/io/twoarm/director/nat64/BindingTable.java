package io.twoarm.director.nat64;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.List;

/**
 * The binding information bases of NAT64 (RFC 6146, 3.1): which port of the pool stands for which port of an IPv6 host,
 * whoever it talks to. Found from both sides. Never grows; a binding without sessions is taken out, unless it is configured.
 * One that is retired is found no more, and its record is free when its sessions have ended.
 *
 * <pre>
 *   0  inside address  16 bytes, as two longs
 *  16  outside address i32
 *  20  inside port     u16
 *  22  outside port    u16
 *  24  protocol        u8
 *  25  in use          u8: 0 free, 1 of sessions, 2 configured, 3 retired, 4 detached
 *  28  sessions        i32
 *  32  next inside     i32, number of the next with the same hash of the inside
 *  36  next outside    i32
 * </pre>
 */
public final class BindingTable {
    /** No binding. */
    public static final int NONE = -1;

    private static final int SHIFT = 6;
    private static final int OUTSIDE = 16;
    private static final int INSIDE_PORT = 20;
    private static final int OUTSIDE_PORT = 22;
    private static final int PROTOCOL = 24;
    private static final int USE = 25;
    private static final int SESSIONS = 28;
    private static final int NEXT_INSIDE = 32;
    private static final int NEXT_OUTSIDE = 36;
    private static final int FREE = 0;
    private static final int OF_SESSIONS = 1;
    private static final int CONFIGURED = 2;
    private static final int RETIRED = 3;
    private static final int DETACHED = 4;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final long base;
    private final int capacity;
    private final long insideHeads;
    private final long outsideHeads;
    private final int buckets;
    private final int shift;
    private final long key;
    private int free = NONE;
    private int used;
    private int size;

    /**
     * @param capacity most bindings, configured ones included
     * @param key makes places in the table unknown to others
     */
    public BindingTable(NativeMemory memory, int capacity, long key, List<StaticBinding> configured) {
        this.capacity = capacity;
        this.key = key;
        base = Mem.pointer(memory.allocate((long) Math.max(1, capacity) << SHIFT, 64));
        buckets = Integer.highestOneBit(Math.max(8, capacity) * 2 - 1);
        shift = 64 - Integer.numberOfTrailingZeros(buckets);
        insideHeads = heads(memory, buckets);
        outsideHeads = heads(memory, buckets);
        checkRoom(configured.size());
        configured.forEach(this::configure);
    }

    /**
     * Whether so many bindings may be configured.
     *
     * @throws IllegalArgumentException when there is not that much room
     */
    public void checkRoom(int configured) {
        if (configured > capacity) {
            throw new IllegalArgumentException(configured + " bindings of NAT64 are configured; " + capacity
                    + " are allowed; raise bindings in nat64_defs and restart");
        }
    }

    /** Enters a configured binding, whose ends no other one has; false where there is no room. */
    public boolean configure(StaticBinding binding) {
        Ipv6Address inside = binding.inside();
        int outside = (int) binding.outside().low();
        int number = add(
                binding.protocol(), inside.high(), inside.low(), binding.insidePort(), outside, binding.outsidePort());
        if (number == NONE) {
            return false;
        }
        keep(number);
        return true;
    }

    /** Lets a binding stay without sessions. */
    public void keep(int number) {
        Mem.putByte(record(number) + USE, (byte) CONFIGURED);
    }

    /** The number of a binding with both ends of a configured one; {@link #NONE} without one. */
    public int find(StaticBinding binding) {
        Ipv6Address inside = binding.inside();
        int number = findInside(binding.protocol(), inside.high(), inside.low(), binding.insidePort());
        boolean same = number != NONE
                && outside(number) == (int) binding.outside().low()
                && outsidePort(number) == binding.outsidePort();
        return same ? number : NONE;
    }

    /** Takes all bindings out; no session may be left. */
    public void clear() {
        for (int number = 0; number < used; number++) {
            Mem.putByte(record(number) + USE, (byte) FREE);
        }
        Mem.fill(insideHeads, 4L * buckets, (byte) -1);
        Mem.fill(outsideHeads, 4L * buckets, (byte) -1);
        free = NONE;
        used = 0;
        size = 0;
    }

    /** Lets a binding be found no more, whether configured or not. Its sessions are to be ended. */
    public void retire(int number) {
        unlink(number);
        Mem.putByte(record(number) + USE, (byte) RETIRED);
        removeUnused(number);
    }

    /**
     * Lets a binding be found from outside only, so that its host's port may get another one. Its sessions keep it.
     */
    public void detach(int number) {
        unlinkInside(number);
        Mem.putByte(record(number) + USE, (byte) DETACHED);
    }

    private void unlinkInside(int number) {
        unlink(
                insideHead(protocol(number), insideHigh(number), insideLow(number), insidePort(number)),
                number,
                NEXT_INSIDE);
    }

    private void unlink(int number) {
        if (Mem.getByte(record(number) + USE) != DETACHED) {
            unlinkInside(number);
        }
        unlink(outsideHead(protocol(number), outside(number), outsidePort(number)), number, NEXT_OUTSIDE);
    }

    private static long heads(NativeMemory memory, int buckets) {
        long at = Mem.pointer(memory.allocate(4L * buckets, 64));
        Mem.fill(at, 4L * buckets, (byte) -1);
        return at;
    }

    private long record(int number) {
        return base + ((long) number << SHIFT);
    }

    private long insideHead(int protocol, long high, long low, int port) {
        long h = (high ^ key) * FACTOR;
        h = (h ^ h >>> 32 ^ low) * FACTOR;
        h = (h ^ h >>> 32 ^ (long) port << 2 ^ protocol) * FACTOR;
        return insideHeads + 4 * (h >>> shift);
    }

    private long outsideHead(int protocol, int address, int port) {
        long h = (address & 0xffff_ffffL | (long) port << 34 | (long) protocol << 32) ^ key;
        h = (h ^ h >>> 29) * FACTOR;
        h = (h ^ h >>> 32) * FACTOR;
        return outsideHeads + 4 * (h >>> shift);
    }

    /** The binding of a port of an IPv6 host, or {@link #NONE}. */
    public int findInside(int protocol, long high, long low, int port) {
        int number = Mem.getInt(insideHead(protocol, high, low, port));
        while (number != NONE && !isInside(record(number), protocol, high, low, port)) {
            number = Mem.getInt(record(number) + NEXT_INSIDE);
        }
        return number;
    }

    private static boolean isInside(long record, int protocol, long high, long low, int port) {
        return Mem.getLong(record) == high
                && Mem.getLong(record + 8) == low
                && (Mem.getShort(record + INSIDE_PORT) & 0xffff) == port
                && Mem.getByte(record + PROTOCOL) == protocol;
    }

    /** The binding of a port of the pool, or {@link #NONE}. */
    public int findOutside(int protocol, int address, int port) {
        int number = Mem.getInt(outsideHead(protocol, address, port));
        while (number != NONE && !isOutside(record(number), protocol, address, port)) {
            number = Mem.getInt(record(number) + NEXT_OUTSIDE);
        }
        return number;
    }

    private static boolean isOutside(long record, int protocol, int address, int port) {
        return Mem.getInt(record + OUTSIDE) == address
                && (Mem.getShort(record + OUTSIDE_PORT) & 0xffff) == port
                && Mem.getByte(record + PROTOCOL) == protocol;
    }

    /** Enters a binding, without sessions yet; its number, or {@link #NONE} where there is no room. */
    public int add(int protocol, long high, long low, int insidePort, int address, int outsidePort) {
        int number = free;
        if (number != NONE) {
            free = Mem.getInt(record(number) + NEXT_INSIDE);
        } else if (used < capacity) {
            number = used++;
        } else {
            return NONE;
        }
        long record = record(number);
        Mem.putLong(record, high);
        Mem.putLong(record + 8, low);
        Mem.putInt(record + OUTSIDE, address);
        Mem.putShort(record + INSIDE_PORT, (short) insidePort);
        Mem.putShort(record + OUTSIDE_PORT, (short) outsidePort);
        Mem.putByte(record + PROTOCOL, (byte) protocol);
        Mem.putByte(record + USE, (byte) OF_SESSIONS);
        Mem.putInt(record + SESSIONS, 0);
        long inside = insideHead(protocol, high, low, insidePort);
        Mem.putInt(record + NEXT_INSIDE, Mem.getInt(inside));
        Mem.putInt(inside, number);
        long outside = outsideHead(protocol, address, outsidePort);
        Mem.putInt(record + NEXT_OUTSIDE, Mem.getInt(outside));
        Mem.putInt(outside, number);
        size++;
        return number;
    }

    /** A session of the binding begins. */
    public void retain(int number) {
        long at = record(number) + SESSIONS;
        Mem.putInt(at, Mem.getInt(at) + 1);
    }

    /** A session of the binding has ended: the last one takes it along (RFC 6146, 3.1). */
    public void release(int number) {
        long at = record(number) + SESSIONS;
        Mem.putInt(at, Mem.getInt(at) - 1);
        removeUnused(number);
    }

    /** Takes out a binding that no session has and that is not configured. */
    public void removeUnused(int number) {
        long record = record(number);
        if (Mem.getInt(record + SESSIONS) != 0 || Mem.getByte(record + USE) == CONFIGURED) {
            return;
        }
        if (Mem.getByte(record + USE) != RETIRED) {
            unlink(number);
        }
        Mem.putByte(record + USE, (byte) FREE);
        Mem.putInt(record + NEXT_INSIDE, free);
        free = number;
        size--;
    }

    private void unlink(long head, int number, int next) {
        long at = head;
        while (Mem.getInt(at) != number) {
            at = record(Mem.getInt(at)) + next;
        }
        Mem.putInt(at, Mem.getInt(record(number) + next));
    }

    public int protocol(int number) {
        return Mem.getByte(record(number) + PROTOCOL);
    }

    /** First 64 bits of the host's address. */
    public long insideHigh(int number) {
        return Mem.getLong(record(number));
    }

    /** Last 64 bits of it. */
    public long insideLow(int number) {
        return Mem.getLong(record(number) + 8);
    }

    public int insidePort(int number) {
        return Mem.getShort(record(number) + INSIDE_PORT) & 0xffff;
    }

    /** The address of the pool, first byte highest. */
    public int outside(int number) {
        return Mem.getInt(record(number) + OUTSIDE);
    }

    public int outsidePort(int number) {
        return Mem.getShort(record(number) + OUTSIDE_PORT) & 0xffff;
    }

    public int sessions(int number) {
        return Mem.getInt(record(number) + SESSIONS);
    }

    /** Whether the number is of a binding that is found. */
    public boolean isUsed(int number) {
        int use = Mem.getByte(record(number) + USE);
        return use == OF_SESSIONS || use == CONFIGURED;
    }

    /** Whether sessions of this binding are to be ended. */
    boolean isRetired(int number) {
        return Mem.getByte(record(number) + USE) == RETIRED;
    }

    public boolean isConfigured(int number) {
        return Mem.getByte(record(number) + USE) == CONFIGURED;
    }

    /** Numbers below this may be used. */
    public int used() {
        return used;
    }

    public int size() {
        return size;
    }

    /** Bindings that may be added. */
    public int room() {
        return capacity - size;
    }

    public int capacity() {
        return capacity;
    }
}
