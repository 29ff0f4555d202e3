package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;
import io.twoarm.director.siit.TranslationPrefix;

/**
 * Asks the IPv6 end of a connection that was silent for its whole lifetime whether it is there (RFC 6146, 3.5.2.2): by a
 * segment of the other end with ACK and numbers that are 0, which a living end answers with its own.
 */
final class Nat64Probes implements Nat64Sessions.Ending {
    private static final int TCP = Protocol.TCP.number();
    private static final int DISPOSITION = Counter.SENT_PROBE.ordinal();

    private final Nat64Tables nat64;
    private BindingTable bindings;
    private Nat64Sessions sessions;
    private TranslationPrefix prefix;
    private final Emitter emitter;
    private final Router router;
    private final NeighbourTable neighbours;

    Nat64Probes(WorkerTables tables) {
        nat64 = tables.nat64;
        emitter = tables.emitter;
        router = tables.router;
        neighbours = tables.neighbours;
    }

    void refresh() {
        bindings = nat64.bindings;
        sessions = nat64.sessions;
        prefix = nat64.prefix;
    }

    @Override
    public void ask(int session, long nowMicros) {
        int binding = sessions.binding(session);
        int remote = sessions.remote(session);
        long high = bindings.insideHigh(binding);
        long low = bindings.insideLow(binding);
        int hop = router.nextHop(high, low);
        long mbuf = hop < 0 ? 0 : emitter.allocate(EthernetHeader.SIZE + Ipv6Header.SIZE + TcpHeader.SIZE);
        if (mbuf == 0) {
            return;
        }
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        Ipv6Header.write(ip, 0, TcpHeader.SIZE, TCP, Ipv6Header.OWN_HOP_LIMIT);
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, prefix.embedHigh(remote), prefix.embedLow(remote));
        Ipv6Header.putAddress(ip + Ipv6Header.DESTINATION_OFFSET, high, low);
        long tcp = ip + Ipv6Header.SIZE;
        TcpHeader.write(tcp, sessions.remotePort(session), bindings.insidePort(binding), 0, 0, TcpHeader.ACK, 0);
        Ipv6Header.putChecksum(ip, tcp, TcpHeader.CHECKSUM_OFFSET, TCP, TcpHeader.SIZE);
        neighbours.send(hop, mbuf, DISPOSITION, nowMicros);
    }
}
