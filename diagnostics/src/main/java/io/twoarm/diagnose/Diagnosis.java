package io.twoarm.diagnose;

import io.twoarm.deploy.SshConnections;
import io.twoarm.deploy.SshTarget;
import io.twoarm.diagnose.capture.CaptureListener;
import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.CaptureSettings;
import io.twoarm.diagnose.capture.LiveCapture;
import io.twoarm.diagnose.capture.SessionTables;
import io.twoarm.diagnose.capture.Translation;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.diagnose.host.HostTables;
import io.twoarm.diagnose.metrics.MetricSample;
import io.twoarm.diagnose.metrics.MetricStream;
import io.twoarm.diagnose.probe.Probe;
import io.twoarm.diagnose.probe.ProbeFinding;
import io.twoarm.diagnose.probe.ServiceProbe;
import io.twoarm.diagnose.trace.PathTrace;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What can be found out about the hosts of a topology. Methods block; those that take a listener return when it runs. */
public final class Diagnosis implements AutoCloseable {
    private final HostAccess hosts;

    /** @param connections closed with this */
    public Diagnosis(Topology topology, List<SshTarget> targets, SshConnections connections) {
        hosts = new HostAccess(topology, targets, connections);
    }

    public Topology topology() {
        return hosts.topology();
    }

    /** Captures until the capture is stopped. */
    public LiveCapture capture(List<CapturePoint> points, CaptureSettings settings, CaptureListener listener) {
        return LiveCapture.start(hosts, points, settings, listener);
    }

    /** The sessions of all directors now; of those that do not answer, none. */
    public List<Translation> sessions() {
        return topology()
                .directors()
                .flatMap(director -> SessionTables.read(hosts, director).stream())
                .toList();
    }

    /** Traces from hosts. */
    public PathTrace traces() {
        return new PathTrace(hosts);
    }

    /** Finds out what keeps a service from answering; {@code live} gets every finding on the calling thread. */
    public ServiceProbe probe(VirtualService service, Consumer<ProbeFinding> live) {
        return new Probe(hosts).run(service, live);
    }

    /**
     * What decides on a host where packets go.
     *
     * @param towards an address to ask the way to; may be empty
     */
    public HostTables tables(String host, String towards) {
        return HostTables.read(hosts, host, towards);
    }

    /** Samples of all bundled directors until the stream is closed, see {@link MetricStream#start}. */
    public MetricStream metrics(Duration interval, Consumer<MetricSample> listener) {
        return MetricStream.start(hosts, interval, listener);
    }

    @Override
    public void close() {
        hosts.connections().close();
    }
}
