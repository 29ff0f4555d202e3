package io.twoarm.desktop.viewmodel;

import static io.twoarm.desktop.viewmodel.Texts.text;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.plan.CapacityPlan;
import io.twoarm.model.walk.Flow;
import io.twoarm.model.walk.FlowPath;
import io.twoarm.model.walk.Hop;
import io.twoarm.model.walk.Outcome;
import io.twoarm.model.walk.PacketWalk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the planners say about an object, beside its properties: how much it carries, and how large packets may be. */
public final class PlannerHints {
    /** What capacity is planned for when nobody says more: a million sessions at one time. */
    private static final long WISHED = 1_000_000;

    private final Topology topology;

    private PlannerHints(Topology topology) {
        this.topology = topology;
    }

    /** One section, or none when no planner has anything to say about the object. */
    public static List<PropertySection> of(Topology topology, ObjectRef ref) {
        PlannerHints hints = new PlannerHints(topology);
        PropertyRows rows = new PropertyRows();
        switch (ref) {
            case HostRef host -> hints.director(host, rows);
            case LocalPoolRef pool -> hints.pool(pool, rows);
            case ServiceRef service -> hints.service(service, rows);
            default -> {}
        }
        PropertySection section = rows.under("section.planner");
        return section.rows().isEmpty() ? List.of() : List.of(section);
    }

    private List<CapacityPlan> plans() {
        try {
            return CapacityPlan.of(topology, WISHED);
        } catch (IllegalArgumentException | IllegalStateException unfinished) {
            return List.of(); // a design with errors cannot be planned, and the problems say why
        }
    }

    private void director(HostRef ref, PropertyRows rows) {
        plans().stream()
                .filter(plan -> plan.director().equals(ref.name()))
                .findFirst()
                .ifPresent(plan -> {
                    rows.plain("hint.carried", text("hint.sessions", plan.carried()));
                    rows.plain("hint.table", text("hint.sessions", plan.tableSessions()));
                    plan.pools()
                            .forEach(pool -> rows.link(
                                    text("hint.limit", pool.pool()),
                                    text("hint.sessions", pool.sessions()),
                                    new LocalPoolRef(pool.pool())));
                    rows.row(
                            text("hint.forWished", WISHED),
                            text("hint.memory", plan.memoryMegabytes(), plan.hugepages()),
                            false);
                });
    }

    private void pool(LocalPoolRef ref, PropertyRows rows) {
        plans().stream()
                .flatMap(plan -> plan.pools().stream())
                .filter(need -> need.pool().equals(ref.name()))
                .findFirst()
                .ifPresent(need -> {
                    rows.plain("hint.carried", text("hint.sessions", need.sessions()));
                    rows.row(text("hint.forWished", WISHED), text("hint.addresses", need.needed()), false);
                });
    }

    /** The way of the first client's packets, with the largest of them on every wire. */
    private void service(ServiceRef ref, PropertyRows rows) {
        Optional<VirtualService> service = topology.virtualService(ref.name());
        Optional<Host.Client> client = topology.hosts().stream()
                .filter(Host.Client.class::isInstance)
                .map(Host.Client.class::cast)
                .findFirst();
        Optional<FlowPath> path = service.flatMap(
                it -> client.flatMap(from -> Flow.to(topology, from, it)).map(flow -> PacketWalk.of(topology, flow)));
        path.ifPresent(it -> {
            Map<String, Hop.Way> wires = new LinkedHashMap<>();
            it.hops().stream()
                    .flatMap(hop -> hop.way().stream())
                    .forEach(way -> wires.merge(
                            way.segment(), way, (one, other) -> one.largest() >= other.largest() ? one : other));
            wires.forEach((segment, way) -> rows.link(
                    text("hint.mtu", segment), text("hint.bytes", way.largest(), way.mtu()), new SegmentRef(segment)));
            if (it.outcome() instanceof Outcome.Blocked blocked) {
                rows.plain("hint.blocked", blocked.why());
            }
        });
    }
}
