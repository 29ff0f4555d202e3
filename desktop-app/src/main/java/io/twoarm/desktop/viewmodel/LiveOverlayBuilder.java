package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.LiveOverlay.Health;
import io.twoarm.desktop.viewmodel.LiveOverlay.HostLive;
import io.twoarm.desktop.viewmodel.LiveOverlay.PortLive;
import io.twoarm.desktop.viewmodel.LiveOverlay.ServiceLive;
import io.twoarm.engine.LiveSnapshot;
import io.twoarm.engine.LiveSnapshot.DirectorState;
import io.twoarm.engine.LiveSnapshot.HostState;
import io.twoarm.engine.LiveSnapshot.LinkState;
import io.twoarm.engine.LiveSnapshot.NeighbourState;
import io.twoarm.engine.LiveSnapshot.RealserverState;
import io.twoarm.engine.LiveSnapshot.ServiceState;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays a snapshot of the running hosts over the design. */
public final class LiveOverlayBuilder {
    private final Topology topology;
    private final LiveSnapshot snapshot;

    private LiveOverlayBuilder(Topology topology, LiveSnapshot snapshot) {
        this.topology = topology;
        this.snapshot = snapshot;
    }

    public static LiveOverlay overlayOf(Topology topology, LiveSnapshot snapshot) {
        LiveOverlayBuilder builder = new LiveOverlayBuilder(topology, snapshot);
        return new LiveOverlay(builder.hosts(), builder.ports(), builder.services());
    }

    private Map<HostRef, HostLive> hosts() {
        Map<HostRef, HostLive> hosts = new HashMap<>();
        for (Host host : topology.hosts()) {
            Optional.ofNullable(snapshot.hosts().get(host.name()))
                    .ifPresent(state -> hosts.put(new HostRef(host.name()), host(host, state)));
        }
        return hosts;
    }

    private HostLive host(Host host, HostState state) {
        if (!state.reachable()) {
            return new HostLive(Health.DOWN, Texts.text("live.unreachable"));
        }
        if (!state.services().isEmpty() && state.services().values().stream().allMatch("inactive"::equals)) {
            return new HostLive(Health.IDLE, Texts.text("live.notDeployed"));
        }
        List<String> failing = state.services().entrySet().stream()
                .filter(unit -> !unit.getValue().equals("active"))
                .map(unit -> Texts.text("live.unit", unitName(unit.getKey()), unit.getValue()))
                .sorted()
                .toList();
        if (!failing.isEmpty()) {
            return new HostLive(Health.DEGRADED, failing.getFirst());
        }
        HostLive own = working(host);
        List<String> more = Stream.of(role(host, state), silent(state))
                .flatMap(Optional::stream)
                .toList();
        return more.isEmpty() ? own : new HostLive(own.health(), String.join(" · ", more) + " · " + own.caption());
    }

    /** Who of a VRRP group has the addresses that move: a bundled director says so, the others show it by their addresses. */
    private Optional<String> role(Host host, HostState state) {
        Optional<String> told = Optional.ofNullable(snapshot.directors().get(host.name()))
                .map(DirectorState::vrrp)
                .filter(states -> !states.isEmpty())
                .map(LiveOverlayBuilder::role);
        return told.or(() -> roleByAddresses(host, state));
    }

    /** One word when all instances agree, and otherwise each with its own. */
    private static String role(Map<String, String> states) {
        List<String> different = states.values().stream().distinct().toList();
        return different.size() == 1
                ? role(different.getFirst())
                : states.entrySet().stream()
                        .map(instance -> Texts.text("live.instance", instance.getKey(), role(instance.getValue())))
                        .collect(Collectors.joining(" · "));
    }

    private static String role(String state) {
        return switch (state) {
            case "MASTER" -> Texts.text("live.master");
            case "BACKUP" -> Texts.text("live.backup");
            default -> Texts.text("live.noRole", state.toLowerCase(Locale.ROOT));
        };
    }

    private Optional<String> roleByAddresses(Host host, HostState state) {
        return topology.directorGroups().stream()
                .filter(group -> group.members().contains(host.name()))
                .filter(group -> host instanceof Host.Director director
                        && !director.kind().hasDataplane())
                .map(group -> topology.virtualServices().stream()
                        .filter(service -> service.director().equals(group.name()))
                        .map(service -> IpLiteral.format(service.vip()))
                        .toList())
                .filter(addresses -> !addresses.isEmpty())
                .map(addresses -> Texts.text(state.addresses().containsAll(addresses) ? "live.master" : "live.backup"))
                .findFirst();
    }

    /** A neighbour of the design that does not answer to ARP or neighbour solicitations. */
    private Optional<String> silent(HostState state) {
        return state.neighbours().stream()
                .filter(NeighbourState::silent)
                .flatMap(neighbour -> owner(neighbour.address()).stream())
                .findFirst()
                .map(name -> Texts.text("live.silent", name));
    }

    private Optional<String> owner(String address) {
        return topology.ports()
                .filter(place -> place.port().addresses().stream()
                        .anyMatch(own -> IpLiteral.format(own.address()).equals(address)))
                .map(place -> place.host().name())
                .findFirst();
    }

    private HostLive working(Host host) {
        return switch (host) {
            case Host.Client client -> new HostLive(Health.UP, Texts.text("live.up"));
            case Host.Router router -> new HostLive(Health.UP, Texts.text("live.up"));
            case Host.Director director -> director(director);
            case Host.Realserver realserver -> realserver(realserver);
        };
    }

    /** Without what every unit of this product has in its name. */
    private static String unitName(String unit) {
        return unit.replaceFirst("^twoarm-", "").replaceFirst("\\.service$", "");
    }

    private HostLive director(Host.Director director) {
        DirectorState state = snapshot.directors().get(director.name());
        if (state == null) {
            return new HostLive(Health.UP, Texts.text("live.noDataplane"));
        }
        long drops = state.drops().values().stream().mapToLong(Long::longValue).sum();
        return new HostLive(Health.UP, Texts.text("live.director", state.sessions(), drops));
    }

    /** What the directors think of a realserver counts, not only whether the machine answers. */
    private HostLive realserver(Host.Realserver realserver) {
        List<RealserverState> views = members(realserver)
                .flatMap(endpoint ->
                        realserverStates().filter(state -> state.endpoint().equals(endpoint)))
                .toList();
        if (views.isEmpty()) {
            return new HostLive(Health.UP, Texts.text("live.up"));
        }
        long active =
                views.stream().mapToLong(RealserverState::activeConnections).sum();
        long total = views.stream().mapToLong(RealserverState::connections).sum();
        boolean up = views.stream().allMatch(RealserverState::up);
        return up
                ? new HostLive(Health.UP, Texts.text("live.realserver.up", active, total))
                : new HostLive(Health.DEGRADED, Texts.text("live.realserver.down"));
    }

    private Stream<String> members(Host.Realserver realserver) {
        return topology.realserverPools().stream()
                .map(RealserverPool::members)
                .flatMap(List::stream)
                .filter(member -> member.host().equals(realserver.name()))
                .map(member -> DiagramBuilder.endpoint(member.address(), member.port()))
                .distinct();
    }

    private Stream<RealserverState> realserverStates() {
        return snapshot.directors().values().stream()
                .flatMap(director -> director.services().stream())
                .flatMap(service -> service.realservers().stream());
    }

    /** What an unreachable director said last is no longer true. */
    private Map<String, DirectorState> reachableDirectors() {
        Map<String, DirectorState> reachable = new HashMap<>(snapshot.directors());
        reachable
                .keySet()
                .removeIf(name -> !Optional.ofNullable(snapshot.hosts().get(name))
                        .map(HostState::reachable)
                        .orElse(false));
        return reachable;
    }

    private Map<PortRef, PortLive> ports() {
        Map<PortRef, PortLive> ports = new HashMap<>();
        topology.ports()
                .forEach(place -> link(place.host().name(), place.port().name())
                        .ifPresent(link -> ports.put(
                                new PortRef(place.host().name(), place.port().name()),
                                new PortLive(link.receivedPackets(), link.sentPackets(), link.carrier()))));
        // What a dataplane moves, the kernel's counters see only in part.
        reachableDirectors()
                .forEach((director, state) -> state.ports().forEach(port -> {
                    boolean carrier =
                            link(director, port.port()).map(LinkState::carrier).orElse(true);
                    ports.put(
                            new PortRef(director, port.port()),
                            new PortLive(port.receivedPackets(), port.sentPackets(), carrier));
                }));
        return ports;
    }

    private Optional<LinkState> link(String host, String port) {
        return Optional.ofNullable(snapshot.hosts().get(host))
                .filter(HostState::reachable)
                .flatMap(state -> state.links().stream()
                        .filter(link -> link.name().equals(port))
                        .findFirst());
    }

    private Map<ServiceRef, ServiceLive> services() {
        Map<ServiceRef, ServiceLive> services = new HashMap<>();
        for (VirtualService service : topology.virtualServices()) {
            topology.directorsNamed(service.director()).stream()
                    .map(director -> reachableDirectors().get(director.name()))
                    .filter(Objects::nonNull)
                    .flatMap(director -> director.services().stream())
                    .filter(state -> state.endpoint().equals(DiagramBuilder.liveEndpoint(service)))
                    .map(LiveOverlayBuilder::service)
                    .max(Comparator.comparing(ServiceLive::health))
                    .ifPresent(worst -> services.put(new ServiceRef(service.name()), worst));
        }
        return services;
    }

    private static ServiceLive service(ServiceState state) {
        long up = state.realservers().stream().filter(RealserverState::up).count();
        int all = state.realservers().size();
        Health health = up == all && all > 0 ? Health.UP : up > 0 ? Health.DEGRADED : Health.DOWN;
        return new ServiceLive(health, Texts.text("live.service", up, all));
    }
}
