package io.twoarm.director.capture;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.Mbuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * The frames of one port on their way from the worker to one reader. What the filter takes is copied; what has no room is
 * counted.
 *
 * <pre>
 *   record, in longs: captured bytes &lt;&lt; 32 | length of the frame; nanoseconds &lt;&lt; 1 | sent; the bytes, eight to a long
 * </pre>
 */
public final class FrameRing implements FrameTap {
    private static final int LONGS = 1 << 18;
    private static final int MASK = LONGS - 1;
    private static final int HEADER = 2;
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(FrameRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(FrameRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * A captured frame.
     *
     * @param nanos by {@link System#nanoTime}
     * @param length of the frame
     */
    public record Captured(long nanos, boolean sent, int length, byte[] bytes) {}

    private final FrameFilter filter;
    private final int bytesPerFrame;
    private final long[] ring = new long[LONGS];

    /** Written by the worker only. */
    private volatile long lost;

    @SuppressWarnings("unused") // by HEAD
    private volatile long head;

    @SuppressWarnings("unused") // by TAIL
    private volatile long tail;

    /** @param bytesPerFrame how much of each frame is copied */
    public FrameRing(FrameFilter filter, int bytesPerFrame) {
        this.filter = filter;
        this.bytesPerFrame = bytesPerFrame;
    }

    @Override
    public void see(long burst, int count, boolean sent) {
        long nanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.getLong(burst + 8L * i);
            long frame = Mbuf.data(mbuf);
            int length = Mbuf.length(mbuf);
            if (filter.takes(frame, length)) {
                add(frame, length, nanos << 1 | (sent ? 1 : 0));
            }
        }
    }

    private void add(long frame, int length, long when) {
        int captured = Math.min(length, bytesPerFrame);
        int longs = HEADER + (captured + 7) / 8;
        long at = (long) TAIL.get(this);
        if (at + longs - (long) HEAD.getAcquire(this) > LONGS) {
            lost = lost + 1;
            return;
        }
        ring[(int) at & MASK] = (long) captured << 32 | length;
        ring[(int) (at + 1) & MASK] = when;
        long to = at + HEADER;
        int whole = captured & ~7;
        for (int i = 0; i < whole; i += 8) {
            ring[(int) to++ & MASK] = Mem.getLong(frame + i);
        }
        if (whole < captured) {
            long rest = 0;
            for (int i = captured - 1; i >= whole; i--) {
                rest = rest << 8 | Mem.getByte(frame + i) & 0xff;
            }
            ring[(int) to & MASK] = rest;
        }
        TAIL.setRelease(this, at + longs);
    }

    /** Takes the oldest frame. Called by the reader. */
    public Optional<Captured> poll() {
        long at = (long) HEAD.get(this);
        if (at == (long) TAIL.getAcquire(this)) {
            return Optional.empty();
        }
        int captured = (int) (ring[(int) at & MASK] >>> 32);
        int length = (int) ring[(int) at & MASK];
        long when = ring[(int) (at + 1) & MASK];
        byte[] bytes = new byte[captured];
        for (int i = 0; i < captured; i++) {
            // Memory is little-endian on every machine that DPDK's x86 libraries run on.
            bytes[i] = (byte) (ring[(int) (at + HEADER + i / 8) & MASK] >>> 8 * (i % 8));
        }
        HEAD.setRelease(this, at + HEADER + (captured + 7) / 8);
        return Optional.of(new Captured(when >> 1, (when & 1) != 0, length, bytes));
    }

    /** Frames that had no room, since the beginning. */
    public long lost() {
        return lost;
    }
}
