package io.twoarm.director.session;

import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.NEXT_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;
import static io.twoarm.director.session.WideSessionRecord.CLIENT_OFFSET;
import static io.twoarm.director.session.WideSessionRecord.REALSERVER_ADDRESS_OFFSET;
import static io.twoarm.director.session.WideSessionRecord.TOKEN_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;

/**
 * All sessions of a worker one of whose sides has IPv6: records of two cache lines and an
 * index with an entry per direction, 160 bytes a session. Never grows. References are those of {@link SessionTable}.
 */
public final class WideSessionTable implements SessionRecords {
    private static final long FACTOR_1 = 0x9E37_79B9_7F4A_7C15L;
    private static final long FACTOR_2 = 0xC2B2_AE3D_27D4_EB4FL;
    private static final int SHIFT = 7;
    private static final int HALF = 8;
    private static final int ADDRESS = 16;

    private final SessionIndex index;
    private final long base;
    private final int capacity;
    private final long key;
    private int free;
    private int used;
    private int size;

    /**
     * @param capacity sessions at most; 0 for none ever
     */
    public WideSessionTable(NativeMemory memory, int capacity, SecretKey secret) {
        this.capacity = capacity;
        key = secret.high() ^ Long.rotateLeft(secret.low(), 17);
        base = Mem.pointer(memory.allocate(Math.max(1L, capacity) * WideSessionRecord.SIZE, 64));
        index = new SessionIndex(memory, Math.max(1, capacity), secret.low() ^ Long.rotateLeft(secret.high(), 31));
    }

    public int capacity() {
        return capacity;
    }

    /** Sessions in the table. */
    public int size() {
        return size;
    }

    @Override
    public int used() {
        return used;
    }

    @Override
    public long record(int number) {
        return base + ((long) number << SHIFT);
    }

    @Override
    public int number(long session) {
        return (int) (session - base >>> SHIFT);
    }

    private int hash(long sourceAt, long destinationAt, int ports, int protocol) {
        long h = (Mem.getLong(sourceAt) ^ key) * FACTOR_1;
        h = (h ^ h >>> 32 ^ Mem.getLong(sourceAt + HALF)) * FACTOR_2;
        h = (h ^ h >>> 32 ^ Mem.getLong(destinationAt)) * FACTOR_1;
        h = (h ^ h >>> 32 ^ Mem.getLong(destinationAt + HALF)) * FACTOR_2;
        return index.hash(h ^ h >>> 32, ports, protocol);
    }

    private static boolean isSame(long address, long other) {
        return Mem.getLong(address) == Mem.getLong(other) && Mem.getLong(address + HALF) == Mem.getLong(other + HALF);
    }

    /**
     * The session of an IPv6 packet, as a reference; 0 when there is none.
     *
     * @param sourceAt where its source stands
     * @param destinationAt where its destination stands
     * @param ports raw
     */
    public long find(long sourceAt, long destinationAt, int ports, int protocol) {
        int hash = hash(sourceAt, destinationAt, ports, protocol);
        long at = index.home(hash);
        for (long value = Mem.getLong(at); value != 0; value = Mem.getLong(at)) {
            if (SessionIndex.hashOf(value) == hash) {
                long session = Mem.pointer(record(SessionIndex.number(value)));
                int direction = SessionIndex.direction(value);
                boolean fromServer = direction == SessionTable.FROM_SERVER;
                long keyAt = session + (fromServer ? REALSERVER_ADDRESS_OFFSET : CLIENT_OFFSET);
                if (Mem.getInt(session + (fromServer ? SERVER_PORTS_OFFSET : CLIENT_PORTS_OFFSET)) == ports
                        && SessionRecord.protocol(session) == protocol
                        && isSame(keyAt, sourceAt)
                        && isSame(keyAt + ADDRESS, destinationAt)) {
                    return session | direction;
                }
            }
            at = index.following(at);
        }
        return 0;
    }

    /** The session of a packet of IPv4, from a realserver or a client, as a reference; 0 when there is none. */
    public long findFromIpv4(long rawAddresses, int ports, int protocol) {
        int hash = index.hash(rawAddresses, ports, protocol);
        long at = index.home(hash);
        for (long value = Mem.getLong(at); value != 0; value = Mem.getLong(at)) {
            if (SessionIndex.hashOf(value) == hash) {
                long session = Mem.pointer(record(SessionIndex.number(value)));
                int direction = SessionIndex.direction(value);
                boolean client = direction == SessionTable.FROM_CLIENT;
                if (Mem.getInt(session + (client ? CLIENT_PORTS_OFFSET : SERVER_PORTS_OFFSET)) == ports
                        && WideSessionRecord.ipv4Addresses(session, client) == rawAddresses
                        && WideSessionRecord.isIpv4(session, client)
                        && SessionRecord.protocol(session) == protocol) {
                    return session | direction;
                }
            }
            at = index.following(at);
        }
        return 0;
    }

    /** Takes a record that is empty but for its token; 0 when the table is full. */
    public long allocate() {
        int number = free - 1;
        if (number >= 0) {
            free = Mem.getInt(record(number) + NEXT_OFFSET);
        } else if (used < capacity) {
            number = used++;
        } else {
            return 0;
        }
        long session = record(number);
        for (int i = 0; i < WideSessionRecord.SIZE; i += HALF) {
            Mem.putLong(session + i, 0);
        }
        Mem.putLong(session + TOKEN_OFFSET, 1);
        size++;
        return session;
    }

    /** Enters a record, whose addresses, ports and flags are set, in the index. */
    public void enter(long session) {
        int number = number(session);
        if (isFoundByClient(session)) {
            index.insert(clientHash(session), number, SessionTable.FROM_CLIENT);
        }
        if (!SessionRecord.isOneSided(session)) {
            index.insert(serverHash(session), number, SessionTable.FROM_SERVER);
        }
    }

    private static boolean isFoundByClient(long session) {
        return !SessionRecord.isOnePacket(SessionRecord.flags(session));
    }

    private int clientHash(long session) {
        int ports = Mem.getInt(session + CLIENT_PORTS_OFFSET);
        int protocol = SessionRecord.protocol(session);
        long at = session + CLIENT_OFFSET;
        return WideSessionRecord.hasIpv4Client(session)
                ? index.hash(Mem.getLong(session + TOKEN_OFFSET), ports, protocol)
                : hash(at, at + ADDRESS, ports, protocol);
    }

    private int serverHash(long session) {
        int ports = Mem.getInt(session + SERVER_PORTS_OFFSET);
        int protocol = SessionRecord.protocol(session);
        long at = session + REALSERVER_ADDRESS_OFFSET;
        return WideSessionRecord.hasIpv4Server(session)
                ? index.hash(Mem.getLong(session + SERVER_ADDRESSES_OFFSET), ports, protocol)
                : hash(at, at + ADDRESS, ports, protocol);
    }

    @Override
    public long touch(long session) {
        return Mem.getLong(index.home(clientHash(session))) + Mem.getLong(index.home(serverHash(session)));
    }

    @Override
    public void remove(long session) {
        int number = number(session);
        if (isFoundByClient(session)) {
            index.remove(clientHash(session), number, SessionTable.FROM_CLIENT);
        }
        if (!SessionRecord.isOneSided(session)) {
            index.remove(serverHash(session), number, SessionTable.FROM_SERVER);
        }
        giveBack(session);
    }

    /** Gives back a record that was never entered in the index. */
    public void giveBack(long session) {
        Mem.putLong(session + TOKEN_OFFSET, 0);
        Mem.putInt(session + NEXT_OFFSET, free);
        free = number(session) + 1;
        size--;
    }
}
