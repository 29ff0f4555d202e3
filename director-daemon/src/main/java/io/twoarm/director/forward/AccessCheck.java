package io.twoarm.director.forward;

import io.twoarm.director.access.AccessQuery;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;

/**
 * Asks a service's access lists and its rate of new flows about the first packet of a flow, and drops it in silence if it may
 * not begin one: who is refused learns nothing. Services without either cost two looks at arrays.
 */
final class AccessCheck {
    private final ServiceTable services;
    private final Emitter emitter;
    private final AccessQuery query = new AccessQuery();

    AccessCheck(WorkerTables tables) {
        services = tables.services;
        emitter = tables.emitter;
    }

    /** Whether an IPv4 client may begin flows of a service at all; its packet is settled if not. */
    boolean permits(Burst burst, int i, int service, long clientAddresses, int clientPorts) {
        if (!services.isGuarded(service)) {
            return true;
        }
        ask(clientAddresses);
        query.protocol = Protocol.TCP.number();
        return listed(burst, i, service, clientPorts, SessionRecord.PROTOCOL_TCP);
    }

    /** The same of an IPv6 client, whose header is at {@code ip}. */
    boolean permitsWide(Burst burst, int i, long ip, int service, int clientPorts) {
        if (!services.isGuarded(service)) {
            return true;
        }
        askWide(ip);
        query.protocol = Protocol.TCP.number();
        return listed(burst, i, service, clientPorts, SessionRecord.PROTOCOL_TCP);
    }

    /**
     * Whether an IPv4 flow may begin; its packet is settled if not.
     *
     * @param clientAddresses both addresses, raw
     * @param clientPorts both ports, raw
     * @param protocol a {@link SessionRecord} protocol
     */
    boolean admits(Burst burst, int i, int service, long clientAddresses, int clientPorts, int protocol) {
        if (!services.isGuarded(service)) {
            return hasRoom(burst, i, service);
        }
        ask(clientAddresses);
        query.protocol = number(protocol, Protocol.ICMP);
        return listed(burst, i, service, clientPorts, protocol) && hasRoom(burst, i, service);
    }

    private void ask(long clientAddresses) {
        query.sourceHigh = 0;
        query.sourceLow = Ipv6Address.mapped(Integer.reverseBytes(SessionRecord.source(clientAddresses)));
        query.destinationHigh = 0;
        query.destinationLow = Ipv6Address.mapped(Integer.reverseBytes(SessionRecord.destination(clientAddresses)));
    }

    /** The same of IPv6, whose header is at {@code ip}. */
    boolean admitsWide(Burst burst, int i, long ip, int service, int clientPorts, int protocol) {
        if (!services.isGuarded(service)) {
            return hasRoom(burst, i, service);
        }
        askWide(ip);
        query.protocol = number(protocol, Protocol.ICMPV6);
        return listed(burst, i, service, clientPorts, protocol) && hasRoom(burst, i, service);
    }

    private void askWide(long ip) {
        query.sourceHigh = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        query.sourceLow = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        query.destinationHigh = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        query.destinationLow = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
    }

    private boolean listed(Burst burst, int i, int service, int clientPorts, int protocol) {
        boolean ported = protocol != SessionRecord.PROTOCOL_ECHO;
        query.sourcePort = ported ? SessionRecord.sourcePort(clientPorts) : 0;
        query.destinationPort = ported ? SessionRecord.destinationPort(clientPorts) : 0;
        query.mac = EthernetHeader.address(burst.frames[i] + EthernetHeader.SOURCE_OFFSET);
        query.port = burst.port;
        if (services.admits(service, query)) {
            return true;
        }
        emitter.drop(burst.mbufs[i], Counter.DROPPED_DENIED);
        burst.references[i] = Burst.SETTLED;
        return false;
    }

    private boolean hasRoom(Burst burst, int i, int service) {
        if (services.hasRoom(service, burst.nowMicros)) {
            return true;
        }
        emitter.drop(burst.mbufs[i], Counter.DROPPED_CONNECTION_RATE);
        burst.references[i] = Burst.SETTLED;
        return false;
    }

    private static int number(int protocol, Protocol echo) {
        return switch (protocol) {
            case SessionRecord.PROTOCOL_TCP -> Protocol.TCP.number();
            case SessionRecord.PROTOCOL_UDP -> Protocol.UDP.number();
            case SessionRecord.PROTOCOL_SCTP -> Protocol.SCTP.number();
            default -> echo.number();
        };
    }
}
