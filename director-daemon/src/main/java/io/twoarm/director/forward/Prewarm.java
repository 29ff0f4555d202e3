package io.twoarm.director.forward;

import io.twoarm.director.memory.NativeMemory;
import java.time.Duration;
import java.util.List;

/**
 * Runs packets of every kind through a director of their own before the real one opens its ports, so that the code is
 * compiled with all its branches seen. Otherwise the first packets are slow, and the first of a new kind makes the compiler
 * start over.
 */
public final class Prewarm {
    /** Half a packet's time at a million packets a second: what the compiler's best code keeps within on slow machines too. */
    private static final long FAST_NANOS = 500;

    /** So many loads in a row must be fast, for the first fast one may be an accident of what the compiler does next. */
    private static final int FAST_LOADS = 8;

    /** Also where time is over before. */
    private static final int LEAST_LOADS = 12;

    /** Kinds come again now and then, so that code that is compiled meanwhile has met them. */
    private static final int LOADS_PER_ROUND = 4;

    private Prewarm() {}

    /**
     * What was done.
     *
     * @param rounds how often all kinds happened
     * @param packets packets altogether
     * @param time how long it took
     * @param nanosPerPacket what a packet under load cost at the end, with the making of it
     */
    public record Result(int rounds, long packets, Duration time, long nanosPerPacket) {}

    /**
     * Lets every kind happen, then loads the scenes until that is fast. The memory, some 4 MB, stays taken.
     *
     * @param atMost when to stop if it does not become fast
     */
    public static Result run(NativeMemory memory, Duration atMost) {
        long start = System.nanoTime();
        List<PrewarmScene> scenes = PrewarmScene.all(memory);
        round(scenes.getFirst());
        int rounds = 1;
        long nanos = 0;
        int fast = 0;
        for (int load = 1;
                load <= LEAST_LOADS || fast < FAST_LOADS && System.nanoTime() - start < atMost.toNanos();
                load++) {
            nanos = PrewarmLoad.run(scenes.get(load % scenes.size()));
            fast = nanos < FAST_NANOS ? fast + 1 : 0;
            if (load % LOADS_PER_ROUND == 0 && rounds < scenes.size()) {
                round(scenes.get(rounds++));
            }
        }
        long packets = scenes.stream().mapToLong(PrewarmScene::packets).sum();
        return new Result(rounds, packets, Duration.ofNanos(System.nanoTime() - start), nanos);
    }

    static void round(PrewarmScene scene) {
        for (PrewarmKind kind : PrewarmKind.values()) {
            kind.happen(scene);
        }
    }
}
