package io.twoarm.director.dpdk;

import io.twoarm.director.linux.LinePipe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** DPDK's own log: its lines go to a sink, and the last ones are kept for error messages. */
public final class EalLog {
    private static final int KEPT_LINES = 40;
    private static final long DRAIN_MILLIS = 500;
    private static final List<String> EVERY_START =
            List.of("EAL: Detected ", "EAL: Selected IOVA", "EAL: Physical addresses are unavailable");

    private final LinePipe pipe = new LinePipe();
    private final Deque<String> last = new ArrayDeque<>();
    private final Consumer<String> sink;

    /** @param sink gets every line, on the thread that runs {@link #forward} */
    public EalLog(Consumer<String> sink) {
        this.sink = sink;
    }

    /** Carries lines to the sink until the process ends; for a thread of its own. */
    public void forward() {
        pipe.forwardTo(line -> {
            synchronized (last) {
                if (last.size() == KEPT_LINES) {
                    last.removeFirst();
                }
                last.addLast(line);
            }
            sink.accept(line);
        });
    }

    /** Makes DPDK write here. To be called before EAL starts. */
    void attach(Dpdk dpdk) {
        int result = (int) dpdk.function("rte_openlog_stream").call(pipe.stream());
        if (result != 0) {
            throw new IllegalStateException("rte_openlog_stream: " + result);
        }
    }

    /** The last lines that DPDK wrote up to now, oldest first, without those that every start has. */
    List<String> telling() {
        pipe.drain(DRAIN_MILLIS);
        synchronized (last) {
            return last.stream()
                    .filter(line -> EVERY_START.stream().noneMatch(line::startsWith))
                    .toList();
        }
    }
}
