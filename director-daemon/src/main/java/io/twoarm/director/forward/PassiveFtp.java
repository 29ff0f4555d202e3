package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.FtpReply;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.WideSessionRecord;

/**
 * Passive FTP through a service of port {@value #CONTROL_PORT}: reads what the realserver announces on the control
 * connection, names the VIP in place of the realserver (RFC 959, 227; RFC 2428, 229 names none), and expects the client at
 * the announced port. The port stays the same. An address in 227 that is neither the realserver's nor the VIP is left alone,
 * for a server must not send clients elsewhere.
 */
final class PassiveFtp {
    /** Port of control connections. */
    static final int CONTROL_PORT = 21;

    private final PassiveConnections connections;
    private final ServiceTable services;
    private final Counters counters;
    private final FtpReply reply;

    PassiveFtp(PassiveConnections connections, ServiceTable services, Counters counters, NativeMemory memory) {
        this.connections = connections;
        this.services = services;
        this.counters = counters;
        reply = new FtpReply(Mem.pointer(memory.allocate(FtpReply.LONGEST, 64)));
    }

    /**
     * Looks at a segment of a realserver on a control connection, before its addresses are changed.
     *
     * @param data address of the segment's data
     * @return change of the sum under the TCP checksum
     */
    long look(long session, long data, int length, long nowMicros) {
        int kind = length > 0 ? reply.read(data, length) : FtpReply.OTHER;
        if (kind == FtpReply.EXTENDED_PASSIVE) {
            expect(session, nowMicros);
        } else if (kind == FtpReply.PASSIVE) {
            return WideSessionRecord.isWide(session)
                    ? passiveOfIpv6(session, data, length, nowMicros)
                    : passive(session, data, length, nowMicros);
        }
        return 0;
    }

    /** Behind IPv6 a server has no address that 227 could name, and writes 0.0.0.0; a client of IPv4 needs the VIP there. */
    private long passiveOfIpv6(long session, long data, int length, long nowMicros) {
        long virtual = session + WideSessionRecord.VIRTUAL_OFFSET;
        if (!Ipv6Address.isMapped(Ipv6Header.high(virtual), Ipv6Header.low(virtual))) {
            return 0;
        }
        long before = InternetChecksum.sum(data, length);
        if (reply.address() != 0 || !reply.replace(data, length, (int) Ipv6Header.low(virtual))) {
            return 0;
        }
        expect(session, nowMicros);
        return InternetChecksum.change(before, InternetChecksum.sum(data, length));
    }

    private long passive(long session, long data, int length, long nowMicros) {
        int virtual = Integer.reverseBytes(
                SessionRecord.destination(Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET)));
        int realserver = Integer.reverseBytes(
                SessionRecord.source(Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET)));
        if (reply.address() == virtual) {
            expect(session, nowMicros);
            return 0;
        }
        long before = InternetChecksum.sum(data, length);
        if (reply.address() != realserver || !reply.replace(data, length, virtual)) {
            return 0;
        }
        expect(session, nowMicros);
        return InternetChecksum.change(before, InternetChecksum.sum(data, length));
    }

    private void expect(long session, long nowMicros) {
        int port = reply.port();
        int realserver = SessionRecord.realserver(session);
        if (port == services.port(realserver)) {
            return;
        }
        if (WideSessionRecord.isWide(session)) {
            long client = session + WideSessionRecord.CLIENT_OFFSET;
            long virtual = session + WideSessionRecord.VIRTUAL_OFFSET;
            long local = session + WideSessionRecord.LOCAL_OFFSET;
            if (services.find(Ipv6Header.high(virtual), Ipv6Header.low(virtual), port, Protocol.TCP.number()) >= 0) {
                return;
            }
            int number = connections.expect(Ipv6Header.high(client), Ipv6Header.low(client), port, nowMicros);
            connections.lead(number, Ipv6Header.high(virtual), Ipv6Header.low(virtual));
            connections.towards(
                    number,
                    realserver,
                    services.high(realserver),
                    services.low(realserver),
                    Ipv6Header.high(local),
                    Ipv6Header.low(local));
        } else {
            long clientSide = Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET);
            long serverSide = Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET);
            int virtual = Integer.reverseBytes(SessionRecord.destination(clientSide));
            if (services.find(virtual, port, Protocol.TCP.number()) >= 0) {
                return;
            }
            int number = connections.expect(0, mapped(SessionRecord.source(clientSide)), port, nowMicros);
            connections.lead(number, 0, Ipv6Address.mapped(virtual));
            connections.towards(
                    number,
                    realserver,
                    services.high(realserver),
                    services.low(realserver),
                    0,
                    mapped(SessionRecord.destination(serverSide)));
        }
        counters.count(Counter.FTP_ANNOUNCED);
    }

    static long mapped(int rawAddress) {
        return Ipv6Address.mapped(Integer.reverseBytes(rawAddress));
    }

    /** What a client that begins an IPv4 connection was promised, or -1; it is promised no longer then. */
    int claim(long rawAddresses, int rawPorts, long nowMicros) {
        long client = mapped(SessionRecord.source(rawAddresses));
        long virtual = mapped(SessionRecord.destination(rawAddresses));
        return claim(0, client, 0, virtual, SessionRecord.destinationPort(rawPorts), nowMicros);
    }

    /** The same for IPv6. */
    int claimWide(long ip, long nowMicros) {
        long source = ip + Ipv6Header.SOURCE_OFFSET;
        long destination = ip + Ipv6Header.DESTINATION_OFFSET;
        int port = Mem.getUnsignedShortBE(ip + Ipv6Header.SIZE + TcpHeader.DESTINATION_PORT_OFFSET);
        return claim(
                Ipv6Header.high(source),
                Ipv6Header.low(source),
                Ipv6Header.high(destination),
                Ipv6Header.low(destination),
                port,
                nowMicros);
    }

    private int claim(long clientHigh, long clientLow, long virtualHigh, long virtualLow, int port, long nowMicros) {
        int number = connections.find(clientHigh, clientLow, virtualHigh, virtualLow, port, nowMicros);
        if (number < 0) {
            return -1;
        }
        connections.forget(number);
        int realserver = connections.realserver(number);
        boolean same = services.high(realserver) == connections.serverHigh(number)
                && services.low(realserver) == connections.serverLow(number);
        if (!same) {
            // The number has gone to another realserver since.
            return -1;
        }
        counters.count(Counter.FTP_CONNECTED);
        return number;
    }
}
