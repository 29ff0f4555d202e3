package io.twoarm.director.nat64;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.session.SessionTimers;
import java.util.Arrays;

/**
 * Session tables of NAT64 (RFC 6146, 3.1): which IPv4 end a binding talks to, and for how long yet. Never grows.
 *
 * <p>All sessions of a lifetime stand in one list, in the order of their last packet. So the first of a list is the next to
 * end, and a packet moves its session to the end of the list.
 *
 * <pre>
 *   0  binding     i32
 *   4  remote      i32, the IPv4 end's address
 *   8  remote port u16, 0 for pings
 *  10  state       u8, a {@link Nat64State}
 *  11  lifetime    u8, number of a list; 255 where the record is free
 *  12  last seen   i32, session clock
 *  16  next        i32, number of the next with the same hash
 *  20  older       i32, number of the one before in the list
 *  24  newer       i32
 * </pre>
 */
public final class Nat64Sessions {
    /** No session. */
    public static final int NONE = -1;

    /** What happens before a session ends by its time. */
    @FunctionalInterface
    public interface Ending {
        /** An open connection was silent for its whole lifetime; asks its ends whether they are there. */
        void ask(int session, long nowMicros);
    }

    private static final int SHIFT = 5;
    private static final int REMOTE = 4;
    private static final int REMOTE_PORT = 8;
    private static final int STATE = 10;
    private static final int LIFETIME = 11;
    private static final int LAST_SEEN = 12;
    private static final int NEXT = 16;
    private static final int OLDER = 20;
    private static final int NEWER = 24;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private static final int OPEN = 0;
    private static final int TRANSITORY = 1;
    private static final int DATAGRAMS = 2;
    private static final int PINGS = 3;
    private static final int LIFETIMES = 4;
    /** In place of a list's number: no session is there. */
    private static final int NO_LIST = 255;

    private final BindingTable bindings;
    private final long base;
    private final int capacity;
    private final long heads;
    private final int shift;
    private final long key;
    private final int[] oldest = {NONE, NONE, NONE, NONE};
    private final int[] newest = {NONE, NONE, NONE, NONE};
    private final int[] units = new int[LIFETIMES];
    private int free = NONE;
    private int used;
    private int size;
    private final int buckets;
    /** Sessions from this number on may be of retired bindings. */
    private int sweep = Integer.MAX_VALUE;

    public Nat64Sessions(NativeMemory memory, Nat64Definition definition, BindingTable bindings, long key) {
        this.bindings = bindings;
        this.key = key;
        capacity = definition.mostSessions();
        base = Mem.pointer(memory.allocate((long) Math.max(1, capacity) << SHIFT, 64));
        buckets = Integer.highestOneBit(Math.max(8, capacity) * 2 - 1);
        shift = 64 - Integer.numberOfTrailingZeros(buckets);
        heads = Mem.pointer(memory.allocate(4L * buckets, 64));
        Mem.fill(heads, 4L * buckets, (byte) -1);
        adoptTimes(definition);
    }

    /** Takes over other lifetimes; they hold for sessions that there are, from their last packet on. */
    public void adoptTimes(Nat64Definition definition) {
        units[OPEN] = SessionTimers.units(definition.tcpEstablished());
        units[TRANSITORY] = SessionTimers.units(definition.tcpTransitory());
        units[DATAGRAMS] = SessionTimers.units(definition.udp());
        units[PINGS] = SessionTimers.units(definition.icmp());
    }

    /** Ends all sessions; their bindings are to be cleared. */
    public void clear() {
        Mem.fill(heads, 4L * buckets, (byte) -1);
        Arrays.fill(oldest, NONE);
        Arrays.fill(newest, NONE);
        free = NONE;
        used = 0;
        size = 0;
        sweep = Integer.MAX_VALUE;
    }

    /** Sessions of retired bindings end within the next ticks. */
    public void beginSweep() {
        sweep = 0;
    }

    /** Ends sessions of retired bindings; returns how many were looked at. */
    public int sweep(int budget) {
        int looked = 0;
        for (; sweep < used && looked < budget; sweep++, looked++) {
            boolean there = (Mem.getByte(record(sweep) + LIFETIME) & 0xff) != NO_LIST;
            if (there && bindings.isRetired(binding(sweep))) {
                end(sweep);
            }
        }
        return looked;
    }

    private long record(int number) {
        return base + ((long) number << SHIFT);
    }

    private long head(int binding, int remote) {
        long h = ((long) binding << 32 | remote & 0xffff_ffffL) ^ key;
        h = (h ^ h >>> 32) * FACTOR;
        h = (h ^ h >>> 29) * FACTOR;
        return heads + 4 * (h >>> shift);
    }

    /** The session of a binding with an IPv4 end, or {@link #NONE}. */
    public int find(int binding, int remote, int remotePort) {
        int number = Mem.getInt(head(binding, remote));
        while (number != NONE
                && !(isWith(number, binding, remote)
                        && (Mem.getShort(record(number) + REMOTE_PORT) & 0xffff) == remotePort)) {
            number = Mem.getInt(record(number) + NEXT);
        }
        return number;
    }

    /** Whether a binding has a session with any port of an IPv4 address (RFC 6146, 1.2.3: address-dependent filtering). */
    public boolean knows(int binding, int remote) {
        int number = Mem.getInt(head(binding, remote));
        while (number != NONE && !isWith(number, binding, remote)) {
            number = Mem.getInt(record(number) + NEXT);
        }
        return number != NONE;
    }

    private boolean isWith(int number, int binding, int remote) {
        long record = record(number);
        return Mem.getInt(record) == binding && Mem.getInt(record + REMOTE) == remote;
    }

    /** Begins a session; its number, or {@link #NONE} where there is no room. */
    public int begin(int binding, int remote, int remotePort, Nat64State state, int clock) {
        int number = free;
        if (number != NONE) {
            free = Mem.getInt(record(number) + NEXT);
        } else if (used < capacity) {
            number = used++;
        } else {
            return NONE;
        }
        long record = record(number);
        Mem.putInt(record, binding);
        Mem.putInt(record + REMOTE, remote);
        Mem.putShort(record + REMOTE_PORT, (short) remotePort);
        long head = head(binding, remote);
        Mem.putInt(record + NEXT, Mem.getInt(head));
        Mem.putInt(head, number);
        bindings.retain(binding);
        enlist(number, state, clock);
        size++;
        return number;
    }

    private static int lifetime(Nat64State state) {
        return switch (state) {
            case ESTABLISHED, V4_FIN, V6_FIN -> OPEN;
            case V4_INIT, V6_INIT, BOTH_FIN, TRANSITORY -> TRANSITORY;
            case UDP -> DATAGRAMS;
            case ECHO -> PINGS;
        };
    }

    /** Puts a session at the end of its lifetime's list. */
    private void enlist(int number, Nat64State state, int clock) {
        long record = record(number);
        int list = lifetime(state);
        Mem.putByte(record + STATE, (byte) state.ordinal());
        Mem.putByte(record + LIFETIME, (byte) list);
        Mem.putInt(record + LAST_SEEN, clock);
        Mem.putInt(record + OLDER, newest[list]);
        Mem.putInt(record + NEWER, NONE);
        if (newest[list] == NONE) {
            oldest[list] = number;
        } else {
            Mem.putInt(record(newest[list]) + NEWER, number);
        }
        newest[list] = number;
    }

    private void delist(int number) {
        long record = record(number);
        int list = Mem.getByte(record + LIFETIME);
        int older = Mem.getInt(record + OLDER);
        int newer = Mem.getInt(record + NEWER);
        if (older == NONE) {
            oldest[list] = newer;
        } else {
            Mem.putInt(record(older) + NEWER, newer);
        }
        if (newer == NONE) {
            newest[list] = older;
        } else {
            Mem.putInt(record(newer) + OLDER, older);
        }
    }

    /** Notes a datagram or a ping. */
    public void touch(int number, int clock) {
        Nat64State state = state(number);
        delist(number);
        enlist(number, state, clock);
    }

    /** Notes a segment of TCP. */
    public void segment(int number, boolean fromIpv6, boolean syn, boolean fin, boolean reset, int clock) {
        Nat64State before = state(number);
        Nat64State after = Nat64State.after(before, fromIpv6, syn, fin, reset);
        if (after != before || Nat64State.renews(before, fromIpv6, syn, reset)) {
            delist(number);
            enlist(number, after, clock);
        }
    }

    private void end(int number) {
        long record = record(number);
        int binding = Mem.getInt(record);
        delist(number);
        long at = head(binding, Mem.getInt(record + REMOTE));
        while (Mem.getInt(at) != number) {
            at = record(Mem.getInt(at)) + NEXT;
        }
        Mem.putInt(at, Mem.getInt(record + NEXT));
        Mem.putInt(record + NEXT, free);
        Mem.putByte(record + LIFETIME, (byte) NO_LIST);
        free = number;
        size--;
        bindings.release(binding);
    }

    /** Ends sessions whose time is over; returns how many were looked at. */
    public int tick(long nowMicros, int budget, Ending ending) {
        int clock = SessionTimers.clock(nowMicros);
        int looked = sweep(budget);
        for (int list = 0; list < LIFETIMES; list++) {
            while (looked < budget && oldest[list] != NONE && isOver(oldest[list], list, clock)) {
                int number = oldest[list];
                looked++;
                if (state(number) == Nat64State.ESTABLISHED && !bindings.isRetired(binding(number))) {
                    ending.ask(number, nowMicros);
                    delist(number);
                    enlist(number, Nat64State.TRANSITORY, clock);
                } else {
                    end(number);
                }
            }
        }
        return looked;
    }

    private boolean isOver(int number, int list, int clock) {
        return clock - Mem.getInt(record(number) + LAST_SEEN) >= units[list];
    }

    public Nat64State state(int number) {
        return Nat64State.of(Mem.getByte(record(number) + STATE));
    }

    public int binding(int number) {
        return Mem.getInt(record(number));
    }

    /** The IPv4 end's address, first byte highest. */
    public int remote(int number) {
        return Mem.getInt(record(number) + REMOTE);
    }

    public int remotePort(int number) {
        return Mem.getShort(record(number) + REMOTE_PORT) & 0xffff;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return capacity;
    }
}
