package io.twoarm.director.forward;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import java.time.Duration;

/**
 * Runs packets of every kind through a director of their own before the real one opens its ports, so that classes are loaded
 * and the code is compiled. The launcher tells the compiler to keep branches that it has not seen: otherwise the first
 * packet of a new kind would throw compiled code away, and whatever class of port the real one is would do so, too.
 */
public final class Prewarm {
    /** Half a packet's time at a million packets a second: what the compiler's best code keeps within on slow machines too. */
    private static final long FAST_NANOS = 500;

    /** Buffers that are used at a time, at most. */
    public static final int BUFFERS = PrewarmScene.BUFFERS;

    /** So many loads must be fast: meanwhile the compiler makes the best of what else a busy director runs. */
    private static final int FAST_LOADS = 30;

    private final PrewarmScene scene;

    /** @param memory of which it takes some 4 MB, which stay taken */
    public Prewarm(NativeMemory memory) {
        this(new PrewarmScene(memory));
    }

    /**
     * With buffers of DPDK: compiled code looks for a method when it calls it on an object of another class for the first time,
     * which takes 40 microseconds and more.
     *
     * @param memory of which it takes some 4 MB, which stay taken
     * @param buffers at least {@link #BUFFERS}, for nobody else
     */
    public Prewarm(NativeMemory memory, BufferPool buffers) {
        this(new PrewarmScene(memory, buffers));
    }

    Prewarm(PrewarmScene scene) {
        this.scene = scene;
    }

    /**
     * What was done.
     *
     * @param packets packets altogether
     * @param time how long it took
     * @param nanosPerPacket what a packet under load cost at the end, with the making of it
     */
    public record Result(long packets, Duration time, long nanosPerPacket) {}

    /**
     * Lets every kind happen, then loads the scene until that is fast.
     *
     * @param atMost when to stop if it does not become fast
     */
    public Result run(Duration atMost) {
        long start = System.nanoTime();
        round(scene);
        long nanos = 0;
        for (int fast = 0; fast < FAST_LOADS && System.nanoTime() - start < atMost.toNanos(); ) {
            nanos = PrewarmLoad.run(scene);
            fast += nanos < FAST_NANOS ? 1 : 0;
        }
        return new Result(scene.packets(), Duration.ofNanos(System.nanoTime() - start), nanos);
    }

    /** Lets every kind happen once more, but what fills tables: that takes long, and later kinds would find no room. */
    public void again() {
        for (PrewarmKind kind : PrewarmKind.values()) {
            if (kind != PrewarmKind.FULL_TABLES) {
                kind.happen(scene);
            }
        }
    }

    static void round(PrewarmScene scene) {
        for (PrewarmKind kind : PrewarmKind.values()) {
            kind.happen(scene);
        }
    }
}
