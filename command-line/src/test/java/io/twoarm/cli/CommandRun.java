package io.twoarm.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The {@code twoarm} command as a process of its own, as a user starts it. */
final class CommandRun implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;

    private final Process process;

    private CommandRun(Process process) {
        this.process = process;
    }

    /** How a command ended. */
    record Result(int status, String output) {}

    static CommandRun start(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(CommandJvm.command());
        command.addAll(List.of(arguments));
        return new CommandRun(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        try (CommandRun run = start(arguments)) {
            return run.finish();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Reads lines until one matches; what comes after stays to be read. */
    String await(Predicate<String> wanted) throws IOException {
        StringBuilder line = new StringBuilder();
        StringBuilder all = new StringBuilder();
        for (int b = process.getInputStream().read();
                b != -1;
                b = process.getInputStream().read()) {
            if (b != '\n') {
                line.append((char) b);
                continue;
            }
            if (wanted.test(line.toString())) {
                return line.toString();
            }
            all.append(line).append('\n');
            line.setLength(0);
        }
        throw new AssertionError("the command ended without the line waited for:\n" + all);
    }

    Result finish() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the command did not end; so far it said:\n" + output);
        }
        return new Result(process.exitValue(), output);
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
