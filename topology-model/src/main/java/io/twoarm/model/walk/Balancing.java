package io.twoarm.model.walk;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.walk.Hop.Rule;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a director makes of a flow's first packet: which realserver it chooses and what it replaces. */
final class Balancing {
    /** DPVS and twoarm-director take local ports from here up. */
    private static final int LOWEST_LOCAL_PORT = 1025;

    private static final int TOA_IPV4 = 8;
    private static final int TOA_IPV6 = 20;

    /** UOA's own header before its option. */
    private static final int UOA_HEADER = 4;

    private static final int PROXY_V2_IPV4 = 28;
    private static final int PROXY_V2_IPV6 = 52;

    private final Topology topology;
    private final Wires wires;
    private final Flow flow;

    Balancing(Topology topology, Wires wires, Flow flow) {
        this.topology = topology;
        this.wires = wires;
        this.flow = flow;
    }

    /**
     * What a director does.
     *
     * @param sent the packet as it goes on
     * @param towards what the route is looked up for
     */
    record Translation(Rule rule, String because, Packet sent, InetAddress towards) {}

    /** The service of a director that a packet is for. */
    Optional<VirtualService> serviceFor(Host.Director director, Tuple tuple) {
        return topology.servicesOf(director)
                .filter(service -> service.vip().equals(tuple.destination())
                        && service.servicePort() == tuple.destinationPort()
                        && service.protocol() == tuple.protocol())
                .findFirst();
    }

    Translation balance(Host.Director director, Port arrivedBy, VirtualService service, Packet packet) throws Blockage {
        if (director.kind().hasDataplane() && director.isKernels(arrivedBy)) {
            throw new Blockage(
                    Fault.VIP_NOT_ON_PORT,
                    "the packet reaches " + director.name() + " at port " + arrivedBy.name()
                            + " of the kernel, where its dataplane sees nothing",
                    "Let the dataplane take the port over with attach:, or put the VIP on a port that it has.");
        }
        Member member = chosen(service);
        String realserver = member.host() + " " + Tuple.endpoint(member.address(), member.port());
        return switch (service.mode()) {
            case FULLNAT -> fullnat(director, service, member, realserver, packet);
            case NAT -> {
                requireSameFamily(service, member);
                yield new Translation(
                        Rule.NAT,
                        "service " + service.name() + " (nat) chooses " + realserver,
                        packet.with(packet.tuple().to(member.address(), member.port())),
                        member.address());
            }
            case DR -> {
                requireSameFamily(service, member);
                requirePortKept(service, member);
                requireOnWire(director, service, member);
                yield new Translation(
                        Rule.DIRECT,
                        "service " + service.name() + " (dr) chooses " + realserver
                                + "; the packet stays as it is and goes to its MAC address",
                        packet,
                        member.address());
            }
            case TUNNEL -> tunnel(director, service, member, realserver, packet);
        };
    }

    private Translation fullnat(
            Host.Director director, VirtualService service, Member member, String realserver, Packet packet)
            throws Blockage {
        boolean fourToSix = IpLiteral.isIpv4(service.vip()) && !IpLiteral.isIpv4(member.address());
        if (fourToSix && director.kind() != DirectorKind.BUNDLED) {
            throw mixed(service, member);
        }
        InetAddress lip = localAddress(director, service, member);
        Tuple tuple = packet.tuple().to(member.address(), member.port()).from(lip, LOWEST_LOCAL_PORT);
        return new Translation(
                Rule.FULLNAT,
                "service " + service.name() + " (fullnat) chooses " + realserver + " and talks to it from LIP "
                        + IpLiteral.format(lip) + " of pool "
                        + service.localAddresses().orElseThrow() + clientText(service),
                packet.with(tuple)
                        .withClientBytes(clientBytes(service, packet.tuple().source())),
                member.address());
    }

    private Translation tunnel(
            Host.Director director, VirtualService service, Member member, String realserver, Packet packet)
            throws Blockage {
        if (IpLiteral.isIpv4(service.vip()) && !IpLiteral.isIpv4(member.address())) {
            throw mixed(service, member);
        }
        requirePortKept(service, member);
        InetAddress source = wires.sourceTowards(director, member.address())
                .orElseThrow(() -> new Blockage(
                        Fault.NO_LOCAL_ADDRESS,
                        director.name() + " has no " + IpLiteral.family(member.address())
                                + " address to send the outer packet from",
                        "Give the director an address on the way to the realserver."));
        return new Translation(
                Rule.TUNNEL,
                "service " + service.name() + " (tunnel) chooses " + realserver
                        + " and sends it the packet in another one",
                packet.inside(new Packet.Tunnel(source, member.address())),
                member.address());
    }

    /** The gateway that gives a packet an outside address. */
    Optional<Translation> leaving(Host.Director director, Packet packet) {
        Optional<Port> out = wires.outgoingPort(director, packet.tuple().destination());
        return topology.natGatewaysOf(director)
                .filter(gateway ->
                        out.filter(port -> port.name().equals(gateway.port())).isPresent())
                .filter(gateway -> gateway.sources().stream()
                        .anyMatch(source -> source.contains(packet.tuple().source())))
                .flatMap(gateway -> outsideAddress(gateway, packet).stream()
                        .map(address -> new Translation(
                                Rule.SOURCE_NAT,
                                "NAT gateway " + gateway.name() + " gives connections from "
                                        + IpLiteral.format(packet.tuple().source()) + " the address "
                                        + IpLiteral.format(address)
                                        + (gateway.maps(packet.tuple().source())
                                                ? " and the same port towards all destinations"
                                                : ""),
                                packet.with(packet.tuple()
                                        .from(address, packet.tuple().sourcePort())),
                                packet.tuple().destination())))
                .findFirst();
    }

    private static Optional<InetAddress> outsideAddress(NatGateway gateway, Packet packet) {
        return gateway.addresses().stream()
                .filter(address -> IpLiteral.isIpv4(address)
                        == IpLiteral.isIpv4(packet.tuple().source()))
                .findFirst();
    }

    static Stream<InetAddress> ipv4Addresses(NatGateway gateway) {
        return gateway.addresses().stream().filter(IpLiteral::isIpv4);
    }

    private Member chosen(VirtualService service) throws Blockage {
        List<Member> members = topology.realserverPool(service.realservers())
                .map(pool -> pool.members())
                .orElse(List.of());
        Optional<Member> member = members.stream()
                .filter(it -> flow.realserver().map(it.host()::equals).orElse(it.weight() > 0))
                .findFirst();
        return member.orElseThrow(() -> new Blockage(
                Fault.NO_REALSERVER,
                "service " + service.name() + " has no realserver"
                        + flow.realserver().map(name -> " called " + name).orElse(" that takes connections"),
                "Give pool " + service.realservers() + " a member with a weight above 0."));
    }

    private InetAddress localAddress(Host.Director director, VirtualService service, Member member) throws Blockage {
        Optional<InetAddress> lip = service
                .localAddresses()
                .flatMap(topology::localAddressPool)
                .flatMap(pool -> topology.shareOf(pool, director))
                .filter(pool -> director.port(pool.port()).isPresent())
                .map(LocalAddressPool::addresses)
                .orElse(List.of())
                .stream()
                .filter(address -> IpLiteral.isIpv4(address) == IpLiteral.isIpv4(member.address()))
                .findFirst();
        return lip.orElseThrow(() -> new Blockage(
                Fault.NO_LOCAL_ADDRESS,
                director.name() + " has no local address from which it could talk to "
                        + IpLiteral.format(member.address()),
                "Give service " + service.name() + " a pool of " + IpLiteral.family(member.address())
                        + " local addresses of this director."));
    }

    private static void requireSameFamily(VirtualService service, Member member) throws Blockage {
        if (IpLiteral.isIpv4(service.vip()) != IpLiteral.isIpv4(member.address())) {
            throw mixed(service, member);
        }
    }

    private static Blockage mixed(VirtualService service, Member member) {
        return new Blockage(
                Fault.FAMILY_MIXED,
                "the VIP " + IpLiteral.format(service.vip()) + " is " + IpLiteral.family(service.vip())
                        + ", the realserver " + IpLiteral.format(member.address()) + " is "
                        + IpLiteral.family(member.address()) + "; mode "
                        + service.mode().name().toLowerCase(Locale.ROOT) + " does not translate that",
                "Use realservers of the VIP's family.");
    }

    private static void requirePortKept(VirtualService service, Member member) throws Blockage {
        if (member.port() != service.servicePort()) {
            throw new Blockage(
                    Fault.PORT_NOT_KEPT,
                    "the packet keeps port " + service.servicePort() + ", and the realserver listens on port "
                            + member.port(),
                    "Let the realserver serve on port " + service.servicePort() + ", or use mode nat or fullnat.");
        }
    }

    private void requireOnWire(Host.Director director, VirtualService service, Member member) throws Blockage {
        if (!wires.isOnLink(director, member.address())) {
            throw new Blockage(
                    Fault.NOT_ON_WIRE,
                    "realserver " + member.host() + " of service " + service.name() + " is on no wire of "
                            + director.name() + ", and a MAC address is good for one wire",
                    "Plug both into one segment, or write mode: tunnel.");
        }
    }

    private static int clientBytes(VirtualService service, InetAddress client) {
        boolean ipv4 = IpLiteral.isIpv4(client);
        int option = ipv4 ? TOA_IPV4 : TOA_IPV6;
        return switch (service.clientAddress()) {
            case NONE -> 0;
            case TOA -> service.protocol() == Protocol.TCP ? option : 0;
            case UOA -> service.protocol() == Protocol.UDP ? UOA_HEADER + option : 0;
            case PROXY_V2 -> service.protocol() == Protocol.SCTP ? 0 : ipv4 ? PROXY_V2_IPV4 : PROXY_V2_IPV6;
        };
    }

    private static String clientText(VirtualService service) {
        return service.mode() == ForwardingMode.FULLNAT && service.clientAddress() != ClientAddress.NONE
                ? ", which learns the client by " + service.clientAddress()
                : "";
    }
}
