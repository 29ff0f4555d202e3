package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.localAddressPool;
import static io.twoarm.model.TopologyPaths.member;
import static io.twoarm.model.TopologyPaths.natGateway;
import static io.twoarm.model.TopologyPaths.realserverPool;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.NearestWord;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about names that pools and services refer to. */
final class ReferenceRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "unknown-director",
                    "Pools and services belong to a director of the topology.",
                    "Without its director nothing can be set up.",
                    owned(ReferenceRules::unknownDirector)),
            LintRule.error(
                    "unknown-port",
                    "Pools and services stand on a port of their director.",
                    "An address without a port answers nowhere.",
                    owned(ReferenceRules::unknownPort)),
            LintRule.error(
                    "kernel-port",
                    "VIPs and LIPs stand on ports that the dataplane drives.",
                    "Packets of a kernel port never reach the dataplane.",
                    owned(ReferenceRules::kernelPort)),
            LintRule.error(
                    "unknown-pool",
                    "Services name pools that exist.",
                    "Without its pool a service has no source addresses or no realservers.",
                    ReferenceRules::unknownPool),
            LintRule.warning(
                    "realserver-pool-unused",
                    "Every realserver pool is used by a service.",
                    "Nobody is sent to it; more often a service names another pool by mistake.",
                    ReferenceRules::realserverPoolUnused),
            LintRule.error(
                    "unknown-host",
                    "Members of a pool are hosts of the topology.",
                    "A host that is not there cannot serve.",
                    ReferenceRules::unknownHost));

    private ReferenceRules() {}

    /** Looks at one pool or service that belongs to a director's port. */
    private interface OwnerCheck {
        void look(Topology topology, ObjectPath at, String owner, String port, LintRule.Report report);
    }

    private static LintRule.Check owned(OwnerCheck check) {
        return (topology, report) -> {
            for (LocalAddressPool pool : topology.localAddressPools()) {
                check.look(topology, localAddressPool(pool), pool.director(), pool.port(), report);
            }
            for (VirtualService service : topology.virtualServices()) {
                check.look(topology, virtualService(service), service.director(), service.port(), report);
            }
            for (NatGateway gateway : topology.natGateways()) {
                check.look(topology, natGateway(gateway), gateway.director(), gateway.port(), report);
            }
        };
    }

    private static void unknownDirector(
            Topology topology, ObjectPath at, String owner, String port, LintRule.Report report) {
        if (topology.director(owner).isPresent()
                || topology.directorGroup(owner).isPresent()) {
            return;
        }
        List<String> names = Stream.concat(
                        topology.directors().map(Host::name),
                        topology.directorGroups().stream().map(DirectorGroup::name))
                .toList();
        String what = topology.host(owner).isPresent()
                ? "host \"" + owner + "\" is no director"
                : "there is no director \"" + owner + "\"";
        report.add(
                at.key("director"),
                what + "; the topology has " + Listed.names(names),
                NearestWord.question(owner, names) + "Name a host whose role is director, or a director group.");
    }

    private static void unknownPort(
            Topology topology, ObjectPath at, String owner, String port, LintRule.Report report) {
        topology.directorsNamed(owner).stream()
                .filter(host -> host.port(port).isEmpty())
                .findFirst()
                .ifPresent(host -> {
                    List<String> names = host.ports().stream().map(Port::name).toList();
                    report.add(
                            at.key("port"),
                            host.name() + " has no port \"" + port + "\"; it has " + Listed.names(names),
                            NearestWord.question(port, names) + "Name one of the director's ports.");
                });
    }

    private static void kernelPort(
            Topology topology, ObjectPath at, String owner, String port, LintRule.Report report) {
        topology.directorsNamed(owner).stream()
                .filter(director -> director.kind().hasDataplane())
                .filter(director -> director.port(port)
                        .filter(found -> director.isKernels(found))
                        .isPresent())
                .findFirst()
                .ifPresent(director -> report.add(
                        at.key("port"),
                        "port " + port + " of " + director.name() + " belongs to the kernel",
                        "Add attach: to the port, such as attach: af_packet, or name another port."));
    }

    private static void unknownPool(Topology topology, LintRule.Report report) {
        List<String> localPools = topology.localAddressPools().stream()
                .map(LocalAddressPool::name)
                .toList();
        List<String> realserverPools =
                topology.realserverPools().stream().map(RealserverPool::name).toList();
        for (VirtualService service : topology.virtualServices()) {
            ObjectPath at = virtualService(service);
            service.localAddresses()
                    .ifPresent(name ->
                            checkPool(at.key("localAddresses"), "local address pool", name, localPools, report));
            checkPool(at.key("realservers"), "realserver pool", service.realservers(), realserverPools, report);
        }
    }

    private static void checkPool(ObjectPath at, String what, String name, List<String> names, LintRule.Report report) {
        if (!names.contains(name)) {
            report.add(
                    at,
                    "there is no " + what + " \"" + name + "\"; the topology has " + Listed.names(names),
                    NearestWord.question(name, names) + "Name an existing pool, or add this one.");
        }
    }

    private static void realserverPoolUnused(Topology topology, LintRule.Report report) {
        for (RealserverPool pool : topology.realserverPools()) {
            boolean used = topology.virtualServices().stream()
                    .anyMatch(service -> service.realservers().equals(pool.name()));
            if (!used) {
                report.add(
                        realserverPool(pool),
                        "no virtual service uses the realserver pool " + pool.name(),
                        "Name it under realservers: of a service, or remove it.");
            }
        }
    }

    private static void unknownHost(Topology topology, LintRule.Report report) {
        List<String> names = topology.realservers().map(Host::name).toList();
        for (RealserverPool pool : topology.realserverPools()) {
            for (int i = 0; i < pool.members().size(); i++) {
                String name = pool.members().get(i).host();
                Optional<Host> host = topology.host(name);
                if (host.isPresent() && host.get() instanceof Host.Realserver) {
                    continue;
                }
                String what = host.isPresent()
                        ? "host \"" + name + "\" is no realserver"
                        : "there is no realserver \"" + name + "\"";
                report.add(
                        member(pool, i).key("host"),
                        what + "; the topology has " + Listed.names(names),
                        NearestWord.question(name, names) + "Name a host whose role is realserver.");
            }
        }
    }
}
