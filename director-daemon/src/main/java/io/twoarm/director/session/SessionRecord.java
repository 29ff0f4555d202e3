package io.twoarm.director.session;

import io.twoarm.director.memory.Mem;

/**
 * Layout of an IPv4 session in native memory: one cache line for both directions. Addresses and ports are <em>raw</em>:
 * as they lie in packets, read by the machine. What a packet gets is the other side's key with its halves swapped, so no
 * rewrite data is stored. In NAT mode the client takes the place of LIP and LPORT; in one-sided modes the VIP also takes
 * that of RIP, so that packets stay as they are.
 *
 * <pre>
 *  0  client addresses    CIP, VIP          4 + 4 raw, as source and destination of a client's packet
 *  8  client ports        CPORT, VPORT      2 + 2 raw
 * 12  server ports        RPORT, LPORT      2 + 2 raw
 * 16  server addresses    RIP, LIP          4 + 4 raw, as source and destination of a realserver's packet
 * 24  sequence shift      i32, added to sequence numbers of the client (TCP)
 * 28  realserver's first  i32, the realserver's initial sequence number + 1 (TCP, once seen)
 * 32  client expects      i32, last acknowledgment of the client
 * 36  server expects      i32, last acknowledgment of the realserver, in its own numbers
 * 40  last seen           i32, session clock: units of 1.024 ms
 * 44  next                i32, timer list or free list: number + 1, 0 at the end
 * 48  previous            i32, timer list: number + 1, or the complement of the wheel's slot
 * 52  address change      u16, checksum change of a client's packet by its addresses
 * 54  transport change    u16, the same with ports
 * 56  client hop          u16, number of the neighbour towards the client
 * 58  server hop          u16, number of the neighbour towards the realserver
 * 60  realserver          u16, number
 * 62  state               u8, ordinal of {@link SessionState}; bit 6: a header of the PROXY protocol is pending,
 *                         bit 7: FTP control connection
 * 63  flags               u8, see the constants
 * </pre>
 */
public final class SessionRecord {
    public static final int CLIENT_ADDRESSES_OFFSET = 0;
    public static final int CLIENT_PORTS_OFFSET = 8;
    public static final int SERVER_PORTS_OFFSET = 12;
    public static final int SERVER_ADDRESSES_OFFSET = 16;
    public static final int SEQUENCE_SHIFT_OFFSET = 24;
    public static final int SERVER_FIRST_OFFSET = 28;
    public static final int CLIENT_EXPECTS_OFFSET = 32;
    public static final int SERVER_EXPECTS_OFFSET = 36;
    public static final int LAST_SEEN_OFFSET = 40;
    public static final int NEXT_OFFSET = 44;
    public static final int PREVIOUS_OFFSET = 48;
    public static final int CHANGES_OFFSET = 52;
    public static final int TRANSPORT_CHANGE_OFFSET = 54;
    public static final int CLIENT_HOP_OFFSET = 56;
    public static final int SERVER_HOP_OFFSET = 58;
    public static final int REALSERVER_OFFSET = 60;
    public static final int STATE_OFFSET = 62;
    public static final int FLAGS_OFFSET = 63;
    public static final int SIZE = 64;

    /** The protocol: 0 TCP, 1 UDP, 2 ICMP echo, 3 SCTP. */
    public static final int PROTOCOL_MASK = 3;

    public static final int PROTOCOL_TCP = 0;
    public static final int PROTOCOL_UDP = 1;
    public static final int PROTOCOL_ECHO = 2;
    public static final int PROTOCOL_SCTP = 3;

    /** Segments to the realserver carry the client's address. */
    public static final int CLIENT_ADDRESS_FLAG = 4;

    /** The realserver's SYN-ACK came by. */
    public static final int SERVER_SYN_FLAG = 8;

    /** Only the client's packets come by, and they keep their addresses; the realserver answers on its own way. */
    public static final int ONE_SIDED_FLAG = 16;

    /** Of UDP: only the realserver's packets find the session; the client's next datagram is a flow of its own. */
    public static final int ONE_PACKET_FLAG = 32;

    /** Of TCP: a SYN proxy began it, so that the numbers of both sides change. */
    public static final int PROXIED_FLAG = 32;

    /** One side has IPv6: the record is a {@link WideSessionRecord}. */
    public static final int WIDE_FLAG = 64;

    /** The realserver of such a session has IPv4. */
    public static final int IPV4_SERVER_FLAG = 128;

    private static final int STATE_MASK = 0x3f;
    private static final int PENDING_BIT = 0x40;
    private static final int WATCHED_BIT = 0x80;

    private SessionRecord() {}

    /** The protocol for one with ports by IANA's number; -1 for all others. */
    public static int withPorts(int number) {
        return switch (number) {
            case 6 -> PROTOCOL_TCP;
            case 17 -> PROTOCOL_UDP;
            case 132 -> PROTOCOL_SCTP;
            default -> -1;
        };
    }

    public static int flags(long session) {
        return Mem.getByte(session + FLAGS_OFFSET) & 0xff;
    }

    public static void setFlags(long session, int flags) {
        Mem.putByte(session + FLAGS_OFFSET, (byte) flags);
    }

    /** Whether only the client's packets come by. */
    public static boolean isOneSided(long session) {
        return (flags(session) & ONE_SIDED_FLAG) != 0;
    }

    /** Whether flags are those of a datagram that is a flow of its own. */
    public static boolean isOnePacket(int flags) {
        return (flags & ONE_PACKET_FLAG) != 0 && (flags & PROTOCOL_MASK) != PROTOCOL_TCP;
    }

    /** Whether a SYN proxy began the session. */
    public static boolean isProxied(long session) {
        return (flags(session) & (PROXIED_FLAG | PROTOCOL_MASK)) == (PROXIED_FLAG | PROTOCOL_TCP);
    }

    public static int protocol(long session) {
        return Mem.getByte(session + FLAGS_OFFSET) & PROTOCOL_MASK;
    }

    public static int state(long session) {
        return Mem.getByte(session + STATE_OFFSET) & STATE_MASK;
    }

    /** Sets the state. */
    public static void setState(long session, int state) {
        Mem.putByte(session + STATE_OFFSET, (byte) (Mem.getByte(session + STATE_OFFSET) & ~STATE_MASK | state));
    }

    /**
     * Whether a header of the PROXY protocol goes before the client's data: TCP until the realserver has acknowledged it,
     * and {@link #SERVER_FIRST_OFFSET} holds the number of the client's first byte so long; UDP always.
     */
    public static boolean isPending(long session) {
        return (Mem.getByte(session + STATE_OFFSET) & PENDING_BIT) != 0;
    }

    /** Says whether a header of the PROXY protocol is to go before the client's data. */
    public static void setPending(long session, boolean pending) {
        int others = Mem.getByte(session + STATE_OFFSET) & ~PENDING_BIT;
        Mem.putByte(session + STATE_OFFSET, (byte) (others | (pending ? PENDING_BIT : 0)));
    }

    /** Whether what the realserver says in the session announces other connections. */
    public static boolean isWatched(long session) {
        return (Mem.getByte(session + STATE_OFFSET) & WATCHED_BIT) != 0;
    }

    /** From now on the session is watched. */
    public static void watch(long session) {
        Mem.putByte(session + STATE_OFFSET, (byte) (Mem.getByte(session + STATE_OFFSET) | WATCHED_BIT));
    }

    public static int realserver(long session) {
        return Mem.getShort(session + REALSERVER_OFFSET) & 0xffff;
    }

    public static int clientHop(long session) {
        return Mem.getShort(session + CLIENT_HOP_OFFSET) & 0xffff;
    }

    public static int serverHop(long session) {
        return Mem.getShort(session + SERVER_HOP_OFFSET) & 0xffff;
    }

    /** First half of raw addresses as they lie in memory: the source. */
    public static int source(long rawAddresses) {
        return (int) rawAddresses;
    }

    /** Second half: the destination. */
    public static int destination(long rawAddresses) {
        return (int) (rawAddresses >>> 32);
    }

    /** Joins raw halves. */
    public static long join(int rawSource, int rawDestination) {
        return rawSource & 0xffff_ffffL | (long) rawDestination << 32;
    }

    /** Joins numeric ports into raw ones. */
    public static int joinPorts(int source, int destination) {
        return Integer.reverseBytes(source << 16 | destination & 0xffff);
    }

    /** First of raw ports as a number. */
    public static int sourcePort(int rawPorts) {
        return Integer.reverseBytes(rawPorts) >>> 16;
    }

    /** Second of raw ports as a number. */
    public static int destinationPort(int rawPorts) {
        return Integer.reverseBytes(rawPorts) & 0xffff;
    }
}
