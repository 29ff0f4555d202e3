package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.ConnectionJoin;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.Translation;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a capture has brought so far. Bounded: when it is full, the older half goes.
 *
 * <p>Filled by the capture's thread. The user interface's thread asks for what is fresh; it never waits for connections to
 * be joined, which has a lock of its own.
 */
public final class CaptureRecord {
    private final Topology topology;
    private final List<CapturePoint> points;
    private final int mostFrames;
    private final List<SeenFrame> frames = new ArrayList<>();
    private final Map<String, Long> lost = new TreeMap<>();
    private final Map<String, String> failures = new TreeMap<>();
    private List<String> words = List.of();
    private List<CaptureRow> pending = new ArrayList<>();
    private boolean anew = true;
    private boolean relisting;
    private long seen;
    private volatile long firstNanos;

    private final Object joining = new Object();
    private final Map<Flow, Translation> sessions = new LinkedHashMap<>();
    private ConnectionJoin join;

    CaptureRecord(Topology topology, List<CapturePoint> points, int mostFrames) {
        this.topology = topology;
        this.points = List.copyOf(points);
        this.mostFrames = mostFrames;
        join = newJoin();
    }

    private ConnectionJoin newJoin() {
        return new ConnectionJoin(topology, points, mostFrames);
    }

    Topology topology() {
        return topology;
    }

    List<CapturePoint> points() {
        return points;
    }

    /** Of the first frame; 0 while there is none. */
    long firstNanos() {
        return firstNanos;
    }

    /** From one thread. */
    void add(List<SeenFrame> batch) {
        boolean full;
        synchronized (this) {
            if (seen == 0 && !batch.isEmpty()) {
                firstNanos = batch.getFirst().nanos();
            }
            seen += batch.size();
            frames.addAll(batch);
            batch.forEach(frame -> show(frame, words, pending));
            full = frames.size() > mostFrames;
        }
        synchronized (joining) {
            batch.forEach(join::add);
        }
        if (full) {
            dropOlderHalf();
        }
    }

    private void dropOlderHalf() {
        List<SeenFrame> kept;
        synchronized (this) {
            frames.subList(0, frames.size() - mostFrames / 2).clear();
            kept = List.copyOf(frames);
        }
        synchronized (joining) {
            join = newJoin();
            join.sessions(sessions.values());
            kept.forEach(join::add);
        }
        search(words());
    }

    private static void show(SeenFrame frame, List<String> words, List<CaptureRow> into) {
        CaptureRow row = new CaptureRow.Packet(frame, Optional.empty(), false);
        if (CaptureRow.matches(row, words)) {
            into.add(row);
        }
    }

    /** Lists all packets again, only those that have all these words. */
    void search(List<String> wanted) {
        List<SeenFrame> all;
        synchronized (this) {
            words = List.copyOf(wanted);
            relisting = true;
            pending = new ArrayList<>();
            all = List.copyOf(frames);
        }
        List<CaptureRow> listed = new ArrayList<>();
        all.forEach(frame -> show(frame, wanted, listed));
        synchronized (this) {
            listed.addAll(pending);
            pending = listed;
            anew = true;
            relisting = false;
        }
    }

    synchronized List<String> words() {
        return words;
    }

    void learn(Collection<Translation> learnt) {
        synchronized (joining) {
            join.sessions(learnt.stream()
                    .filter(each -> sessions.size() < mostFrames)
                    .filter(each -> sessions.putIfAbsent(each.clientFlow(), each) == null)
                    .toList());
        }
    }

    synchronized void lost(CapturePoint point, long count) {
        lost.put(point.toString(), count);
    }

    synchronized void failed(CapturePoint point, String reason) {
        failures.put(point.toString(), reason);
    }

    /**
     * Packets for the list that were not asked for yet.
     *
     * @param replaces whether they stand for all that were given before
     */
    record Fresh(List<CaptureRow> rows, boolean replaces) {}

    synchronized Fresh fresh() {
        if (relisting) {
            return new Fresh(List.of(), false);
        }
        Fresh fresh = new Fresh(pending, anew);
        pending = new ArrayList<>();
        anew = false;
        return fresh;
    }

    List<JoinedConnection> connections() {
        synchronized (joining) {
            return join.connections();
        }
    }

    synchronized List<SeenFrame> frames() {
        return List.copyOf(frames);
    }

    /**
     * @param seen frames since the beginning
     * @param kept of them
     * @param lost frames that found no room, by place
     * @param failures why a place delivers nothing, by place
     */
    public record Count(long seen, int kept, Map<String, Long> lost, Map<String, String> failures) {}

    synchronized Count count() {
        return new Count(seen, frames.size(), Map.copyOf(lost), Map.copyOf(failures));
    }
}
