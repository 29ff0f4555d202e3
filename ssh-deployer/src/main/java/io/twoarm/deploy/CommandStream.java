package io.twoarm.deploy;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A command on a host that runs until it ends or is closed, its output delivered while it runs.
 *
 * <p>Closing it, or losing the connection, ends the command on the host.
 */
public final class CommandStream implements AutoCloseable {
    // The command has nothing more to do than to die of SIGTERM.
    private static final Duration END = Duration.ofSeconds(5);

    private final RemoteProcess process;
    private final CompletableFuture<CommandResult> ended = new CompletableFuture<>();

    CommandStream(RemoteProcess process) {
        this.process = process;
    }

    /** Standard output, for a caller that reads it itself. */
    public InputStream output() {
        return process.output();
    }

    /**
     * Completed when the command ended by itself; its result holds no standard output. Completed with a {@link
     * DeployException} when the connection broke or this stream was closed before.
     */
    public CompletableFuture<CommandResult> ended() {
        return ended;
    }

    /**
     * Completes {@link #ended} with the command's status. For a caller that reads {@link #output} itself, after its end;
     * waits a few seconds at most.
     */
    public void finish() {
        try {
            process.await(END);
            ended.complete(process.result("", false));
        } catch (DeployException e) {
            ended.completeExceptionally(e);
        } finally {
            close();
        }
    }

    void fail(DeployException failure) {
        ended.completeExceptionally(failure);
        close();
    }

    @Override
    public void close() {
        ended.completeExceptionally(process.cancelled());
        process.close();
    }
}
