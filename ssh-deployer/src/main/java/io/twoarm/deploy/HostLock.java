package io.twoarm.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change a host, held by a process on the host for as long as this side gives signs of life.
 *
 * <p>When this side dies, or cannot be heard for half a minute, the lock is free again.
 */
final class HostLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLock.class);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private final String host;
    private final RemoteProcess holder;
    private final List<String> unfinished;
    private final Future<?> signs;

    private HostLock(String host, RemoteProcess holder, List<String> unfinished, DeployTasks tasks) {
        this.host = host;
        this.holder = holder;
        this.unfinished = List.copyOf(unfinished);
        this.signs = tasks.start(this::giveSigns);
    }

    /**
     * @param deployment names the deployment; the same one may take the lock over from its own earlier connection
     * @param owner tells others who holds it
     * @throws DeployException with {@link DeployFailure.HostBusy}, or {@link DeployFailure.HostUnsuitable} when the host
     *     has no systemd or the user is not root
     */
    static HostLock take(SshConnection connection, DeployTasks tasks, String deployment, String owner) {
        String host = connection.target().host();
        RemoteProcess holder = connection.start(RemoteScript.LOCK.command(deployment, owner));
        try {
            List<String> unfinished = new ArrayList<>();
            BufferedReader answers = new BufferedReader(new InputStreamReader(holder.output(), StandardCharsets.UTF_8));
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                String text = line.substring(line.indexOf(' ') + 1);
                switch (line.split(" ", 2)[0]) {
                    case "unfinished" -> unfinished.add(text);
                    case "locked" -> {
                        return new HostLock(host, holder, unfinished, tasks);
                    }
                    case "busy" -> throw new DeployException(new DeployFailure.HostBusy(host, text));
                    case "user" ->
                        throw unsuitable(
                                host,
                                "logged in as " + text,
                                "the user root, or one whom sudo lets become root",
                                "set the user of the host's ssh entry to root, or allow that user sudo");
                    case "init" ->
                        throw unsuitable(
                                host, "the first process is " + text, "systemd", "use a host that runs systemd");
                    default -> LOG.debug("{}: the login shell printed: {}", host, line);
                }
            }
            holder.await(SIGN_OF_LIFE);
            holder.result("", false).orThrow();
            throw new DeployException(new DeployFailure.ConnectionLost(host, "locking the host", "no answer"));
        } catch (IOException e) {
            holder.close();
            throw RemoteProcess.failure(host, "locking the host", e);
        } catch (RuntimeException e) {
            holder.close();
            throw e;
        }
    }

    private static DeployException unsuitable(String host, String found, String needed, String fix) {
        return new DeployException(new DeployFailure.HostUnsuitable(
                host, List.of(new DeployFailure.HostUnsuitable.Finding(found, needed, fix))));
    }

    /** Changes that somebody began and that have no result yet. */
    List<String> unfinished() {
        return unfinished;
    }

    /** @throws DeployException with {@link DeployFailure.ConnectionLost} when the lock is gone */
    void requireHeld() {
        if (!holder.isOpen()) {
            throw new DeployException(
                    new DeployFailure.ConnectionLost(host, "the deployment", "the lock on the host was lost"));
        }
    }

    private void giveSigns() {
        try {
            OutputStream out = holder.input();
            while (holder.isOpen()) {
                out.write('.');
                out.flush();
                Thread.sleep(SIGN_OF_LIFE);
            }
        } catch (IOException e) {
            holder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        signs.cancel(true);
        holder.close();
    }
}
