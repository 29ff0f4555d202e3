package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a wire is for; those of a layer can be hidden together. */
public enum DrawingLayer {
    /** Where requests and answers run. */
    DATA,
    /** Where hosts are administered and nothing else happens. */
    MANAGEMENT,
    /** Where only directors are, such as for the replication of their sessions. */
    SYNC;

    private static final Set<String> MANAGEMENT_NAMES = Set.of("mgmt", "management", "oob", "admin");

    /** The layer of every segment. */
    public static Map<SegmentRef, DrawingLayer> of(Topology topology) {
        Map<SegmentRef, DrawingLayer> layers = new LinkedHashMap<>();
        topology.segments().forEach(segment -> layers.put(new SegmentRef(segment.name()), of(topology, segment)));
        return layers;
    }

    private static DrawingLayer of(Topology topology, Segment segment) {
        if (DiagramBuilder.roleOf(topology, segment) == Diagram.SegmentRole.WAN) {
            return DATA;
        }
        List<Host> hosts = topology.hosts().stream()
                .filter(host ->
                        host.ports().stream().anyMatch(port -> port.segment().equals(segment.name())))
                .toList();
        boolean named = Stream.of(segment.name().toLowerCase(Locale.ROOT).split("[-_.]"))
                .anyMatch(MANAGEMENT_NAMES::contains);
        if (named || administers(topology, segment)) {
            return MANAGEMENT;
        }
        boolean directors = hosts.size() > 1 && hosts.stream().allMatch(Host.Director.class::isInstance);
        boolean addressed = DiagramBuilder.roleOf(topology, segment) == Diagram.SegmentRole.LAN;
        return directors && !addressed ? SYNC : DATA;
    }

    /** Whether hosts are reached over it, and it is no one's way to a realserver. */
    private static boolean administers(Topology topology, Segment segment) {
        boolean reached = topology.hosts().stream()
                .flatMap(host -> host.ssh().stream())
                .flatMap(ssh -> address(ssh.address()).stream())
                .anyMatch(address -> segment.subnets().stream().anyMatch(subnet -> subnet.contains(address)));
        boolean serves = topology.realserverPools().stream()
                .flatMap(pool -> pool.members().stream())
                .anyMatch(member -> segment.subnets().stream().anyMatch(subnet -> subnet.contains(member.address())));
        boolean clients = topology.hosts().stream()
                .filter(Host.Client.class::isInstance)
                .anyMatch(host ->
                        host.ports().stream().anyMatch(port -> port.segment().equals(segment.name())));
        return reached && !serves && !clients;
    }

    /** A name needs no asking of a name server: only addresses tell where a host is. */
    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(IpLiteral.parse(text));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
