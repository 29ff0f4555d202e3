package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.capture.JoinedConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.collections.ObservableList;

/** Joined connections as groups of rows, of which people open and close some. Safe for use by several threads. */
final class ConnectionRows {
    private final Set<String> exceptions = new HashSet<>();
    private boolean openByDefault = true;

    /** Rows and what they count. */
    record Joined(List<CaptureRow> rows, CaptureModel.Connections count) {}

    synchronized void toggle(String key) {
        if (!exceptions.remove(key)) {
            exceptions.add(key);
        }
    }

    /** Also those to come. */
    synchronized void expandAll(boolean expanded) {
        openByDefault = expanded;
        exceptions.clear();
    }

    synchronized void forget() {
        exceptions.clear();
    }

    private synchronized boolean isOpen(String key) {
        return openByDefault != exceptions.contains(key);
    }

    /** The connections of clients by what is known now; takes a while when there are many. */
    Joined join(CaptureRecord from) {
        List<JoinedConnection> all = from.connections();
        List<JoinedConnection> ofClients =
                all.stream().filter(JoinedConnection::ofService).toList();
        int whole = (int)
                ofClients.stream().filter(each -> each.missing().isEmpty()).count();
        return new Joined(
                CaptureRow.of(ofClients, this::isOpen, from.words()),
                new CaptureModel.Connections(ofClients.size(), whole, all.size() - ofClients.size()));
    }

    /** Changes nothing when the rows are the same, and only adds when nothing else has changed. */
    static void replace(ObservableList<CaptureRow> rows, List<CaptureRow> next) {
        int most = Math.min(rows.size(), next.size());
        int same = 0;
        while (same < most && rows.get(same).equals(next.get(same))) {
            same++;
        }
        if (same == rows.size()) {
            rows.addAll(next.subList(same, next.size()));
        } else {
            rows.setAll(Stream.concat(
                            List.copyOf(rows.subList(0, same)).stream(),
                            next.stream().skip(same))
                    .toList());
        }
    }
}
