package io.twoarm.director.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A bounded queue of commands to one worker. Senders take turns; the worker takes without a lock. */
final class CommandQueue {
    private static final int CAPACITY = 256;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(WorkerCommand[].class);

    private final WorkerCommand[] slots = new WorkerCommand[CAPACITY];
    private int tail;
    private int head;

    /**
     * For any thread but the worker.
     *
     * @return false when the queue is full
     */
    synchronized boolean offer(WorkerCommand command) {
        if (SLOTS.getAcquire(slots, tail) != null) {
            return false;
        }
        SLOTS.setRelease(slots, tail, command);
        tail = (tail + 1) % CAPACITY;
        return true;
    }

    /** For the worker: does the oldest command. @return whether there was one */
    boolean runOne(long nowMicros) {
        WorkerCommand command = (WorkerCommand) SLOTS.getAcquire(slots, head);
        if (command == null) {
            return false;
        }
        // With the type that offer() passes: another one would have to be linked when the first command comes.
        SLOTS.setRelease(slots, head, (WorkerCommand) null);
        head = (head + 1) % CAPACITY;
        command.execute(nowMicros);
        return true;
    }
}
