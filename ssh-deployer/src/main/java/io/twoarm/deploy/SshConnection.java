package io.twoarm.deploy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authenticated connection to one host, on which many commands can run at the same time. Safe for use by many threads.
 *
 * <p>Every method throws {@link DeployException}: connection lost, time limit passed, calling thread interrupted. A
 * command's own status is a result, not an exception.
 */
public final class SshConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshConnection.class);
    // OpenSSH's MaxSessions is 10 unless the host's sshd_config says otherwise.
    private static final int CHANNELS = 9;
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    private final SshTarget target;
    private final SshLimits limits;
    private final ClientSession session;
    private final DeployTasks tasks;
    private final Semaphore channels = new Semaphore(CHANNELS, true);

    private final Elevation elevation;

    SshConnection(SshTarget target, SshLimits limits, ClientSession session, DeployTasks tasks, AskedOnce answers) {
        this.target = target;
        this.limits = limits;
        this.session = session;
        this.tasks = tasks;
        this.elevation = new Elevation(target, answers);
    }

    public SshTarget target() {
        return target;
    }

    public boolean isOpen() {
        return session.isOpen();
    }

    /** Runs a program with its arguments and waits for its end. */
    public CommandResult run(String... words) {
        return run(RemoteCommand.of(words));
    }

    /** Runs a command and waits for its end. */
    public CommandResult run(RemoteCommand command) {
        return run(command, new CappedOutput(command.outputLimit()));
    }

    /** Runs a script with the POSIX shell of the host, see {@link RemoteCommand#script}. */
    public CommandResult script(String script, String... arguments) {
        return run(RemoteCommand.script(script, List.of(arguments)));
    }

    private CommandResult run(RemoteCommand command, CappedOutput output) {
        Duration limit = command.limit().orElse(limits.command());
        LOG.debug("{}: {}", target.host(), command.label());
        acquire(command, limit);
        try (RemoteProcess process = RemoteProcess.start(
                target.host(), session, asRoot(command), Optional.of(output), limit, channels::release)) {
            process.feed(asRoot(command).input());
            process.await(limit);
            CommandResult result = process.result(output.text(), output.truncated());
            LOG.debug(
                    "{}: {} after {} ms",
                    target.host(),
                    result.ending(),
                    result.elapsed().toMillis());
            return result;
        }
    }

    /**
     * Starts a command and delivers its output line by line, on a thread of its own, until it ends or is closed.
     *
     * <p>The command's standard input is empty. A listener that is slow slows the command down; one that throws ends it.
     */
    public CommandStream stream(RemoteCommand command, Consumer<String> lines) {
        CommandStream stream = open(command);
        tasks.start(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(stream.output(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.accept(line);
                }
                stream.finish();
            } catch (IOException e) {
                stream.fail(RemoteProcess.failure(target.host(), command.label(), e));
            } finally {
                stream.close();
            }
        });
        return stream;
    }

    /** Starts a command whose output the caller reads as bytes from {@link CommandStream#output()}. */
    public CommandStream open(RemoteCommand command) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", RemoteScript.WATCHED.text(), "sh"));
        words.addAll(command.words());
        LOG.debug("{}: stream {}", target.host(), command.label());
        RemoteCommand watched =
                RemoteCommand.of(words).labelled(command.label()).withOutputLimit(command.outputLimit());
        return new CommandStream(start(watched));
    }

    /** Starts a command whose input and output the caller handles. */
    RemoteProcess start(RemoteCommand command) {
        Duration limit = command.limit().orElse(limits.command());
        acquire(command, limit);
        RemoteCommand elevated = asRoot(command);
        RemoteProcess process =
                RemoteProcess.start(target.host(), session, elevated, Optional.empty(), limit, channels::release);
        try {
            elevation.password().ifPresent(process::begin);
            return process;
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private RemoteCommand asRoot(RemoteCommand command) {
        return elevation.of(command, this::runAsUser);
    }

    /** Without becoming root. */
    private CommandResult runAsUser(RemoteCommand command) {
        CappedOutput output = new CappedOutput(command.outputLimit());
        try (RemoteProcess process =
                RemoteProcess.start(target.host(), session, command, Optional.of(output), limits.command(), () -> {})) {
            process.feed(command.input());
            process.await(limits.command());
            return process.result(output.text(), output.truncated());
        }
    }

    /**
     * A local end from which connections lead through this host to another one.
     *
     * @throws DeployException with {@link DeployFailure.HostUnreachable}
     */
    ExplicitPortForwardingTracker wayTo(String address, int port) {
        try {
            return session.createLocalPortForwardingTracker(
                    new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(address, port));
        } catch (IOException e) {
            throw new DeployException(
                    new DeployFailure.HostUnreachable(
                            target.host(), address, port, "no way through this jump host: " + SshLogin.text(e)),
                    e);
        }
    }

    private void acquire(RemoteCommand command, Duration limit) {
        try {
            if (!channels.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                String what = "the " + CHANNELS + " commands that already run, to start " + command.label();
                throw new DeployException(new DeployFailure.TimedOut(target.host(), what, limit));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException(new DeployFailure.Cancelled(target.host(), command.label()), e);
        }
    }

    /**
     * Writes a file whole or not at all: temporary name beside it, sync, rename. Its directory must exist.
     *
     * @param path absolute path on the host
     * @param mode permission bits, such as {@code 0644}
     * @throws DeployException with {@link DeployFailure.FileUnwritable}
     */
    public void upload(byte[] content, String path, int mode) {
        byte[] copy = content.clone();
        upload(() -> new ByteArrayInputStream(copy), copy.length, path, mode);
    }

    /** Like {@link #upload(byte[], String, int)}, from a local file. */
    public void upload(Path file, String path, int mode) {
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw new DeployException(
                    new DeployFailure.FileUnwritable(
                            target.host(), path, "the local file " + e.getMessage() + " cannot be read"),
                    e);
        }
        upload(() -> Files.newInputStream(file), size, path, mode);
    }

    void upload(RemoteCommand.Input input, long size, String path, int mode) {
        CommandResult result = run(RemoteScript.UPLOAD
                .command(path, Integer.toOctalString(mode), Long.toString(size))
                .labelled("upload " + path + ", " + size + " bytes")
                .withInput(input)
                .withLimit(UPLOAD));
        if (!result.succeeded()) {
            String cause = result.stderr().isBlank()
                    ? result.ending()
                    : result.stderr().strip();
            throw new DeployException(new DeployFailure.FileUnwritable(target.host(), path, cause));
        }
    }

    /**
     * Reads a file.
     *
     * @param limit most bytes that are accepted
     * @throws DeployException with {@link DeployFailure.FileUnreadable}, also when the file is larger
     */
    public byte[] readFile(String path, int limit) {
        CappedOutput content = new CappedOutput(limit);
        CommandResult result = run(RemoteCommand.of("cat", "--", path), content);
        if (!result.succeeded()) {
            throw new DeployException(new DeployFailure.FileUnreadable(
                    target.host(), path, result.stderr().strip()));
        }
        if (content.truncated()) {
            throw new DeployException(
                    new DeployFailure.FileUnreadable(target.host(), path, "it is larger than " + limit + " bytes"));
        }
        return content.bytes();
    }

    /** Closes the connection; what runs on it is cut off. */
    @Override
    public void close() {
        session.close(true);
    }
}
