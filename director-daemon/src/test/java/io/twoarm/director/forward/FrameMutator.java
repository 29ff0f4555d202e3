package io.twoarm.director.forward;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes frames at random, in up to three places, and makes some of them right again where a first check would stop them. */
final class FrameMutator {
    private static final int MOST_CHANGES = 3;
    /** Headers lie here; what is behind is hardly ever looked at. */
    private static final int INTERESTING = 110;

    private static final int LONGEST = 1600;
    private static final int[] EDGES = {0, 1, 0x7fff, 0x8000, 0xffff, 20, 40, 0x4000, 0x2000, 0x1fff};

    private final RandomGenerator random;

    FrameMutator(RandomGenerator random) {
        this.random = random;
    }

    /** A changed copy; sometimes an unchanged one. */
    byte[] mutate(byte[] original, List<byte[]> others) {
        byte[] frame = original.clone();
        int changes = random.nextInt(MOST_CHANGES + 1);
        for (int i = 0; i < changes; i++) {
            frame = change(frame, others);
        }
        if (frame.length > Director.ETHERNET && frame[12] == 0x08 && random.nextInt(3) > 0) {
            Corrections.headerChecksum(frame);
        }
        if (random.nextInt(3) == 0) {
            Corrections.transportChecksum(frame);
        }
        return frame;
    }

    private byte[] change(byte[] frame, List<byte[]> others) {
        int at = random.nextInt(Math.min(frame.length, INTERESTING));
        switch (random.nextInt(9)) {
            case 0, 1 -> frame[at] = (byte) random.nextInt();
            case 2, 3 -> frame[at] ^= (byte) (1 << random.nextInt(8));
            case 4 -> {
                int edge = EDGES[random.nextInt(EDGES.length)];
                if (at + 1 < frame.length) {
                    frame[at] = (byte) (edge >> 8);
                    frame[at + 1] = (byte) edge;
                }
            }
            case 5 -> {
                return Arrays.copyOf(frame, Math.max(1, frame.length - random.nextInt(40)));
            }
            case 6 -> {
                return Arrays.copyOf(frame, Math.min(LONGEST, frame.length + random.nextInt(24)));
            }
            case 7 -> {
                return spliced(frame, others.get(random.nextInt(others.size())), at);
            }
            default -> {
                byte other = frame[random.nextInt(frame.length)];
                frame[at] = other;
            }
        }
        return frame;
    }

    /** The beginning of one frame and the end of another. */
    private static byte[] spliced(byte[] frame, byte[] other, int at) {
        if (at >= other.length) {
            return frame;
        }
        byte[] joined = Arrays.copyOf(frame, other.length);
        System.arraycopy(other, at, joined, at, other.length - at);
        return joined;
    }
}
