package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.viewmodel.Diagram.HostNode;
import io.twoarm.desktop.viewmodel.Diagram.Link;
import io.twoarm.desktop.viewmodel.Diagram.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives links the direction that leads from the clients to the realservers, the way a drawing is read. */
public final class ReadingOrder {
    private final Map<String, Integer> distance = new HashMap<>();
    private final Map<String, List<String>> neighbours = new HashMap<>();
    private final Diagram diagram;

    /**
     * A link with its direction.
     *
     * @param from path of the end nearer to the clients
     * @param to path of the other end
     */
    public record Step(Link link, String from, String to) {}

    private ReadingOrder(Diagram diagram) {
        this.diagram = diagram;
        for (Link link : diagram.links()) {
            String host = link.host().path();
            String segment = link.segment().path();
            neighbours.computeIfAbsent(host, _ -> new ArrayList<>()).add(segment);
            neighbours.computeIfAbsent(segment, _ -> new ArrayList<>()).add(host);
        }
    }

    /** One step per link; a link between two equally distant ends leads to the segment. */
    public static List<Step> stepsOf(Diagram diagram) {
        return new ReadingOrder(diagram).steps();
    }

    private List<Step> steps() {
        // Parts that no client reaches are read from their routers, then directors, then whatever comes first.
        for (Role role : List.of(Role.CLIENT, Role.ROUTER, Role.DIRECTOR, Role.REALSERVER)) {
            List<String> roots = diagram.hosts().stream()
                    .filter(host -> host.role() == role)
                    .map(HostNode::ref)
                    .map(ObjectRef::path)
                    .filter(path -> !distance.containsKey(path))
                    .toList();
            spread(roots);
        }
        return diagram.links().stream().map(this::step).toList();
    }

    private Step step(Link link) {
        String host = link.host().path();
        String segment = link.segment().path();
        boolean outwards = distance.getOrDefault(host, 0) <= distance.getOrDefault(segment, 0);
        return outwards ? new Step(link, host, segment) : new Step(link, segment, host);
    }

    private void spread(List<String> roots) {
        Deque<String> queue = new ArrayDeque<>(roots);
        roots.forEach(root -> distance.put(root, 0));
        while (!queue.isEmpty()) {
            String from = queue.remove();
            for (String next : neighbours.getOrDefault(from, List.of())) {
                if (distance.putIfAbsent(next, distance.get(from) + 1) == null) {
                    queue.add(next);
                }
            }
        }
    }
}
