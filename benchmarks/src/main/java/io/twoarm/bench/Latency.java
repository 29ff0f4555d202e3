package io.twoarm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Round trips, requests and connections through a director on virtual wires, beside the kernel's own ways. */
final class Latency {
    /** A way from client to realserver. */
    enum Way {
        ROUTES("kernel routes"),
        NFTABLES("nftables DNAT+SNAT"),
        DIRECTOR_ON_AF_PACKET("director, af_packet"),
        DIRECTOR_ON_AF_XDP("director, af_xdp");

        final String description;

        Way(String description) {
            this.description = description;
        }
    }

    /**
     * Times of a message and its echo in microseconds; messages a second on 32 connections at once; connections a second, 32
     * at once, with a message each; the same one after the other.
     */
    record Result(
            double median,
            double p99,
            double p999,
            double greatest,
            double requests,
            double connections,
            double sequence) {
        private static final Pattern LINE = Pattern.compile(
                "p50 (\\S+) p99 (\\S+) p999 (\\S+) max (\\S+) requests (\\S+) connections (\\S+) sequence (\\S+)");

        static Result of(String line) throws IOException {
            Matcher match = LINE.matcher(line.strip());
            if (!match.matches()) {
                throw new IOException("the client did not finish; it said:\n" + line);
            }
            double[] values = new double[7];
            for (int i = 0; i < values.length; i++) {
                values[i] = Double.parseDouble(match.group(i + 1));
            }
            return new Result(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Workplace workplace;
    private final int rounds;
    private final int seconds;
    private final int neighbours;
    private final Consumer<String> progress;

    /**
     * @param seconds of each part of a measurement
     * @param neighbours programs that want a whole CPU each, beside all others
     */
    Latency(Workplace workplace, int rounds, int seconds, int neighbours, Consumer<String> progress) {
        this.workplace = workplace;
        this.rounds = rounds;
        this.seconds = seconds;
        this.neighbours = neighbours;
        this.progress = progress;
    }

    Map<Way, List<Result>> measure() throws IOException, InterruptedException {
        Map<Way, List<Result>> results = new LinkedHashMap<>();
        List<Process> others = new ArrayList<>();
        try (Wires wires = Wires.up()) {
            Process server = server();
            others.add(server);
            for (int i = 0; i < neighbours; i++) {
                others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            for (int round = 1; round <= rounds; round++) {
                for (Way way : Way.values()) {
                    progress.accept("%s: round %d of %d".formatted(way.description, round, rounds));
                    results.computeIfAbsent(way, _ -> new ArrayList<>()).add(through(wires, way));
                }
            }
        } finally {
            others.forEach(Process::destroyForcibly);
        }
        return results;
    }

    private Result through(Wires wires, Way way) throws IOException, InterruptedException {
        switch (way) {
            case ROUTES -> {
                wires.route();
                return client(Wire.text(Wire.FIRST_REALSERVER));
            }
            case NFTABLES -> {
                wires.translate();
                Result result = client(Wire.text(Wire.VIP));
                wires.release();
                return result;
            }
            case DIRECTOR_ON_AF_PACKET -> {
                return director("net_af_packet", ",qdisc_bypass=0,blocksz=4096,framesz=2048,framecnt=512");
            }
            case DIRECTOR_ON_AF_XDP -> {
                return director("net_af_xdp", "");
            }
        }
        throw new IllegalStateException();
    }

    private Result director(String driver, String options) throws IOException, InterruptedException {
        try (BenchDirector _ = BenchDirector.startOnWires(workplace.home(), workplace.folder(), driver, options)) {
            return client(Wire.text(Wire.VIP));
        }
    }

    private Process server() throws IOException {
        Path log = workplace.folder().resolve("server.log");
        Process process = new ProcessBuilder(
                        Wires.inside(Wires.REALSERVER, java(EchoServer.class, "" + Wire.SERVICE_PORT)))
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

    private Result client(String address) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Wires.inside(
                        Wires.CLIENT, java(EchoClient.class, address, "" + Wire.SERVICE_PORT, "" + seconds)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Result.of(said);
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
