package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The CPU time of a director that gets no packets, and how long the first one takes after a rest. */
final class Idle {
    /** Where the director's ports are. */
    enum Ports {
        /** No director: the kernel between the same client and server. */
        KERNEL("kernel routes"),
        AF_PACKET("director, af_packet"),
        AF_XDP("director, af_xdp"),
        /** A driver that cannot wake the worker, which therefore looks by itself. */
        MEMORY("director, memif");

        final String description;

        Ports(String description) {
            this.description = description;
        }
    }

    /**
     * @param processPercent of one CPU, all threads of the director; 0 without a director
     * @param workerPercent of one CPU, its worker alone
     */
    record Result(double processPercent, double workerPercent, Rests rests) {}

    /** After it the director has rehearsed the rarest packets, and the compiler has done what the start left to it. */
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private static final int SESSIONS = 65_535;

    private final Workplace workplace;
    private final int rounds;
    private final Duration duration;
    private final int rests;
    private final Consumer<String> progress;

    /** @param rests how many packets are sent after a rest, each */
    Idle(Workplace workplace, int rounds, Duration duration, int rests, Consumer<String> progress) {
        this.workplace = workplace;
        this.rounds = rounds;
        this.duration = duration;
        this.rests = rests;
        this.progress = progress;
    }

    /** A way to send packets after rests. */
    private interface Traveller {
        Rests send() throws IOException, InterruptedException;
    }

    Map<Ports, List<Result>> measure() throws IOException, InterruptedException {
        Map<Ports, List<Result>> results = new LinkedHashMap<>();
        Process server = null;
        try (Wires wires = Wires.up("idle")) {
            server = EchoPrograms.server(wires, workplace.folder());
            for (int round = 1; round <= rounds; round++) {
                for (Ports ports : Ports.values()) {
                    progress.accept("%s: round %d of %d".formatted(ports.description, round, rounds));
                    results.computeIfAbsent(ports, _ -> new ArrayList<>()).add(on(ports, wires));
                }
            }
        } finally {
            if (server != null) {
                server.destroyForcibly();
            }
        }
        return results;
    }

    private Result on(Ports ports, Wires wires) throws IOException, InterruptedException {
        return switch (ports) {
            case KERNEL -> {
                wires.route();
                Rests routed = client(wires, Wire.FIRST_REALSERVER);
                wires.release();
                yield new Result(0, 0, routed);
            }
            case AF_PACKET -> onWires(wires, Wires.Driver.AF_PACKET);
            case AF_XDP -> onWires(wires, Wires.Driver.AF_XDP);
            case MEMORY -> onMemory();
        };
    }

    private Rests client(Wires wires, int address) throws IOException, InterruptedException {
        return Rests.of(EchoPrograms.client(wires, Wire.text(address), "rests", "" + rests));
    }

    private Result onWires(Wires wires, Wires.Driver driver) throws IOException, InterruptedException {
        try (BenchDirector director = BenchDirector.startOnWires(workplace.home(), workplace.folder(), wires, driver)) {
            return watch(director, () -> client(wires, Wire.VIP));
        }
    }

    private Result onMemory() throws IOException, InterruptedException {
        Path socket = workplace.folder().resolve("generator.sock");
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, false);
        try (GeneratorProcess generator = GeneratorProcess.start(workplace.folder(), socket, "rests", "" + rests);
                BenchDirector director = BenchDirector.start(
                        workplace.home(), workplace.folder(), Source.generator(socket, SESSIONS), configuration)) {
            return watch(director, () -> {
                generator.endInput();
                return Rests.of(generator.result());
            });
        }
    }

    private Result watch(BenchDirector director, Traveller traveller) throws IOException, InterruptedException {
        Thread.sleep(SETTLE);
        ProcessTime process = new ProcessTime(director.pid());
        long begin = System.nanoTime();
        long used = process.used().toNanos();
        long byWorker = director.worker().nanos();
        Thread.sleep(duration);
        used = process.used().toNanos() - used;
        byWorker = director.worker().nanos() - byWorker;
        double percent = 100.0 / (System.nanoTime() - begin);
        return new Result(used * percent, byWorker * percent, traveller.send());
    }
}
