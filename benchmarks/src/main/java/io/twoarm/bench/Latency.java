package io.twoarm.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            others.add(EchoPrograms.server(workplace.folder()));
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
                return director(Wires.Driver.AF_PACKET);
            }
            case DIRECTOR_ON_AF_XDP -> {
                return director(Wires.Driver.AF_XDP);
            }
        }
        throw new IllegalStateException();
    }

    private Result director(Wires.Driver driver) throws IOException, InterruptedException {
        try (BenchDirector _ = BenchDirector.startOnWires(workplace.home(), workplace.folder(), driver)) {
            return client(Wire.text(Wire.VIP));
        }
    }

    private Result client(String address) throws IOException, InterruptedException {
        return Result.of(EchoPrograms.client(address, "" + seconds));
    }
}
