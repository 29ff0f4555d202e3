package io.twoarm.model.walk;

import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.RouteTable;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Packets from a client to an address and port, most often those of a virtual service.
 *
 * @param client the name of the host that sends
 * @param tuple as the client sends it
 * @param director the member of a group that serves; empty for the preferred one
 * @param realserver the host that the director chooses, or that has the outside port of a NAT gateway asked for; empty for
 *     the first of the pool that takes connections, or of the gateway's networks
 */
public record Flow(String client, Tuple tuple, Optional<String> director, Optional<String> realserver) {
    /** Inside of what RFC 6335 leaves for clients, and the same in every walk, so that walks can be compared. */
    public static final int CLIENT_PORT = 50000;

    public Flow {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(tuple, "tuple");
        Objects.requireNonNull(director, "director");
        Objects.requireNonNull(realserver, "realserver");
    }

    /** A flow to an address; empty when the client has no address of the destination's family. */
    public static Optional<Flow> to(
            Topology topology, Host client, InetAddress destination, int port, Protocol protocol) {
        return sourceAddress(topology, client, destination)
                .map(source -> new Flow(
                        client.name(),
                        new Tuple(protocol, source, CLIENT_PORT, destination, port),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A flow to a service; empty when the client has no address of the VIP's family. */
    public static Optional<Flow> to(Topology topology, Host.Client client, VirtualService service) {
        return to(topology, client, service.vip(), service.servicePort(), service.protocol());
    }

    /** One flow of every client to every service that it has an address for, in the order of the topology. */
    public static List<Flow> all(Topology topology) {
        List<Flow> flows = new ArrayList<>();
        topology.clients()
                .forEach(client -> topology.virtualServices()
                        .forEach(service -> to(topology, client, service).ifPresent(flows::add)));
        return List.copyOf(flows);
    }

    /** The same, served by this member of the group. */
    public Flow servedBy(String member) {
        return new Flow(client, tuple, Optional.of(member), realserver);
    }

    /** The same, to this realserver. */
    public Flow answeredBy(String host) {
        return new Flow(client, tuple, director, Optional.of(host));
    }

    /** The address of the port that the packets leave by, else any one of the family. */
    private static Optional<InetAddress> sourceAddress(Topology topology, Host client, InetAddress destination) {
        Optional<Port> outgoing =
                RouteTable.of(topology, client).lookup(destination).map(RouteTable.NextHop::port);
        return outgoing.flatMap(port -> addressOf(port, destination))
                .or(() -> client.ports().stream()
                        .flatMap(port -> addressOf(port, destination).stream())
                        .findFirst());
    }

    static Optional<InetAddress> addressOf(Port port, InetAddress sameFamily) {
        return port.addresses().stream()
                .map(InterfaceAddress::address)
                .filter(address -> IpLiteral.isIpv4(address) == IpLiteral.isIpv4(sameFamily))
                .filter(address -> !address.isLinkLocalAddress() || IpLiteral.isIpv4(address))
                .findFirst();
    }
}
