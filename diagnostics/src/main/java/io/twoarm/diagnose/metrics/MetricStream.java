package io.twoarm.diagnose.metrics;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.CommandStream;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.diagnose.host.DiagnoseException;
import io.twoarm.diagnose.host.DiagnoseTasks;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Samples of all bundled directors until it is closed. A director that goes away is asked again after an interval. */
public final class MetricStream implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final HostAccess hosts;
    private final Duration interval;
    private final Consumer<MetricSample> listener;
    private final DiagnoseTasks tasks = new DiagnoseTasks("metrics");

    private MetricStream(HostAccess hosts, Duration interval, Consumer<MetricSample> listener) {
        this.hosts = hosts;
        this.interval = interval;
        this.listener = listener;
    }

    /**
     * Starts at once and returns.
     *
     * @param interval from 0.1 s
     * @param listener called for one sample at a time, never on the caller's thread; one that is slow gets fewer samples
     *     of the director, not a queue of old ones
     */
    public static MetricStream start(HostAccess hosts, Duration interval, Consumer<MetricSample> listener) {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("the interval must be 0.1 s or longer, found " + interval);
        }
        MetricStream stream = new MetricStream(hosts, interval, listener);
        hosts.topology()
                .directors()
                .filter(director -> director.kind() == DirectorKind.BUNDLED)
                .map(Host::name)
                .forEach(director -> stream.tasks.start(() -> stream.keep(director)));
        return stream;
    }

    private void keep(String director) {
        String seconds = String.format(Locale.ROOT, "%.3f", interval.toMillis() / 1000.0);
        RemoteCommand watch = RemoteCommand.of(DaemonBundle.CONTROL_COMMAND, "--json", "watch", seconds);
        try {
            while (true) {
                WatchLines lines = new WatchLines(director);
                try (CommandStream stream = hosts.open(director).stream(
                        watch, line -> lines.next(line, Instant.now()).ifPresent(this::tell))) {
                    stream.ended().get();
                } catch (DiagnoseException | DeployException | ExecutionException e) {
                    // The director is away; it has no samples meanwhile.
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(MetricSample sample) {
        listener.accept(sample);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
