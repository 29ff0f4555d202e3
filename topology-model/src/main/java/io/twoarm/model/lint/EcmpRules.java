package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.directorGroup;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.BgpPeer;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NearestWord;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.Topology.HostPort;
import io.twoarm.model.VirtualService;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about clusters whose VIPs are announced by BGP. */
final class EcmpRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "ecmp-without-peer",
                    "An ECMP cluster has a router as its peer.",
                    "Nobody hears the announcements, so nobody finds the VIPs.",
                    EcmpRules::withoutPeer),
            LintRule.error(
                    "ecmp-unknown-router",
                    "Peers of an ECMP cluster are routers of the topology.",
                    "Its side of BGP could not be written.",
                    EcmpRules::unknownRouter),
            LintRule.error(
                    "ecmp-peer-not-on-wire",
                    "Every member of an ECMP cluster has an IPv4 address of its kernel on a wire with every peer.",
                    "BGP runs between kernels that are neighbours.",
                    EcmpRules::peerNotOnWire),
            LintRule.warning(
                    "ecmp-vip-on-wire",
                    "A VIP of an ECMP cluster lies in no subnet of a wire.",
                    "Hosts of that subnet look for it by ARP, where several directors answer or none does.",
                    EcmpRules::vipOnWire),
            LintRule.error(
                    "ecmp-ipv4-only",
                    "VIPs of an ECMP cluster are IPv4.",
                    "The BGP files that TwoArm writes announce IPv4 only.",
                    EcmpRules::ipv4Only));

    private EcmpRules() {}

    /** Looks at one cluster. */
    private interface ClusterCheck {
        void look(DirectorGroup group, Redundancy.Ecmp ecmp);
    }

    private static void each(Topology topology, ClusterCheck check) {
        for (DirectorGroup group : topology.directorGroups()) {
            if (group.redundancy() instanceof Redundancy.Ecmp ecmp) {
                check.look(group, ecmp);
            }
        }
    }

    private static void withoutPeer(Topology topology, LintRule.Report report) {
        each(topology, (group, ecmp) -> {
            if (ecmp.peers().isEmpty()) {
                report.add(
                        directorGroup(group).key("peers"),
                        "cluster " + group.name() + " has no peers",
                        "Add the router that clients come through, such as { router: gateway, autonomousSystem: 65000 }.");
            }
        });
    }

    private static void unknownRouter(Topology topology, LintRule.Report report) {
        List<String> names = topology.routers().map(Host::name).toList();
        each(topology, (group, ecmp) -> {
            for (int i = 0; i < ecmp.peers().size(); i++) {
                String router = ecmp.peers().get(i).router();
                if (!names.contains(router)) {
                    report.add(
                            directorGroup(group).key("peers").index(i).key("router"),
                            "there is no router \"" + router + "\"; the topology has " + Listed.names(names),
                            NearestWord.question(router, names) + "Name a host whose role is router.");
                }
            }
        });
    }

    private static void peerNotOnWire(Topology topology, LintRule.Report report) {
        each(topology, (group, ecmp) -> {
            for (int i = 0; i < ecmp.peers().size(); i++) {
                BgpPeer peer = ecmp.peers().get(i);
                Optional<Host> router = topology.host(peer.router()).filter(Host.Router.class::isInstance);
                if (router.isEmpty()) {
                    continue;
                }
                Set<String> wires = speakingWires(router.get());
                int position = i;
                topology.directorsNamed(group.name()).stream()
                        .filter(director -> speakingWires(director).stream().noneMatch(wires::contains))
                        .findFirst()
                        .ifPresent(director -> report.add(
                                directorGroup(group).key("peers").index(position),
                                director.name() + " and " + peer.router()
                                        + " have no IPv4 addresses of their kernels on a common segment",
                                addressForBgp(director, wires)));
            }
        });
    }

    private static String addressForBgp(Host.Director director, Set<String> wires) {
        if (!director.kind().hasDataplane()) {
            return "Add addresses: to the director's port on the router's segment.";
        }
        List<Port> near = director.ports().stream()
                .filter(port -> wires.contains(port.segment()))
                .toList();
        boolean vlans = near.stream().allMatch(port -> VlanRules.isWithoutKernel(new HostPort(director, port)));
        return !near.isEmpty() && vlans
                ? "Give the router's segment a port of the director that is no VLAN, with kernelAddresses:."
                : "Add kernelAddresses: to the director's port on the router's segment.";
    }

    /** The segments on which the host's kernel has an IPv4 address. */
    private static Set<String> speakingWires(Host host) {
        boolean dataplane =
                host instanceof Host.Director director && director.kind().hasDataplane();
        Set<String> wires = new HashSet<>();
        for (Port port : host.ports()) {
            boolean byDataplane = dataplane && !host.isKernels(port);
            List<InterfaceAddress> addresses = byDataplane ? port.kernelAddresses() : port.addresses();
            if (addresses.stream().anyMatch(own -> IpLiteral.isIpv4(own.address()))) {
                wires.add(port.segment());
            }
        }
        return wires;
    }

    private static void vipOnWire(Topology topology, LintRule.Report report) {
        for (VirtualService service : servicesOfClusters(topology)) {
            topology.segments().stream()
                    .filter(segment ->
                            AddressRules.subnetOf(segment, service.vip()).isPresent())
                    .findFirst()
                    .ifPresent(segment -> report.add(
                            virtualService(service).key("vip"),
                            "VIP " + IpLiteral.format(service.vip()) + " of cluster " + service.director()
                                    + " lies in a subnet of segment " + segment.name(),
                            "Take an address that is in no subnet; the routers learn it by BGP."));
        }
    }

    private static void ipv4Only(Topology topology, LintRule.Report report) {
        for (VirtualService service : servicesOfClusters(topology)) {
            if (!IpLiteral.isIpv4(service.vip())) {
                report.add(
                        virtualService(service).key("vip"),
                        "VIP " + IpLiteral.format(service.vip()) + " of cluster " + service.director()
                                + " is an IPv6 address",
                        "Write an IPv4 address, or make the group a VRRP pair.");
            }
        }
    }

    private static List<VirtualService> servicesOfClusters(Topology topology) {
        return topology.virtualServices().stream()
                .filter(service -> topology.director(service.director()).isEmpty()
                        && topology.directorGroup(service.director())
                                .filter(group -> group.redundancy() instanceof Redundancy.Ecmp)
                                .isPresent())
                .toList();
    }
}
