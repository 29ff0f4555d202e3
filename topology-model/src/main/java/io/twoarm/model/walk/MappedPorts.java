package io.twoarm.model.walk;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.NatGateway.OutsideFilter;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.walk.Balancing.Translation;
import io.twoarm.model.walk.Hop.Rule;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a director makes of a first packet to an outside port that stands for a port of a host behind it (RFC 4787, sections 5
 * and 6). Which host that is follows from what has been sent before, so the flow says it, and the port is taken to be the
 * host's own.
 */
final class MappedPorts {
    private final Topology topology;
    private final Flow flow;

    MappedPorts(Topology topology, Flow flow) {
        this.topology = topology;
        this.flow = flow;
    }

    /** The host that an outside port leads to, with what is done to the packet. */
    record Inwards(Host host, Translation translation) {}

    /** The gateway of an outside port; empty where it stands for no host's. */
    Optional<NatGateway> gatewayOf(Host.Director director, Tuple tuple) {
        return tuple.protocol() == Protocol.SCTP || tuple.destinationPort() <= NatGateway.HIGHEST_RESERVED_PORT
                ? Optional.empty()
                : mapping(director)
                        .filter(gateway -> gateway.addresses().contains(tuple.destination()))
                        .findFirst();
    }

    Inwards lead(Host.Director director, NatGateway gateway, Packet packet) throws Blockage {
        Tuple tuple = packet.tuple();
        String asked = Tuple.endpoint(tuple.destination(), tuple.destinationPort());
        End end = topology.hosts().stream()
                .filter(host -> flow.realserver()
                        .map(host.name()::equals)
                        .orElse(!host.name().equals(flow.client())))
                .flatMap(host -> gateway.mappedAddressOf(host).map(address -> new End(host, address)).stream())
                .findFirst()
                .orElseThrow(() -> new Blockage(
                        Fault.NO_SERVICE,
                        flow.realserver().map(name -> name + " is not").orElse("no other host is")
                                + " behind NAT gateway " + gateway.name() + ", so " + asked + " leads nowhere",
                        "Ask for a port of a host that is in its networks."));
        String led = "NAT gateway " + gateway.name() + " leads " + asked + " to "
                + end.host().name() + " " + IpLiteral.format(end.address()) + ", if that has sent from this port";
        Tuple inwards = tuple.to(end.address(), tuple.destinationPort());
        Optional<InetAddress> outside = mapping(director)
                .filter(own -> own.maps(tuple.source()))
                .flatMap(Balancing::ipv4Addresses)
                .findFirst();
        requireLetIn(gateway, end, outside.orElse(tuple.source()));
        Translation translation = outside.map(address -> new Translation(
                        Rule.FULLNAT,
                        led + "; the packet turns around, and comes from " + IpLiteral.format(address),
                        packet.with(inwards.from(address, tuple.sourcePort())),
                        end.address()))
                .orElseGet(() -> new Translation(Rule.NAT, led, packet.with(inwards), end.address()));
        return new Inwards(end.host(), translation);
    }

    /** A host with the address that is mapped. */
    private record End(Host host, InetAddress address) {}

    /** The flow's packet is the first between its ends. */
    private static void requireLetIn(NatGateway gateway, End end, InetAddress from) throws Blockage {
        OutsideFilter filter = gateway.endpointIndependent().orElseThrow();
        if (filter != OutsideFilter.ENDPOINT) {
            throw new Blockage(
                    Fault.FILTERED,
                    "ports of NAT gateway " + gateway.name() + " let in only "
                            + (filter == OutsideFilter.ADDRESS ? "addresses" : "addresses and ports")
                            + " that their host has sent to",
                    "Let " + end.host().name() + " send to " + IpLiteral.format(from)
                            + " first, or write endpointIndependent: endpoint.");
        }
    }

    private Stream<NatGateway> mapping(Host.Director director) {
        return director.kind() == DirectorKind.BUNDLED
                ? topology.natGatewaysOf(director)
                        .filter(gateway -> gateway.endpointIndependent().isPresent())
                : Stream.empty();
    }
}
