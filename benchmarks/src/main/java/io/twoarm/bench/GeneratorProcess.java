package io.twoarm.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A running {@link Generator}. */
record GeneratorProcess(Process process, Path log) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param play the generator's arguments after the socket */
    static GeneratorProcess start(Path folder, Path socket, String... play) throws IOException {
        Files.deleteIfExists(socket);
        Path log = folder.resolve("generator.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // So that it does not stall at the first packet that comes back, which is when the director is watched.
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:PerMethodTrapLimit=0",
                "-XX:PerBytecodeTrapLimit=0",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Generator.class.getName(),
                socket.toString()));
        command.addAll(List.of(play));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        GeneratorProcess generator = new GeneratorProcess(process, log);
        try {
            generator.await("ready");
            return generator;
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Waits until it has said something. */
    void await(String text) throws IOException {
        await(text, PATIENCE);
    }

    /** Waits until it has said something, for so long at most. */
    void await(String text, Duration patience) throws IOException {
        long limit = System.nanoTime() + patience.toNanos();
        while (!Files.readString(log).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IOException("the generator did not say \"" + text + "\"; it said:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** @throws IOException when it has ended */
    void check() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the generator ended; it said:\n" + Files.readString(log));
        }
    }

    /** Waits for its end; returns its last line. */
    String result() throws IOException, InterruptedException {
        if (!process.waitFor(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("the generator failed; it said:\n" + Files.readString(log));
        }
        return Files.readAllLines(log).getLast();
    }

    @Override
    public void close() throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            input.flush();
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
