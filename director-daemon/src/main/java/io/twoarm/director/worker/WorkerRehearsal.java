package io.twoarm.director.worker;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.port.PacketProcessor;
import java.util.List;

/** Turns of a worker whose port and processor do nothing, so that the loop itself is compiled before the first packet. */
public final class WorkerRehearsal {
    private static final int TURNS = 20_000;
    /** Among so many turns, a few are idle and sleep, and one has a command to do; the others find packets. */
    private static final int CYCLE = 256;

    private static final int IDLE = 3;

    private WorkerRehearsal() {}

    /** Takes some ten milliseconds. */
    public static void run(NativeMemory memory) {
        Turns turns = new Turns();
        Worker worker = new Worker("rehearsal", List.of(new Port()), turns, memory, List.of(), false, Mailbox.NONE);
        turns.worker = worker;
        worker.run();
    }

    private static final class Turns implements PacketProcessor {
        private Worker worker;
        private int count;

        @Override
        public void process(int port, long burst, int received, long nowMicros) {
            // There are no packets.
        }

        @Override
        public int tick(long nowMicros) {
            if (++count == TURNS) {
                worker.stop();
            } else if (count % CYCLE == 0) {
                worker.submit(_ -> {});
            }
            return count % CYCLE < IDLE ? 0 : 1;
        }
    }

    private static final class Port implements PacketPort {
        private int count;

        @Override
        public String name() {
            return "rehearsal";
        }

        @Override
        public long macAddress() {
            return 0;
        }

        @Override
        public int mtu() {
            return 0;
        }

        @Override
        public int receive(long burst, int max) {
            return ++count % CYCLE < IDLE ? 0 : max;
        }

        @Override
        public int transmit(long burst, int count) {
            return count;
        }
    }
}
