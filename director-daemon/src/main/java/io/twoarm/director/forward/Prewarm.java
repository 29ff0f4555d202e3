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
    private static final int MOST_ROUNDS = 1000;

    private Prewarm() {}

    /**
     * What was done.
     *
     * @param rounds how often all kinds happened
     * @param packets packets altogether
     * @param time how long it took
     */
    public record Result(int rounds, long packets, Duration time) {}

    /**
     * Runs whole rounds until the time is over, at least three. The memory, some 4 MB, stays taken.
     *
     * @param atLeast how long; 300 ms are enough for a machine that has nothing else to do
     */
    public static Result run(NativeMemory memory, Duration atLeast) {
        long start = System.nanoTime();
        List<PrewarmScene> scenes = PrewarmScene.all(memory);
        int rounds = 0;
        while (rounds < scenes.size() || rounds < MOST_ROUNDS && System.nanoTime() - start < atLeast.toNanos()) {
            round(scenes.get(rounds % scenes.size()));
            rounds++;
        }
        long packets = scenes.stream().mapToLong(PrewarmScene::packets).sum();
        return new Result(rounds, packets, Duration.ofNanos(System.nanoTime() - start));
    }

    static void round(PrewarmScene scene) {
        for (PrewarmKind kind : PrewarmKind.values()) {
            kind.happen(scene);
        }
    }
}
