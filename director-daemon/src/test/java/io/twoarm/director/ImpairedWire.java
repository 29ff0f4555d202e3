package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.linux.DescriptorWait;
import io.twoarm.director.linux.TapDevice;
import io.twoarm.director.memory.Mem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A wire that loses frames, brings some twice and some late, in both directions alike. It is a process between two TAP
 * interfaces, so it needs nothing of the kernel ({@code sch_netem} is missing in many), and the same seed makes the same
 * choices.
 */
final class ImpairedWire implements AutoCloseable {
    private static final int LONGEST_FRAME = 9216;
    private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int HELD_FRAMES = 3;

    /**
     * What becomes of frames, each in percent of those in one direction.
     *
     * @param loss are lost
     * @param twice come twice
     * @param late come behind the three that follow, or 5 ms late when none do
     */
    record Impairment(double loss, double twice, double late) {
        static final Impairment NONE = new Impairment(0, 0, 0);
    }

    /** Frames that it has lost, doubled and held back. */
    record Figures(long lost, long doubled, long late) {}

    private final Process process;

    private ImpairedWire(Process process) {
        this.process = process;
    }

    /** Joins two namespaces by such a wire; both of its ends are up when this returns. */
    static ImpairedWire connect(
            NetworkNamespace one,
            String oneInterface,
            NetworkNamespace other,
            String otherInterface,
            Impairment impairment,
            int seed,
            Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(one.wrapper());
        command.addAll(DirectorProcess.java());
        command.add(ImpairedWire.class.getName());
        command.addAll(List.of(oneInterface, otherInterface, Integer.toString(seed)));
        for (double share : new double[] {impairment.loss(), impairment.twice(), impairment.late()}) {
            command.add(Double.toString(share));
        }
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        ImpairedWire wire = new ImpairedWire(process);
        String said = process.inputReader().readLine();
        if (!"made".equals(said)) {
            wire.close();
            assertThat(said).as("the wire said:%n%s", Files.readString(log)).isEqualTo("made");
        }
        one.give(otherInterface, other);
        return wire;
    }

    /** Ends it. @return what it has done to the frames */
    Figures end() throws IOException {
        process.outputWriter().close();
        String[] words = process.inputReader().readLine().split(" ");
        return new Figures(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The wire's own process: two names of interfaces, a seed, three shares in percent. Ends with its input. */
    public static void main(String[] arguments) throws InterruptedException {
        Random seeds = new Random(Integer.parseInt(arguments[2]));
        double[] shares = new double[3];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Double.parseDouble(arguments[3 + i]) / 100;
        }
        long mac = 0x02_00_00_00_00_00L | seeds.nextLong() & 0xff_ffff_ff00L;
        try (TapDevice left = TapDevice.open(arguments[0], mac, 1500);
                TapDevice right = TapDevice.open(arguments[1], mac + 1, 1500);
                DescriptorWait wait = new DescriptorWait(List.of(left.descriptor(), right.descriptor()))) {
            Direction toRight = new Direction(left, right, new Random(seeds.nextLong()), shares);
            Direction toLeft = new Direction(right, left, new Random(seeds.nextLong()), shares);
            Thread end = Thread.ofPlatform().daemon().start(() -> {
                readAll();
                wait.wake();
            });
            System.out.println("made");
            while (end.isAlive()) {
                boolean held = toRight.pass() | toLeft.pass();
                wait.await(TimeUnit.MILLISECONDS.toNanos(held ? 1 : 1000));
            }
            System.out.println((toRight.lost + toLeft.lost) + " " + (toRight.doubled + toLeft.doubled) + " "
                    + (toRight.late + toLeft.late));
        }
    }

    private static void readAll() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is said, only the end counts.
            }
        } catch (IOException e) {
            // The parent is gone, which is an end too.
        }
    }

    /** One of the two. */
    private static final class Direction {
        private record Held(byte[] frame, long untilFrame, long untilNanos) {}

        private final TapDevice from;
        private final TapDevice to;
        private final Random random;
        private final double[] shares;
        private final long buffer = Arena.global().allocate(LONGEST_FRAME).address();
        private final Queue<Held> held = new ArrayDeque<>();
        private long frames;
        private long lost;
        private long doubled;
        private long late;

        Direction(TapDevice from, TapDevice to, Random random, double[] shares) {
            this.from = from;
            this.to = to;
            this.random = random;
            this.shares = shares;
        }

        /** Passes on what there is. @return whether frames are held back */
        boolean pass() {
            int bytes;
            while ((bytes = (int) from.read(buffer, LONGEST_FRAME)) > 0) {
                frames++;
                choose(bytes);
                release();
            }
            release();
            return !held.isEmpty();
        }

        private void choose(int bytes) {
            double choice = random.nextDouble();
            if (choice < shares[0]) {
                lost++;
            } else if (choice < shares[0] + shares[1]) {
                doubled++;
                to.write(buffer, bytes);
                to.write(buffer, bytes);
            } else if (choice < shares[0] + shares[1] + shares[2]) {
                late++;
                byte[] frame = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    frame[i] = Mem.getByte(buffer + i);
                }
                held.add(new Held(frame, frames + HELD_FRAMES, System.nanoTime() + HELD_NANOS));
            } else {
                to.write(buffer, bytes);
            }
        }

        private void release() {
            Held first = held.peek();
            while (first != null && (frames >= first.untilFrame() || System.nanoTime() - first.untilNanos() >= 0)) {
                for (int i = 0; i < first.frame().length; i++) {
                    Mem.putByte(buffer + i, first.frame()[i]);
                }
                to.write(buffer, first.frame().length);
                held.remove();
                first = held.peek();
            }
        }
    }
}
