package io.twoarm.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** Gives a command line to the machine's own shell, as an SSH server does; a closed channel only closes its input. */
final class ShellCommand implements Command {
    private final String line;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Process process;

    ShellCommand(String line) {
        this.line = line;
    }

    @Override
    public void start(ChannelSession channel, Environment env) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", line).start();
        Thread.ofVirtual().start(() -> pump(in, process.getOutputStream()));
        CompletableFuture<Void> output = pumping(process.getInputStream(), out);
        CompletableFuture<Void> errors = pumping(process.getErrorStream(), err);
        process.onExit().thenAcceptBoth(output.thenCombine(errors, (a, b) -> a), (ended, drained) -> {
            int status = ended.exitValue();
            exit.onExit(status);
        });
    }

    private static CompletableFuture<Void> pumping(InputStream from, OutputStream to) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            pump(from, to);
            done.complete(null);
        });
        return done;
    }

    private static void pump(InputStream from, OutputStream to) {
        try (to) {
            byte[] buffer = new byte[1 << 15];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            // One of the two ends went away; the other learns it by the end of its stream.
        }
    }

    @Override
    public void destroy(ChannelSession channel) throws IOException {
        if (process != null) {
            process.getOutputStream().close();
        }
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
