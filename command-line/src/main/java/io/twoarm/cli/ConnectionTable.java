package io.twoarm.cli;

import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.Sighting;
import io.twoarm.diagnose.capture.Translation;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Joined connections as a table for people. */
final class ConnectionTable {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneId.systemDefault());
    private static final int MOST_CONNECTIONS = 20;

    private final Terminal terminal;
    private final int packets;

    ConnectionTable(Terminal terminal, int packets) {
        this.terminal = terminal;
        this.packets = packets;
    }

    /** A frame as one line. */
    static String frame(SeenFrame frame) {
        Instant at = Instant.ofEpochSecond(0, frame.nanos());
        return CLOCK.format(at) + "  " + place(frame) + "  " + frame.decoded().summary();
    }

    /** @return whether no connection lacks a line */
    boolean print(List<JoinedConnection> connections) {
        // Those that are whole from their first packet come first: it is they that one asked for.
        List<JoinedConnection> translated = connections.stream()
                .filter(JoinedConnection::ofService)
                .sorted(Comparator.comparing(JoinedConnection::begunBefore))
                .toList();
        translated.stream().limit(MOST_CONNECTIONS).forEach(this::print);
        if (translated.size() > MOST_CONNECTIONS) {
            terminal.line("and %d more connections".formatted(translated.size() - MOST_CONNECTIONS));
        }
        int others = connections.size() - translated.size();
        if (others > 0) {
            terminal.faint("%d other flows, such as health checks and errors, are not shown; --raw shows every frame"
                    .formatted(others));
        }
        long before = translated.stream().filter(JoinedConnection::begunBefore).count();
        if (before > 0) {
            terminal.faint("%d connections began before the capture, so that no line of them can be called missing"
                    .formatted(before));
        }
        return summary(translated.stream().filter(each -> !each.begunBefore()).toList());
    }

    private boolean summary(List<JoinedConnection> connections) {
        if (connections.isEmpty()) {
            terminal.line("no new connection was seen");
            return true;
        }
        Map<String, Integer> causes = new TreeMap<>();
        connections.forEach(each -> each.missing().ifPresent(line -> causes.merge(line.cause(), 1, Integer::sum)));
        long whole =
                connections.stream().filter(each -> each.missing().isEmpty()).count();
        terminal.line("%d connections, %d of them with all lines".formatted(connections.size(), whole));
        causes.forEach((cause, count) -> terminal.failed(count + " times", cause));
        return causes.isEmpty();
    }

    private void print(JoinedConnection connection) {
        Translation translation = connection.translation();
        terminal.heading("connection %d  %s%s%s"
                        .formatted(
                                connection.number(),
                                translation.clientFlow(),
                                translation.keepsAddresses() ? "" : ", on the other side " + translation.serverFlow(),
                                translation.state().isEmpty() ? "" : "  " + translation.state())
                + (connection.begunBefore() ? "  begun before the capture" : ""));
        long start = connection.sightings().getFirst().frame().nanos();
        List<List<String>> rows = new ArrayList<>();
        for (Sighting sighting : connection.sightings().stream().limit(packets).toList()) {
            rows.add(List.of(
                    String.format(Locale.ROOT, "%.6f", (sighting.frame().nanos() - start) / 1e9),
                    place(sighting.frame()),
                    sighting.leg().words(),
                    sighting.frame().packet()));
        }
        terminal.table(List.of("seconds", "where", "line", "packet"), rows);
        if (connection.sightings().size() > packets) {
            terminal.faint("  and %d more".formatted(connection.sightings().size() - packets));
        }
        connection
                .missing()
                .ifPresent(line -> terminal.failed("missing", line.step().words() + ": " + line.cause()));
    }

    private static String place(SeenFrame frame) {
        String arrow = frame.direction() == Direction.OUT ? " out" : frame.direction() == Direction.IN ? " in" : "";
        return frame.point() + arrow;
    }
}
