package io.twoarm.engine;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostService;
import io.twoarm.deploy.CommandStream;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnections;
import io.twoarm.deploy.SshTarget;
import io.twoarm.engine.LiveSnapshot.DirectorState;
import io.twoarm.engine.LiveSnapshot.HostState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Live state of an estate: per host one command that tells the state of its units,
 * links, addresses and neighbours, per director one that tells what the
 * daemon does. What ends or breaks is started again after one interval.
 */
final class LiveFeed implements LiveWatch {
    private final Duration interval;
    private final SshConnections connections;
    private final Tasks tasks = new Tasks("live");
    private final Map<String, HostState> hosts = new LinkedHashMap<>();
    private final Map<String, DirectorState> directors = new LinkedHashMap<>();

    /** @param connections closed with this feed */
    LiveFeed(SshConnections connections, Duration interval) {
        this.connections = connections;
        this.interval = interval;
    }

    void start(Estate estate, List<HostArtifacts> artifacts, Consumer<LiveSnapshot> listener) {
        for (HostArtifacts host : artifacts) {
            SshTarget target = estate.target(host.host()).orElseThrow();
            List<String> units = host.services().stream().map(HostService::unit).toList();
            tell(new HostState(host.host(), false, Map.of()));
            tasks.start(() -> keep(target, hostStates(units), hostLines(host.host(), units), () -> {
                tell(new HostState(host.host(), false, Map.of()));
            }));
            if (host.daemonBundle()) {
                tasks.start(() -> keep(
                        target,
                        RemoteCommand.of(DaemonBundle.CONTROL_COMMAND, "watch", seconds(), "--json"),
                        line -> tell(DirectorReport.live(host.host(), line)),
                        () -> forget(host.host())));
            }
        }
        tasks.start(() -> deliver(listener));
    }

    private Consumer<String> hostLines(String host, List<String> units) {
        HostReport report = new HostReport(host, units);
        return line -> report.next(line, System.nanoTime()).ifPresent(this::tell);
    }

    private RemoteCommand hostStates(List<String> units) {
        // An argument rather than a script: the input of a stream tells the host that somebody still listens.
        List<String> words = new ArrayList<>(List.of("sh", "-c", HostReport.SCRIPT, "host-states", seconds()));
        words.addAll(units);
        return RemoteCommand.of(words).labelled("host states");
    }

    private String seconds() {
        return Long.toString(Math.max(1, interval.toSeconds()));
    }

    /** Keeps a command running on a host until this feed is closed. */
    private void keep(SshTarget target, RemoteCommand command, Consumer<String> lines, Runnable lost) {
        try {
            while (true) {
                try (CommandStream stream = connections.open(target).stream(command, lines)) {
                    stream.ended().get();
                } catch (DeployException | ExecutionException e) {
                    // The host is away, or the command cannot run there yet; that is what the listener is told.
                }
                lost.run();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Consumer<LiveSnapshot> listener) {
        try {
            while (true) {
                Thread.sleep(interval);
                listener.accept(snapshot());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(HostState state) {
        hosts.put(state.host(), state);
    }

    private synchronized void tell(DirectorState state) {
        directors.put(state.director(), state);
    }

    private synchronized void forget(String director) {
        directors.remove(director);
    }

    private synchronized LiveSnapshot snapshot() {
        return new LiveSnapshot(Instant.now(), Map.copyOf(hosts), Map.copyOf(directors));
    }

    @Override
    public void close() {
        tasks.close();
        connections.close();
    }
}
