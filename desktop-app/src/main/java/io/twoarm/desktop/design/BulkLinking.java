package io.twoarm.desktop.design;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Connects many hosts with segments by one step. */
public final class BulkLinking {
    private BulkLinking() {}

    /** A link that is to be. */
    public record Pair(HostRef host, SegmentRef segment) {}

    /**
     * The links that are missing between hosts and segments whose names fit.
     *
     * @param hosts names with {@code *} for any letters and {@code ?} for one; several are divided by commas
     * @param segments the same
     */
    public static List<Pair> missing(Topology topology, String hosts, String segments) {
        Pattern host = pattern(hosts);
        Pattern segment = pattern(segments);
        List<Pair> pairs = new ArrayList<>();
        for (Host each : topology.hosts()) {
            if (host.matcher(each.name()).matches()) {
                topology.segments().stream()
                        .filter(wire -> segment.matcher(wire.name()).matches())
                        .filter(wire -> !attached(each, wire.name()))
                        .forEach(wire -> pairs.add(new Pair(new HostRef(each.name()), new SegmentRef(wire.name()))));
            }
        }
        return pairs;
    }

    /** The links that are missing between the hosts and the segments among some objects. */
    public static List<Pair> among(Topology topology, Collection<ObjectRef> refs) {
        return missing(topology, names(refs, HostRef.class), names(refs, SegmentRef.class));
    }

    private static String names(Collection<ObjectRef> refs, Class<? extends ObjectRef> kind) {
        return refs.stream().filter(kind::isInstance).map(ObjectRef::name).collect(Collectors.joining(","));
    }

    private static boolean attached(Host host, String segment) {
        return host.ports().stream().anyMatch(port -> port.segment().equals(segment));
    }

    private static Pattern pattern(String names) {
        return Pattern.compile(Stream.of(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))
                .collect(Collectors.joining("|")));
    }

    /** The design with all these links; each host gets a port with a fresh address. */
    public static Design link(Design design, Collection<Pair> pairs) {
        Design linked = design;
        for (Pair pair : pairs) {
            Optional<Adding.Added> added = Connecting.connect(linked, pair.host(), pair.segment());
            linked = added.map(Adding.Added::design).orElse(linked);
        }
        return linked;
    }
}
