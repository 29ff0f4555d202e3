package io.twoarm.desktop.design;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people edit: a topology, where its figures stand, and how its links run.
 *
 * @param places centres by object path, as the layout file keeps them; what is missing is placed automatically
 * @param lines by the path of the link's port; a link that is missing is straight
 */
public record Design(Topology topology, Map<String, Point> places, Map<String, LinkLine> lines) {
    public Design {
        places = Map.copyOf(places);
        lines = lines.entrySet().stream()
                .filter(each -> !each.getValue().isStraight())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A design whose links are straight. */
    public Design(Topology topology, Map<String, Point> places) {
        this(topology, places, Map.of());
    }

    public Design with(Topology changed) {
        return new Design(changed, places, lines);
    }

    public Design withPlaces(Map<String, Point> changed) {
        return new Design(topology, changed, lines);
    }

    public Design withLines(Map<String, LinkLine> changed) {
        return new Design(topology, places, changed);
    }

    public Design withPlace(ObjectRef ref, Point centre) {
        Map<String, Point> changed = new LinkedHashMap<>(places);
        changed.put(ref.path(), centre);
        return withPlaces(changed);
    }

    Design withoutPlace(ObjectRef ref) {
        Map<String, Point> changed = new LinkedHashMap<>(places);
        changed.remove(ref.path());
        return withPlaces(changed);
    }

    /** How the link of a port runs. */
    public LinkLine line(PortRef port) {
        return lines.getOrDefault(port.path(), LinkLine.STRAIGHT);
    }

    public Design withLine(PortRef port, LinkLine line) {
        Map<String, LinkLine> changed = new HashMap<>(lines);
        changed.put(port.path(), line);
        return withLines(changed);
    }

    /** The design with its figures elsewhere; bends go along when both ends of their link move alike. */
    public Design movedTo(Map<String, Point> changed) {
        Map<String, LinkLine> carried = new HashMap<>(lines);
        topology.ports().forEach(on -> {
            String path = new PortRef(on.host().name(), on.port().name()).path();
            Optional<Point> by = way(new HostRef(on.host().name()), changed);
            if (by.equals(way(new SegmentRef(on.port().segment()), changed))) {
                by.ifPresent(way -> carried.computeIfPresent(path, (_, line) -> line.plus(way.x(), way.y())));
            }
        });
        return new Design(topology, changed, carried);
    }

    private Optional<Point> way(ObjectRef ref, Map<String, Point> changed) {
        Point before = places.get(ref.path());
        Point after = changed.get(ref.path());
        return before == null || after == null || Objects.equals(before, after)
                ? Optional.empty()
                : Optional.of(after.plus(-before.x(), -before.y()));
    }

    /** The design as automatic layout takes it: nothing has a place, and no link a bend. */
    public Design unplaced() {
        Map<String, LinkLine> unbent = new HashMap<>(lines);
        unbent.replaceAll((_, line) -> line.withoutBends());
        return new Design(topology, Map.of(), unbent);
    }
}
