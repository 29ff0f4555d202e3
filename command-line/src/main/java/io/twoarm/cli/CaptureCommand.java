package io.twoarm.cli;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.capture.CaptureFile;
import io.twoarm.diagnose.capture.CaptureListener;
import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.CaptureSettings;
import io.twoarm.diagnose.capture.ConnectionJoin;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.LiveCapture;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.ServiceFilter;
import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "capture",
        description = "Captures on many hosts at once, and shows each connection with its packets on both sides of the "
                + "director. Says which line of a connection is missing; the exit status is 1 then.",
        mixinStandardHelpOptions = true)
final class CaptureCommand extends ProjectCommand {
    private static final int MOST_FRAMES = 200_000;
    private static final long SESSIONS_MILLIS = 500;

    @Mixin
    private HostOptions options;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The service whose packets are captured, at its clients, directors and realservers.")
    private String service;

    @Option(
            names = "--at",
            paramLabel = "HOST[/DEVICE]",
            description = "Captures here instead; may be given several times. Directors' ports may be named too.")
    private List<String> places = new ArrayList<>();

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "What to capture, in the language of pcap-filter(7), instead of the service's packets.")
    private String filter;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "2048",
            description = "How much of each frame is kept (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(
            names = "--packets",
            paramLabel = "N",
            defaultValue = "16",
            description = "Lines shown per connection (default: ${DEFAULT-VALUE}).")
    private int packets;

    @Option(names = "--write", paramLabel = "FILE", description = "Writes all frames as pcapng, for Wireshark.")
    private Path file;

    @Option(names = "--raw", description = "One line per frame while they come, not joined.")
    private boolean raw;

    CaptureCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    /** Gathers what comes, on the capture's thread. */
    private final class Gathering implements CaptureListener {
        private final ConnectionJoin join;
        private final List<SeenFrame> frames = new ArrayList<>();
        private final Map<String, Long> lost = new TreeMap<>();

        Gathering(ConnectionJoin join) {
            this.join = join;
        }

        @Override
        public synchronized void frames(List<SeenFrame> batch) {
            for (SeenFrame frame : batch) {
                if (raw) {
                    terminal.line(ConnectionTable.frame(frame));
                }
                join.add(frame);
                if (frames.size() < MOST_FRAMES) {
                    frames.add(frame);
                }
            }
        }

        @Override
        public void failed(CapturePoint point, String reason) {
            terminal.error("nothing comes from " + point + ": " + reason);
        }

        @Override
        public synchronized void lost(CapturePoint point, long count) {
            lost.put(point.toString(), count);
        }
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Topology topology = project.topology().orElseThrow();
        VirtualService wanted = service(topology);
        List<CapturePoint> points = points(topology, wanted);
        CaptureSettings standard = CaptureSettings.STANDARD;
        CaptureSettings settings = new CaptureSettings(
                filter == null ? ServiceFilter.of(topology, wanted) : filter,
                bytes,
                standard.framesWaiting(),
                standard.patience());
        ConnectionJoin join = new ConnectionJoin(topology, points, MOST_FRAMES);
        Gathering gathering = new Gathering(join);
        try (Diagnosis diagnosis = engine.diagnose(project, estate(project, options))) {
            LiveCapture capture = diagnosis.capture(points, settings, gathering);
            terminal.faint("capturing for " + seconds + " s at "
                    + String.join(
                            ", ", points.stream().map(CapturePoint::toString).toList()));
            learnSessions(diagnosis, gathering);
            capture.stop();
        }
        return report(gathering, points, new AddressNames(topology));
    }

    private void learnSessions(Diagnosis diagnosis, Gathering gathering) {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                boolean unused = never.await(
                        Math.min(left, TimeUnit.MILLISECONDS.toNanos(SESSIONS_MILLIS)), TimeUnit.NANOSECONDS);
                var sessions = diagnosis.sessions();
                synchronized (gathering) {
                    gathering.join.sessions(sessions);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int report(Gathering gathering, List<CapturePoint> points, AddressNames names) {
        List<JoinedConnection> connections = gathering.join.connections();
        ConnectionTable table = new ConnectionTable(terminal, packets);
        boolean whole = raw || table.print(connections);
        gathering.lost.forEach((place, count) -> terminal.error(count + " frames of " + place + " found no room"));
        if (gathering.join.left() > 0) {
            terminal.error(gathering.join.left() + " frames were left out, capture for a shorter time or less");
        }
        if (file != null) {
            try {
                CaptureFile.write(file, points, gathering.frames, connections, names);
                terminal.line("%d frames are in %s".formatted(gathering.frames.size(), file));
            } catch (IOException e) {
                throw new EngineException("the frames cannot be written to %s: %s".formatted(file, e.getMessage()), e);
            }
        }
        return whole ? 0 : TwoArm.FAILED;
    }

    private VirtualService service(Topology topology) {
        List<String> names =
                topology.virtualServices().stream().map(VirtualService::name).toList();
        if (service == null && names.size() > 1 && (filter == null || places.isEmpty())) {
            throw new EngineException(
                    "which service? --service NAME, one of " + String.join(", ", names) + "; or --filter with --at");
        }
        String name = service == null && !names.isEmpty() ? names.getFirst() : service;
        return topology.virtualServices().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        "there is no service \"" + name + "\"; the services are " + String.join(", ", names)));
    }

    private List<CapturePoint> points(Topology topology, VirtualService wanted) {
        if (places.isEmpty()) {
            return CapturePoint.of(topology, wanted);
        }
        Set<CapturePoint> points = new LinkedHashSet<>();
        try {
            places.forEach(place -> points.addAll(CapturePoint.parse(topology, place)));
        } catch (IllegalArgumentException e) {
            throw new EngineException(e.getMessage(), e);
        }
        return List.copyOf(points);
    }
}
