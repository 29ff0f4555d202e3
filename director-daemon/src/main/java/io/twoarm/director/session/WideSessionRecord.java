package io.twoarm.director.session;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv6Header;

/**
 * Layout of a session whose client or realserver has IPv6: two cache lines. The first is a {@link SessionRecord}, so that all that looks
 * at states, timers, sequence numbers and ports works on it; its two address fields hold what is told here. The second
 * holds addresses as they lie in packets.
 *
 * <pre>
 *   0  token             8 bytes, not 0 while the record is in use; CIP, VIP raw, where the client has IPv4
 *  16  server addresses  RIP, LIP raw, where the realserver has IPv4; a keyed hash of both otherwise
 *  64  CIP               16 bytes, source and
 *  80  VIP               16 bytes, destination of a client's packet; mapped where they are of IPv4
 *  96  RIP               16 bytes, source and
 * 112  LIP               16 bytes, destination of a realserver's packet; mapped where they are of IPv4
 * </pre>
 */
public final class WideSessionRecord {
    public static final int TOKEN_OFFSET = SessionRecord.CLIENT_ADDRESSES_OFFSET;
    public static final int CLIENT_OFFSET = 64;
    public static final int VIRTUAL_OFFSET = 80;
    public static final int REALSERVER_ADDRESS_OFFSET = 96;
    public static final int LOCAL_OFFSET = 112;
    public static final int SIZE = 128;

    /** Second word of a mapped address as it is read: bytes 00 00 ff ff. */
    private static final int RAW_MAPPED = 0xffff_0000;

    private WideSessionRecord() {}

    /** Whether one side of a session has IPv6, so that the record is of this layout. */
    public static boolean isWide(long session) {
        return (SessionRecord.flags(session) & SessionRecord.WIDE_FLAG) != 0;
    }

    /** Whether the realserver sees the client's own address, in a session of either layout: all modes but FullNAT. */
    public static boolean keepsClient(long session) {
        if (!isWide(session)) {
            long client = Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET);
            long server = Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET);
            return SessionRecord.source(client) == SessionRecord.destination(server);
        }
        return Mem.getLong(session + CLIENT_OFFSET) == Mem.getLong(session + LOCAL_OFFSET)
                && Mem.getLong(session + CLIENT_OFFSET + 8) == Mem.getLong(session + LOCAL_OFFSET + 8);
    }

    /**
     * Whether the client knows the realserver by its own address, in a session of either layout: those of hosts behind the
     * director (SNAT), and all that are heard on one side only.
     */
    public static boolean keepsServer(long session) {
        if (!isWide(session)) {
            long client = Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET);
            long server = Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET);
            return SessionRecord.destination(client) == SessionRecord.source(server);
        }
        return Mem.getLong(session + VIRTUAL_OFFSET) == Mem.getLong(session + REALSERVER_ADDRESS_OFFSET)
                && Mem.getLong(session + VIRTUAL_OFFSET + 8) == Mem.getLong(session + REALSERVER_ADDRESS_OFFSET + 8);
    }

    /** Whether the realserver of a wide session has IPv4. */
    public static boolean hasIpv4Server(long session) {
        return (SessionRecord.flags(session) & SessionRecord.IPV4_SERVER_FLAG) != 0;
    }

    /** Whether the client of a wide session has IPv4; nobody else has a mapped address (RFC 4291, 2.5.5.2). */
    public static boolean hasIpv4Client(long session) {
        return Mem.getLong(session + CLIENT_OFFSET) == 0 && Mem.getInt(session + CLIENT_OFFSET + 8) == RAW_MAPPED;
    }

    /** Whether a wide session's packets arrive in IPv4 on one of its sides. */
    public static boolean isIpv4(long session, boolean client) {
        return client ? hasIpv4Client(session) : hasIpv4Server(session);
    }

    /** Source and destination, raw, of what the side of a wide session that has IPv4 sends. */
    public static long ipv4Addresses(long session, boolean client) {
        return Mem.getLong(
                session + (client ? SessionRecord.CLIENT_ADDRESSES_OFFSET : SessionRecord.SERVER_ADDRESSES_OFFSET));
    }

    /** The address at an offset. */
    static IpAddress address(long session, int offset) {
        return IpAddress.of(Ipv6Header.high(session + offset), Ipv6Header.low(session + offset));
    }
}
