package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.WideSessionRecord;

/** Resets to both sides of a session that has expired, each with the sequence number that the receiver expects next. */
final class ExpiryResets {
    private static final int TCP = Protocol.TCP.number();
    private static final int DISPOSITION = Counter.SENT_EXPIRY_RESET.ordinal();

    private final Emitter emitter;
    private final NeighbourTable neighbours;

    ExpiryResets(WorkerTables tables) {
        emitter = tables.emitter;
        neighbours = tables.neighbours;
    }

    void send(long session, long nowMicros) {
        sendToClient(session, nowMicros);
        sendToServer(session, nowMicros);
    }

    void sendToClient(long session, long nowMicros) {
        boolean wide = WideSessionRecord.isWide(session);
        int ports = Mem.getInt(session + CLIENT_PORTS_OFFSET);
        int sequence = Mem.getInt(session + CLIENT_EXPECTS_OFFSET);
        int hop = SessionRecord.clientHop(session);
        if (wide && !WideSessionRecord.hasIpv4Client(session)) {
            send(session + WideSessionRecord.CLIENT_OFFSET, ports, sequence, hop, nowMicros);
        } else {
            sendIpv4(Mem.getLong(session + CLIENT_ADDRESSES_OFFSET), ports, sequence, hop, nowMicros);
        }
    }

    private void sendToServer(long session, long nowMicros) {
        boolean wide = WideSessionRecord.isWide(session);
        int ports = Mem.getInt(session + SERVER_PORTS_OFFSET);
        int sequence = Mem.getInt(session + SERVER_EXPECTS_OFFSET);
        int hop = SessionRecord.serverHop(session);
        if (wide && !WideSessionRecord.hasIpv4Server(session)) {
            send(session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET, ports, sequence, hop, nowMicros);
        } else {
            sendIpv4(Mem.getLong(session + SERVER_ADDRESSES_OFFSET), ports, sequence, hop, nowMicros);
        }
    }

    /** To the one whose own packets carry these raw addresses and ports. */
    private void sendIpv4(long addresses, int ports, int sequence, int hop, long nowMicros) {
        long mbuf = emitter.allocate(EthernetHeader.SIZE + Ipv4Header.SIZE + TcpHeader.SIZE);
        if (mbuf == 0) {
            return;
        }
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        int source = Integer.reverseBytes(SessionRecord.destination(addresses));
        int destination = Integer.reverseBytes(SessionRecord.source(addresses));
        Ipv4Header.write(ip, Ipv4Header.SIZE + TcpHeader.SIZE, TCP, source, destination);
        long tcp = ip + Ipv4Header.SIZE;
        write(tcp, ports, sequence);
        TcpHeader.putChecksum(ip, tcp, TcpHeader.SIZE);
        neighbours.send(hop, mbuf, DISPOSITION, nowMicros);
    }

    /** To the one whose own packets carry the two IPv6 addresses at a place. */
    private void send(long addressesAt, int ports, int sequence, int hop, long nowMicros) {
        long mbuf = emitter.allocate(EthernetHeader.SIZE + Ipv6Header.SIZE + TcpHeader.SIZE);
        if (mbuf == 0) {
            return;
        }
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        Ipv6Header.write(ip, 0, TcpHeader.SIZE, TCP, Ipv6Header.OWN_HOP_LIMIT);
        Ipv6Header.copyAddress(addressesAt, ip + Ipv6Header.DESTINATION_OFFSET);
        Ipv6Header.copyAddress(addressesAt + 16, ip + Ipv6Header.SOURCE_OFFSET);
        long tcp = ip + Ipv6Header.SIZE;
        write(tcp, ports, sequence);
        Ipv6Header.putChecksum(ip, tcp, TcpHeader.CHECKSUM_OFFSET, TCP, TcpHeader.SIZE);
        neighbours.send(hop, mbuf, DISPOSITION, nowMicros);
    }

    private static void write(long tcp, int ports, int sequence) {
        int sourcePort = SessionRecord.destinationPort(ports);
        int destinationPort = SessionRecord.sourcePort(ports);
        TcpHeader.write(tcp, sourcePort, destinationPort, sequence, 0, TcpHeader.RST, 0);
    }
}
