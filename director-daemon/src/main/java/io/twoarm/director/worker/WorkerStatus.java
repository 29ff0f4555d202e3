package io.twoarm.director.worker;

/**
 * @param name of the thread
 * @param threadId the kernel's number of the thread
 * @param turns of the loop since start
 * @param busyTurns those that found something to do
 * @param sleeps how often the worker slept
 * @param longestTurnNanos longest turn since start
 * @param longTurns turns of more than a millisecond
 */
public record WorkerStatus(
        String name, int threadId, long turns, long busyTurns, long sleeps, long longestTurnNanos, long longTurns) {}
