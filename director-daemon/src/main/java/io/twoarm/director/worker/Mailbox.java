package io.twoarm.director.worker;

import io.twoarm.director.port.PacketProcessor;

/** What other workers have for a worker. All but {@link #whenNeeded} is called by the worker's thread. */
public interface Mailbox {
    /** Of a worker without others. */
    Mailbox NONE = new Mailbox() {
        @Override
        public int work(PacketProcessor processor, long nowMicros) {
            return 0;
        }

        @Override
        public boolean fallAsleep() {
            return true;
        }

        @Override
        public void wakeUp() {
            // Nobody gives anything.
        }

        @Override
        public void whenNeeded(Runnable wake) {
            // Nobody gives anything.
        }
    };

    /**
     * Does what has come.
     *
     * @return how much that was
     */
    int work(PacketProcessor processor, long nowMicros);

    /** The worker is about to sleep. @return whether it may; false when something has come meanwhile */
    boolean fallAsleep();

    /** The worker is awake again. */
    void wakeUp();

    /** What others are to do when they have something and the worker sleeps. Before the worker's first turn. */
    void whenNeeded(Runnable wake);
}
