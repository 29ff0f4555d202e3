package io.twoarm.director.worker;

/** Something that a worker does between two bursts, on its own thread. It must be short: packets wait meanwhile. */
@FunctionalInterface
public interface WorkerCommand {

    /** @param nowMicros the worker's clock in microseconds */
    void execute(long nowMicros);
}
