package io.twoarm.bench;

import io.twoarm.director.linux.NativeThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How often the worker of a director under full load leaves its packets alone for more than a millisecond, with the
 * director otherwise left in peace, asked without end, and reloaded over and over. In turn with it, while the director is stopped, a
 * loop that does nothing but read the clock has the worker's CPU: what it misses, the machine took. All else has the other CPU.
 */
final class Jitter {
    /** What else the director has to do. */
    enum Load {
        NOTHING,
        CONTROL,
        RELOAD
    }

    /** Garbage collectors. */
    enum Collector {
        Z,
        SERIAL,
        PARALLEL,
        G1
    }

    /**
     * @param workerGaps turns of the worker of more than a millisecond
     * @param hostGaps such gaps of the idle loop
     * @param longestHostGap nanoseconds
     * @param requests that the director answered meanwhile
     */
    record Result(Load load, long workerGaps, long hostGaps, long longestHostGap, long requests) {}

    private static final long GAP_NANOS = 1_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    static final Duration TURN = Duration.ofSeconds(5);
    /** After the director was stopped: the turn in which its worker was is a long one, and over by then. */
    private static final Duration RESUMED = Duration.ofMillis(100);

    private static final int WORKERS_CPU = 1;
    private static final int OTHER_CPU = 0;
    private static final Traffic TRAFFIC =
            new Traffic(Mode.FULLNAT44, Traffic.Protocol.TCP, 1_000, Traffic.Order.RANDOM, 60);
    private static final List<String> QUESTIONS =
            List.of("status", "counters", "sessions 1000", "services", "neighbours", "ports");

    private final Workplace workplace;
    private final Duration duration;
    private final Consumer<String> progress;

    Jitter(Workplace workplace, Duration duration, Consumer<String> progress) {
        this.workplace = workplace;
        this.duration = duration;
        this.progress = progress;
    }

    List<Result> measure(Collector collector) throws IOException, InterruptedException {
        Path capture = workplace.folder().resolve("traffic.pcap");
        CaptureWriter.write(TRAFFIC, capture);
        workplace.choose(
                collector.name().charAt(0) + collector.name().substring(1).toLowerCase(Locale.ROOT));
        DirectorConfiguration configuration =
                new DirectorConfiguration(TRAFFIC.mode(), TRAFFIC.protocol(), false, false);
        List<Result> results = new ArrayList<>();
        try (BenchDirector director = BenchDirector.start(
                workplace.home(), workplace.folder(), Source.capture(capture, TRAFFIC), configuration)) {
            leaveWorkersCpu();
            Thread.sleep(WARM_UP);
            for (Load load : Load.values()) {
                progress.accept("%s, %s: %d s".formatted(collector, load, duration.toSeconds()));
                results.add(observe(director, load));
            }
        } finally {
            Files.delete(capture);
        }
        return results;
    }

    private Result observe(BenchDirector director, Load load) throws IOException, InterruptedException {
        long workerGaps = 0;
        long requests = 0;
        long hostGaps = 0;
        long longestHostGap = 0;
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (long turn = 0; turn < duration.dividedBy(TURN); turn++) {
                long before = director.longTurns();
                requests += threads.submit(() -> keepBusy(director, load)).get();
                workerGaps += director.longTurns() - before;
                director.stop();
                try {
                    Future<?> other = threads.submit(() -> compute(load));
                    long[] gaps = threads.submit(Jitter::idle).get();
                    hostGaps += gaps[0];
                    longestHostGap = Math.max(longestHostGap, gaps[1]);
                    other.get();
                } finally {
                    director.goOn();
                }
                Thread.sleep(RESUMED);
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        return new Result(load, workerGaps, hostGaps, longestHostGap, requests);
    }

    /** For this program and its compiler; the director was started before. */
    private static void leaveWorkersCpu() {
        NativeThread.bind(0, cpu(OTHER_CPU));
        NativeThread.bindOthers(cpu(OTHER_CPU));
    }

    private static BitSet cpu(int number) {
        BitSet cpus = new BitSet();
        cpus.set(number);
        return cpus;
    }

    private static long[] idle() {
        NativeThread.bind(0, cpu(WORKERS_CPU));
        long gaps = 0;
        long longest = 0;
        long last = System.nanoTime();
        long end = last + TURN.toNanos();
        while (last < end) {
            long now = System.nanoTime();
            if (now - last > GAP_NANOS) {
                gaps++;
            }
            longest = Math.max(longest, now - last);
            last = now;
        }
        return new long[] {gaps, longest};
    }

    /** The other CPU has as much to do as in the worker's turns. */
    private static void compute(Load load) {
        long end = System.nanoTime() + TURN.toNanos();
        while (load != Load.NOTHING && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static long keepBusy(BenchDirector director, Load load) throws IOException {
        long end = System.nanoTime() + TURN.toNanos();
        long requests = 0;
        while (System.nanoTime() < end) {
            if (load == Load.NOTHING) {
                LockSupport.parkNanos(end - System.nanoTime());
                continue;
            }
            if (load == Load.CONTROL) {
                director.ask(QUESTIONS.get((int) (requests % QUESTIONS.size())));
            } else {
                director.reloadWith(requests % 2 == 0 ? "wrr" : "rr");
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            requests++;
        }
        return requests;
    }
}
