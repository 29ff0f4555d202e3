package io.twoarm.director;

/** Makes all threads of the daemon. None of them keeps the process alive. */
final class DirectorThreads {
    private static final long WORKER_STACK_BYTES = 1 << 20;

    private DirectorThreads() {}

    /** A thread for control work. */
    static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().start(work);
    }

    /** Name of a worker, and of its thread. */
    static String workerName(int index) {
        return "worker-" + index;
    }

    /** The thread of a worker; its name is also the kernel's, of at most 15 characters. */
    static Thread startWorker(int index, Runnable work) {
        return Thread.ofPlatform()
                .name(workerName(index))
                .daemon()
                .stackSize(WORKER_STACK_BYTES)
                .start(work);
    }

    /** The thread that serves the kernel's twins of the ports. */
    static Thread startExchange(Runnable work) {
        return Thread.ofPlatform().name("kernel").daemon().start(work);
    }

    /** Runs {@code work} when the process ends in another way than by its orderly stop. */
    static void atExit(Runnable work) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("exit").unstarted(work));
    }
}
