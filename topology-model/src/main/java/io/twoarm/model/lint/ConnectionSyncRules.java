package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.directorGroup;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Change;
import java.util.List;
import java.util.Optional;

/** Rules about members of a VRRP group that tell each other of connections. */
final class ConnectionSyncRules {
    static final List<LintRule> RULES = List.of(
            LintRule.warning(
                    "sync-without-effect",
                    "Connections are synced by groups of ipvs, vyatta or vyos directors.",
                    "The other kinds do not read syncPort.",
                    ConnectionSyncRules::withoutEffect),
            LintRule.error(
                    "sync-port-unknown",
                    "Every member of a group has its syncPort.",
                    "A member without the port is told nothing, and takes over without connections.",
                    ConnectionSyncRules::unknownPort),
            LintRule.error(
                    "sync-port-without-address",
                    "A syncPort has an IPv4 address on every member.",
                    "Messages about connections need a sender.",
                    ConnectionSyncRules::withoutAddress),
            LintRule.warning(
                    "sync-port-shared",
                    "No VRRP instance stands on the syncPort.",
                    "Whoever sends there can forge connections, and a busy wire loses messages; a wire of their own"
                            + " between the members has neither.",
                    ConnectionSyncRules::shared));

    private ConnectionSyncRules() {}

    private static void withoutEffect(Topology topology, LintRule.Report report) {
        VrrpRules.eachVrrp(topology, (group, vrrp) -> {
            boolean dataplane = topology.directorsNamed(group.name()).stream()
                    .anyMatch(director -> director.kind().hasDataplane());
            if (vrrp.syncPort().isPresent() && dataplane) {
                report.add(
                        directorGroup(group).key("syncPort"),
                        "group " + group.name() + " has a syncPort, but directors that sync no connections",
                        "Remove syncPort.",
                        withoutSync(group, vrrp));
            }
        });
    }

    private static void unknownPort(Topology topology, LintRule.Report report) {
        VrrpRules.eachVrrp(
                topology,
                (group, vrrp) -> vrrp.syncPort()
                        .ifPresent(name -> topology.directorsNamed(group.name()).stream()
                                .filter(director -> director.port(name).isEmpty())
                                .findFirst()
                                .ifPresent(director -> report.add(
                                        directorGroup(group).key("syncPort"),
                                        "member " + director.name() + " of group " + group.name() + " has no port "
                                                + name,
                                        "Name a port that all members have, or remove syncPort.",
                                        withoutSync(group, vrrp)))));
    }

    private static void withoutAddress(Topology topology, LintRule.Report report) {
        VrrpRules.eachVrrp(
                topology,
                (group, vrrp) -> vrrp.syncPort()
                        .ifPresent(name -> topology.directorsNamed(group.name()).stream()
                                .filter(director -> director.port(name)
                                        .filter(port -> port.addresses().stream()
                                                .noneMatch(own -> IpLiteral.isIpv4(own.address())))
                                        .isPresent())
                                .findFirst()
                                .ifPresent(director -> report.add(
                                        directorGroup(group).key("syncPort"),
                                        "port " + name + " of member " + director.name() + " has no IPv4 address",
                                        "Give it one, such as 10.10.10.2/24."))));
    }

    private static void shared(Topology topology, LintRule.Report report) {
        VrrpRules.eachVrrp(topology, (group, vrrp) -> {
            boolean shared = vrrp.syncPort().isPresent()
                    && vrrp.instances().stream()
                            .anyMatch(instance ->
                                    instance.port().equals(vrrp.syncPort().get()));
            if (shared) {
                report.add(
                        directorGroup(group).key("syncPort"),
                        "group " + group.name() + " syncs connections over "
                                + vrrp.syncPort().get() + ", which has a VRRP instance",
                        "Give the members a wire of their own, and name its port.");
            }
        });
    }

    private static Change<?> withoutSync(DirectorGroup group, Redundancy.Vrrp vrrp) {
        return VrrpRules.changed(
                group,
                new Redundancy.Vrrp(
                        vrrp.instances(), vrrp.advertInterval(), vrrp.preempt(), vrrp.password(), Optional.empty()));
    }
}
