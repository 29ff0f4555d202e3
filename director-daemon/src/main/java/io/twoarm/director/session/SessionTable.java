package io.twoarm.director.session;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.NEXT_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;

/**
 * All sessions of a worker: records of one cache line and an index with an entry per direction, 96 bytes a session. Never
 * grows.
 *
 * <p>A <em>reference</em> is a record's address plus the direction that a packet goes: 0 from the client, 1 from the
 * realserver. 0 is no reference.
 */
public final class SessionTable implements SessionRecords {
    public static final int FROM_CLIENT = 0;
    public static final int FROM_SERVER = 1;

    private final SessionIndex index;
    private final long base;
    private final int capacity;
    private int free;
    private int used;
    private int size;

    public SessionTable(NativeMemory memory, int capacity, SecretKey secret) {
        this.capacity = capacity;
        base = Mem.pointer(memory.allocate((long) capacity * SessionRecord.SIZE, SessionRecord.SIZE));
        index = new SessionIndex(memory, capacity, secret.low() ^ Long.rotateLeft(secret.high(), 29));
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
        return base + ((long) number << 6);
    }

    @Override
    public int number(long session) {
        return (int) (session - base >>> 6);
    }

    /** The record of a reference. */
    public static long session(long reference) {
        return Mem.pointer(reference & -2L);
    }

    public static int direction(long reference) {
        return (int) reference & 1;
    }

    /** Hash of a flow as its packets show it; never 0. */
    public int hash(long rawAddresses, int rawPorts, int protocol) {
        return index.hash(rawAddresses, rawPorts, protocol);
    }

    /** Address of the memory that a search for the hash reads first. */
    public long home(int hash) {
        return index.home(hash);
    }

    /** The first session whose hash fits, unchecked, as a reference; 0 when there is none. Reads no record. */
    public long candidate(int hash) {
        return candidateFrom(index.home(hash), hash);
    }

    private long candidateFrom(long entry, int hash) {
        long at = entry;
        while (true) {
            long value = Mem.getLong(at);
            if (value == 0) {
                return 0;
            }
            if (SessionIndex.hashOf(value) == hash) {
                return record(SessionIndex.number(value)) | SessionIndex.direction(value);
            }
            at = index.following(at);
        }
    }

    /** Whether a reference is the session of a packet with this key, in this direction. */
    public static boolean matches(long reference, long rawAddresses, int rawPorts, int protocol) {
        long session = session(reference);
        boolean fromServer = direction(reference) == FROM_SERVER;
        long addresses = Mem.getLong(session + (fromServer ? SERVER_ADDRESSES_OFFSET : CLIENT_ADDRESSES_OFFSET));
        int ports = Mem.getInt(session + (fromServer ? SERVER_PORTS_OFFSET : CLIENT_PORTS_OFFSET));
        return addresses == rawAddresses && ports == rawPorts && SessionRecord.protocol(session) == protocol;
    }

    /** The session of a packet with this key, as a reference; 0 when there is none. */
    public long find(long rawAddresses, int rawPorts, int protocol) {
        int hash = index.hash(rawAddresses, rawPorts, protocol);
        long at = index.home(hash);
        while (true) {
            long value = Mem.getLong(at);
            if (value == 0) {
                return 0;
            }
            if (SessionIndex.hashOf(value) == hash) {
                long reference = record(SessionIndex.number(value)) | SessionIndex.direction(value);
                if (matches(reference, rawAddresses, rawPorts, protocol)) {
                    return reference;
                }
            }
            at = index.following(at);
        }
    }

    /**
     * Enters a session with its keys and protocol; all else in the record is 0.
     *
     * @param flags a {@link SessionRecord} protocol, perhaps with {@link SessionRecord#ONE_PACKET_FLAG} and {@link
     *     SessionRecord#ONE_SIDED_FLAG}
     * @return the record's address, or 0 when the table is full
     */
    public long create(long clientAddresses, int clientPorts, long serverAddresses, int serverPorts, int flags) {
        int number = free - 1;
        if (number >= 0) {
            free = Mem.getInt(record(number) + NEXT_OFFSET);
        } else if (used < capacity) {
            number = used++;
        } else {
            return 0;
        }
        long session = record(number);
        for (int i = 0; i < SessionRecord.SIZE; i += 8) {
            Mem.putLong(session + i, 0);
        }
        Mem.putLong(session + CLIENT_ADDRESSES_OFFSET, clientAddresses);
        Mem.putInt(session + CLIENT_PORTS_OFFSET, clientPorts);
        Mem.putInt(session + SERVER_PORTS_OFFSET, serverPorts);
        Mem.putLong(session + SERVER_ADDRESSES_OFFSET, serverAddresses);
        SessionRecord.setFlags(session, flags);
        int protocol = flags & SessionRecord.PROTOCOL_MASK;
        if (!SessionRecord.isOnePacket(flags)) {
            index.insert(index.hash(clientAddresses, clientPorts, protocol), number, FROM_CLIENT);
        }
        if ((flags & SessionRecord.ONE_SIDED_FLAG) == 0) {
            index.insert(index.hash(serverAddresses, serverPorts, protocol), number, FROM_SERVER);
        }
        size++;
        return session;
    }

    @Override
    public long touch(long session) {
        int protocol = SessionRecord.protocol(session);
        int client = index.hash(
                Mem.getLong(session + CLIENT_ADDRESSES_OFFSET), Mem.getInt(session + CLIENT_PORTS_OFFSET), protocol);
        int server = index.hash(
                Mem.getLong(session + SERVER_ADDRESSES_OFFSET), Mem.getInt(session + SERVER_PORTS_OFFSET), protocol);
        return Mem.getLong(index.home(client)) + Mem.getLong(index.home(server));
    }

    @Override
    public void remove(long session) {
        int number = number(session);
        int protocol = SessionRecord.protocol(session);
        long clientAddresses = Mem.getLong(session + CLIENT_ADDRESSES_OFFSET);
        int clientPorts = Mem.getInt(session + CLIENT_PORTS_OFFSET);
        if (!SessionRecord.isOnePacket(SessionRecord.flags(session))) {
            index.remove(index.hash(clientAddresses, clientPorts, protocol), number, FROM_CLIENT);
        }
        if (!SessionRecord.isOneSided(session)) {
            long serverAddresses = Mem.getLong(session + SERVER_ADDRESSES_OFFSET);
            int serverPorts = Mem.getInt(session + SERVER_PORTS_OFFSET);
            index.remove(index.hash(serverAddresses, serverPorts, protocol), number, FROM_SERVER);
        }
        Mem.putLong(session + CLIENT_ADDRESSES_OFFSET, 0);
        Mem.putInt(session + NEXT_OFFSET, free);
        free = number + 1;
        size--;
    }
}
