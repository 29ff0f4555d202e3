package io.twoarm.model.walk;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.Host;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.TopologyPaths;
import io.twoarm.model.VirtualService;
import io.twoarm.model.lint.Lint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What lint says about the objects that a walk touched. */
final class Causes {
    private static final List<String> RULES_OF_KINDS = List.of("bundled-", "ipvs-", "dpvs-");

    private final Topology topology;
    private final List<Finding> findings;

    private Causes(Topology topology, List<Finding> findings) {
        this.topology = topology;
        this.findings = findings;
    }

    static Causes of(Topology topology, SourceMap sources) {
        return new Causes(topology, Lint.check(topology, sources));
    }

    /** Findings of the fault's rules at the hosts of the walk and the objects of its service, nearest rule first. */
    List<Finding> findings(Fault fault, List<Hop> hops, Optional<VirtualService> service) {
        List<ObjectPath> touched = touched(hops, service);
        return findings.stream()
                .filter(finding -> fault.rules().contains(finding.rule()))
                .filter(finding -> isAt(finding, touched))
                .sorted(Comparator.comparingInt(
                        (Finding finding) -> fault.rules().indexOf(finding.rule())))
                .toList();
    }

    /** Why a director's kind cannot do what the service or the gateway asks. */
    Optional<Finding> impossible(Host.Director director, Optional<VirtualService> service) {
        List<ObjectPath> asked = new ArrayList<>();
        service.map(TopologyPaths::virtualService).ifPresent(asked::add);
        topology.groupOf(director).map(TopologyPaths::directorGroup).ifPresent(asked::add);
        if (service.isEmpty()) {
            topology.natGatewaysOf(director).map(TopologyPaths::natGateway).forEach(asked::add);
        }
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> RULES_OF_KINDS.stream().anyMatch(finding.rule()::startsWith))
                .filter(finding -> isAt(finding, asked))
                .findFirst();
    }

    private List<ObjectPath> touched(List<Hop> hops, Optional<VirtualService> service) {
        List<ObjectPath> touched = new ArrayList<>();
        for (Hop hop : hops) {
            topology.host(hop.host()).map(TopologyPaths::host).ifPresent(touched::add);
            hop.way()
                    .ifPresent(way -> topology.segment(way.segment())
                            .map(TopologyPaths::segment)
                            .ifPresent(touched::add));
        }
        Optional<VirtualService> asked = service.or(() -> hops.stream()
                .findFirst()
                .flatMap(first -> topology.virtualServices().stream()
                        .filter(it -> it.vip().equals(first.received().tuple().destination()))
                        .findFirst()));
        asked.ifPresent(it -> {
            touched.add(TopologyPaths.virtualService(it));
            touched.add(ObjectPath.of("realserverPools", it.realservers()));
            it.localAddresses().ifPresent(pool -> touched.add(ObjectPath.of("localAddressPools", pool)));
            topology.directorsNamed(it.director()).forEach(director -> touched.add(TopologyPaths.host(director)));
            topology.realserverPool(it.realservers())
                    .ifPresent(pool ->
                            pool.members().forEach(member -> touched.add(ObjectPath.of("hosts", member.host()))));
        });
        return touched;
    }

    private static boolean isAt(Finding finding, List<ObjectPath> objects) {
        ObjectPath place = ObjectPath.parse(finding.place().object());
        return objects.stream().anyMatch(place::isWithin);
    }
}
