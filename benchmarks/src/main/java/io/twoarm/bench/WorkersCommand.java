package io.twoarm.bench;

import io.twoarm.director.share.Toeplitz;
import io.twoarm.director.share.WorkerShare;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench workers}. */
@Command(
        name = "workers",
        description = {
            "What a packet of an established session costs one worker, and what it costs several that each have a CPU and a",
            "queue of the port with their own clients only, so that no packet changes hands. FullNAT44, TCP."
        },
        mixinStandardHelpOptions = true)
final class WorkersCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int SLICES = 5;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--workers",
            split = ",",
            defaultValue = "1,2",
            description = "Numbers of workers, with commas between. Default: ${DEFAULT-VALUE}.")
    private List<Integer> workers;

    @Option(names = "--flows", defaultValue = "10000", description = "Flows of all. Default: ${DEFAULT-VALUE}.")
    private int flows;

    /** An entry for each slice: nanoseconds of a worker for a packet; millions of packets per second of all. */
    private record Cost(Figures nanos, Figures rate) {}

    @Override
    public Integer call() throws Exception {
        int most = Math.min(WorkerShare.MOST, Runtime.getRuntime().availableProcessors());
        for (int number : workers) {
            if (number < 1 || number > most) {
                throw new CommandLine.ParameterException(
                        common.spec.commandLine(),
                        "--workers: found %d, allowed are 1 to %d, one for each CPU".formatted(number, most));
            }
        }
        List<String> json = new ArrayList<>();
        try (Workplace workplace = Workplace.of(common.bundle)) {
            for (int number : workers) {
                Cost cost = new Cost(new Figures(), new Figures());
                for (int round = 1; round <= common.rounds; round++) {
                    common.progress("%d workers: round %d of %d".formatted(number, round, common.rounds));
                    measure(workplace, number, cost);
                }
                print(number, cost);
                json.add("{\"workers\":%d,\"flows\":%d,\"worker_ns\":%.2f,\"mpps_per_cpu_seconds\":%.2f,\"mpps\":%.2f}"
                        .formatted(
                                number,
                                flows,
                                cost.nanos.median(),
                                number * 1_000 / cost.nanos.median(),
                                cost.rate.median()));
            }
        }
        common.write(json);
        return 0;
    }

    private void measure(Workplace workplace, int number, Cost cost) throws IOException, InterruptedException {
        Traffic traffic = new Traffic(
                Mode.FULLNAT44,
                Traffic.Protocol.TCP,
                flows,
                Traffic.Order.RANDOM,
                Traffic.leastFrame(Mode.FULLNAT44, Traffic.Protocol.TCP));
        List<Path> files = new ArrayList<>();
        for (int worker = 0; worker < number; worker++) {
            WorkerShare share = new WorkerShare(worker, number);
            Path file = workplace.folder().resolve("queue" + worker + ".pcap");
            CaptureWriter.write(traffic, flow -> owner(share, flow) == share.worker(), file);
            files.add(file);
        }
        DirectorConfiguration configuration =
                new DirectorConfiguration(traffic.mode(), traffic.protocol(), false, false);
        try (BenchDirector director = BenchDirector.start(
                workplace.home(), workplace.folder(), Source.captures(files, traffic), configuration)) {
            List<ThreadTime> threads = new ArrayList<>();
            for (int worker = 0; worker < number; worker++) {
                threads.add(ThreadTime.named(director.pid(), "worker-" + worker));
            }
            Thread.sleep(WARM_UP);
            observe(director, threads, cost);
        }
    }

    /** The worker whose a client is: by its address and port, as the director has it. */
    static int owner(WorkerShare share, int flow) {
        return share.of(Toeplitz.ipv4(Wire.clientAddress(flow), 0, Wire.clientPort(flow), 0));
    }

    private static void observe(BenchDirector director, List<ThreadTime> threads, Cost cost)
            throws IOException, InterruptedException {
        long lost = director.lost();
        long packets = director.forwarded();
        long nanos = nanos(threads);
        long clock = System.nanoTime();
        for (int slice = 0; slice < SLICES; slice++) {
            Thread.sleep(SLICE);
            long packetsNow = director.forwarded();
            long nanosNow = nanos(threads);
            long clockNow = System.nanoTime();
            cost.nanos.add((double) (nanosNow - nanos) / (packetsNow - packets));
            cost.rate.add(1_000.0 * (packetsNow - packets) / (clockNow - clock));
            packets = packetsNow;
            nanos = nanosNow;
            clock = clockNow;
        }
        if (director.lost() != lost) {
            throw new IOException("packets were dropped; the figures would be of no use: " + director.account());
        }
    }

    private static long nanos(List<ThreadTime> threads) throws IOException {
        long sum = 0;
        for (ThreadTime thread : threads) {
            sum += thread.nanos();
        }
        return sum;
    }

    private void print(int number, Cost cost) {
        PrintWriter out = common.out();
        out.printf(
                "%d workers: %.1f ns of a worker for a packet, %.1f to %.1f; %.1f million per second of their CPU time, %.1f of the clock%n",
                number,
                cost.nanos.median(),
                cost.nanos.least(),
                cost.nanos.greatest(),
                number * 1_000 / cost.nanos.median(),
                cost.rate.median());
        out.flush();
    }
}
