package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** What the worker allocates on the heap while connections begin, end and expire without a pause. */
final class Allocation {
    /** Garbage collectors. */
    enum Collector {
        /** The daemon's own. */
        Z("Z", "512m"),
        /** None: what is allocated is never given back, and the process ends when the heap is full. */
        EPSILON("Epsilon", "128m");

        private final String name;
        private final String heap;

        Collector(String name, String heap) {
            this.name = name;
            this.heap = heap;
        }
    }

    /**
     * @param seconds that were watched
     * @param packets that were forwarded meanwhile
     * @param atStart bytes that the worker had allocated before, at the start and until all is compiled
     * @param bytes that the worker allocated meanwhile, to within the resolution
     * @param resolution of the virtual machine's counter, in bytes
     */
    record Result(Collector collector, long seconds, long packets, long atStart, long bytes, long resolution) {}

    /** Code that is not compiled yet makes objects that compiled code does without; beside other load that takes a while. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final int SESSIONS = 4_194_303;
    private static final String WORKER = "worker-0";

    private final Workplace workplace;
    private final Duration duration;
    private final Consumer<String> progress;

    Allocation(Workplace workplace, Duration duration, Consumer<String> progress) {
        this.workplace = workplace;
        this.duration = duration;
        this.progress = progress;
    }

    Result measure(Collector collector) throws IOException, InterruptedException {
        progress.accept("%s: %d s".formatted(collector, duration.toSeconds()));
        workplace.choose(collector.name);
        workplace.chooseHeap(collector.heap);
        Path socket = workplace.folder().resolve("generator.sock");
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, true);
        try (GeneratorProcess generator = GeneratorProcess.start(
                        workplace.folder(), socket, "connections", Generator.Pattern.CLOSED.name());
                BenchDirector director = BenchDirector.start(
                        workplace.home(), workplace.folder(), Source.generator(socket, SESSIONS), configuration)) {
            Thread.sleep(WARM_UP);
            long packets = director.forwarded();
            ThreadAllocation before = ThreadAllocation.of(director.pid(), WORKER);
            Thread.sleep(duration);
            ThreadAllocation after = ThreadAllocation.of(director.pid(), WORKER);
            packets = director.forwarded() - packets;
            generator.check();
            if (packets == 0) {
                throw new IOException("no packet was forwarded; the counters say: " + director.account());
            }
            return new Result(
                    collector,
                    duration.toSeconds(),
                    packets,
                    before.bytes(),
                    after.bytes() - before.bytes(),
                    after.resolution());
        }
    }
}
