package io.twoarm.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.CloseFuture;

/** One command under way on a host: one SSH channel from its opening to its end. */
final class RemoteProcess implements AutoCloseable {
    private final String host;
    private final String what;
    private final ChannelExec channel;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CappedOutput errors;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();
    private final Instant started = Instant.now();

    private RemoteProcess(String host, String what, ChannelExec channel, CappedOutput errors, Runnable release) {
        this.host = host;
        this.what = what;
        this.channel = channel;
        this.errors = errors;
        this.release = release;
        channel.setErr(errors);
        channel.addCloseFutureListener((CloseFuture future) -> closed.complete(null));
    }

    /**
     * Starts a command.
     *
     * @param output takes standard output as it comes; empty when it is to be read from {@link #output()}
     * @param release called once, when the process is closed or did not come about
     */
    static RemoteProcess start(
            String host,
            ClientSession session,
            RemoteCommand command,
            Optional<OutputStream> output,
            Duration limit,
            Runnable release) {
        RemoteProcess process;
        try {
            ChannelExec channel = session.createExecChannel(command.line());
            process =
                    new RemoteProcess(host, command.label(), channel, new CappedOutput(command.outputLimit()), release);
        } catch (IOException | IllegalStateException e) {
            release.run();
            throw failure(host, command.label(), e);
        }
        output.ifPresent(process.channel::setOut);
        try {
            process.channel.open().verify(limit);
            return process;
        } catch (IOException | IllegalStateException e) {
            process.close();
            throw failure(host, command.label(), e);
        }
    }

    OutputStream input() {
        return channel.getInvertedIn();
    }

    /** Sends a line before anything else. */
    void begin(String line) {
        try {
            OutputStream out = channel.getInvertedIn();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw failure(host, what, e);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    InputStream output() {
        return channel.getInvertedOut();
    }

    /** Sends all of the input and ends it. A command that stops reading is no failure: its status tells. */
    void feed(RemoteCommand.Input input) {
        try (InputStream in = input.open();
                OutputStream out = channel.getInvertedIn()) {
            in.transferTo(out);
        } catch (InterruptedIOException e) {
            throw failure(host, what, e);
        } catch (IOException e) {
            if (channel.isOpen() && channel.getExitStatus() == null) {
                throw failure(host, what, e);
            }
        }
    }

    void await(Duration limit) {
        try {
            closed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DeployException(new DeployFailure.TimedOut(host, what, limit), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException(new DeployFailure.Cancelled(host, what), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * How it ended, after {@link #await}.
     *
     * @throws DeployException with {@link DeployFailure.ConnectionLost} when the channel ended before the command
     */
    CommandResult result(String stdout, boolean truncated) {
        Integer status = channel.getExitStatus();
        Optional<String> signal = Optional.ofNullable(channel.getExitSignal());
        if (status == null && signal.isEmpty()) {
            throw new DeployException(new DeployFailure.ConnectionLost(host, what, "closed before the command ended"));
        }
        return new CommandResult(
                host,
                what,
                status == null ? 128 : status,
                signal,
                stdout,
                errors.text(),
                truncated || errors.truncated(),
                Duration.between(started, Instant.now()));
    }

    DeployException cancelled() {
        return new DeployException(new DeployFailure.Cancelled(host, what));
    }

    static DeployException failure(String host, String during, Exception e) {
        if (e instanceof InterruptedIOException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            return new DeployException(new DeployFailure.Cancelled(host, during), e);
        }
        return new DeployException(new DeployFailure.ConnectionLost(host, during, SshLogin.text(e)), e);
    }

    /** Tells the host that nobody listens any more. An immediate close would end the channel here and not there. */
    @Override
    public void close() {
        channel.close(false);
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
