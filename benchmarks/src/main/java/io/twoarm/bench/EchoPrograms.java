package io.twoarm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An {@link EchoServer} at one end of {@link Wires}, {@link EchoClient}s at the other. */
final class EchoPrograms {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private EchoPrograms() {}

    /** Starts a server and waits until it listens. */
    static Process server(Wires wires, Path folder) throws IOException {
        Path log = folder.resolve("server.log");
        Process process = new ProcessBuilder(
                        Wires.inside(wires.realserver(), java(EchoServer.class, "" + Wire.SERVICE_PORT)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("ready")) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                process.destroyForcibly();
                throw new IOException("the server did not start; it said:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(5_000_000);
        }
        return process;
    }

    /**
     * Runs a client to its end.
     *
     * @param play its arguments after the port
     * @return what it said
     */
    static String client(Wires wires, String address, String... play) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(address, "" + Wire.SERVICE_PORT));
        arguments.addAll(List.of(play));
        Process process = new ProcessBuilder(
                        Wires.inside(wires.client(), java(EchoClient.class, arguments.toArray(String[]::new))))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return said;
    }

    /** Starts a client that measures what it is told to on its standard input. */
    static Process dialogue(Wires wires, String address, Path log) throws IOException {
        return new ProcessBuilder(Wires.inside(wires.client(), java(EchoClient.class, address, "" + Wire.SERVICE_PORT)))
                .redirectError(log.toFile())
                .start();
    }

    private static List<String> java(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
