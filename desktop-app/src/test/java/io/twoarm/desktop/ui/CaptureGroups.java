package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.Leg;
import io.twoarm.diagnose.capture.Sighting;
import java.util.List;
import java.util.stream.Stream;

/** What a test wants to know of the row groups of a capture. */
final class CaptureGroups {
    private static final int ALL_LINES = 4;

    private CaptureGroups() {}

    private static Stream<JoinedConnection> connections(List<CaptureRow> rows) {
        return rows.stream()
                .filter(CaptureRow.Connection.class::isInstance)
                .map(row -> ((CaptureRow.Connection) row).joined());
    }

    /** How many connections have all four lines. */
    static long whole(List<CaptureRow> rows) {
        return connections(rows)
                .filter(each -> each.lines() == ALL_LINES && each.missing().isEmpty())
                .count();
    }

    /** Of each connection with all lines, which lines the director's packets are, in the order of the rows. */
    static List<List<Leg>> directorsLines(List<CaptureRow> rows) {
        return connections(rows)
                .filter(each -> each.lines() == ALL_LINES)
                .map(each -> each.sightings().stream()
                        .filter(sighting -> sighting.frame().point().host().equals("director"))
                        .map(Sighting::leg)
                        .toList())
                .toList();
    }
}
