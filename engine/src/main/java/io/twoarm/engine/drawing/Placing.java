package io.twoarm.engine.drawing;

import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.project.Layout;
import io.twoarm.model.project.Layout.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The places of nodes: those of the project's layout when it has all of them, else rows from the clients downwards, hosts
 * and wires in turn.
 */
final class Placing {
    private static final double COLUMN = 290;
    private static final double ROW = 125;

    private Placing() {}

    static Layout of(Topology topology, Layout layout) {
        boolean complete = topology.hosts().stream()
                        .allMatch(host -> layout.host(host.name()).isPresent())
                && topology.segments().stream()
                        .allMatch(segment -> layout.segment(segment.name()).isPresent());
        return complete ? layout : rows(topology);
    }

    private static Layout rows(Topology topology) {
        Map<String, Integer> hostRows = new LinkedHashMap<>();
        Map<String, Integer> segmentRows = new LinkedHashMap<>();
        topology.clients().forEach(client -> reach(topology, client, hostRows, segmentRows));
        topology.hosts().stream()
                .filter(host -> !hostRows.containsKey(host.name()))
                .forEach(host -> reach(topology, host, hostRows, segmentRows));
        topology.segments().forEach(segment -> segmentRows.putIfAbsent(segment.name(), 1));
        return new Layout(positions(hostRows), positions(segmentRows), Map.of());
    }

    /** Numbers the rows from one host on: each step to a wire or to a host is one row further down. */
    private static void reach(
            Topology topology, Host from, Map<String, Integer> hostRows, Map<String, Integer> segmentRows) {
        Deque<Host> waiting = new ArrayDeque<>();
        if (hostRows.putIfAbsent(from.name(), 0) == null) {
            waiting.add(from);
        }
        while (!waiting.isEmpty()) {
            Host host = waiting.remove();
            int row = hostRows.get(host.name());
            for (Port port : host.ports()) {
                if (topology.segmentOf(port).isEmpty() || segmentRows.putIfAbsent(port.segment(), row + 1) != null) {
                    continue;
                }
                Segment segment = topology.segmentOf(port).orElseThrow();
                topology.portsOn(segment).map(Topology.HostPort::host).forEach(next -> {
                    if (hostRows.putIfAbsent(next.name(), row + 2) == null) {
                        waiting.add(next);
                    }
                });
            }
        }
    }

    private static Map<String, Position> positions(Map<String, Integer> rows) {
        Map<Integer, List<String>> byRow = new TreeMap<>();
        rows.forEach((name, row) ->
                byRow.computeIfAbsent(row, _ -> new ArrayList<>()).add(name));
        Map<String, Position> positions = new HashMap<>();
        byRow.forEach((row, names) -> {
            for (int i = 0; i < names.size(); i++) {
                positions.put(names.get(i), new Position((i - (names.size() - 1) / 2.0) * COLUMN, row * ROW));
            }
        });
        return positions;
    }
}
