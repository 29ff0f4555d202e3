package io.twoarm.director.worker;

import io.twoarm.director.linux.DescriptorWait;
import io.twoarm.director.linux.NativeThread;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.port.PacketProcessor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One core's work: takes bursts from its ports and hands them to its processor, again and again. Made and run on the
 * worker's own thread; {@link #submit}, {@link #call}, {@link #stop} and {@link #status} are for others.
 */
public final class Worker {
    private static final int BURST = 32;
    private static final long WAKE_PRECISION_NANOS = 1000;

    private final String name;
    private final PacketPort[] ports;
    private final PacketProcessor processor;
    private final long burst;
    private final int threadId = NativeThread.currentId();
    private final CommandQueue commands = new CommandQueue();
    private final DutyCycle dutyCycle = new DutyCycle();
    private final DescriptorWait wait;
    private final IdleRest rest;
    private final Mailbox mailbox;
    private volatile boolean running = true;

    /**
     * @param name the thread's name
     * @param memory for the burst's array
     * @param wakeUps descriptors that become readable when a packet arrives
     * @param portsWake whether {@code wakeUps} covers all ports
     * @param mailbox what other workers have for this one
     */
    public Worker(
            String name,
            List<PacketPort> ports,
            PacketProcessor processor,
            NativeMemory memory,
            List<Integer> wakeUps,
            boolean portsWake,
            Mailbox mailbox) {
        this.mailbox = mailbox;
        this.name = name;
        this.ports = ports.toArray(PacketPort[]::new);
        this.processor = processor;
        burst = memory.allocate(8L * BURST, 64);
        wait = new DescriptorWait(wakeUps);
        rest = new IdleRest(wait, portsWake, mailbox);
        mailbox.whenNeeded(wait::wake);
    }

    /** The clock of the packet path, in microseconds; it starts anywhere and never goes back. */
    public static long nowMicros() {
        return System.nanoTime() / 1000;
    }

    /** Works until {@link #stop}. */
    public void run() {
        NativeThread.setTimerSlack(WAKE_PRECISION_NANOS);
        try {
            long start = System.nanoTime();
            while (running) {
                boolean busy = turn(start / 1000);
                long end = System.nanoTime();
                dutyCycle.turn(end - start, busy);
                start = end;
                if (busy) {
                    rest.worked(end);
                } else {
                    if (rest.rest(end)) {
                        dutyCycle.slept();
                    }
                    start = System.nanoTime();
                }
            }
        } finally {
            running = false;
            wait.close();
        }
    }

    private boolean turn(long nowMicros) {
        int done = 0;
        for (int i = 0; i < ports.length; i++) {
            int received = ports[i].receive(burst, BURST);
            if (received > 0) {
                processor.process(i, burst, received, nowMicros);
                done += received;
            }
        }
        done += mailbox.work(processor, nowMicros);
        done += processor.tick(nowMicros);
        return commands.runOne(nowMicros) || done > 0;
    }

    /**
     * Has the worker do something soon.
     *
     * @throws RejectedExecutionException when too many commands wait already, or the worker has stopped
     */
    public void submit(WorkerCommand command) {
        if (!running || !commands.offer(command)) {
            throw new RejectedExecutionException(name + " takes no commands now");
        }
        wait.wake();
    }

    /** Has the worker compute something. */
    public <T> CompletableFuture<T> call(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        submit(nowMicros -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Lets the loop end after its present turn. */
    public void stop() {
        running = false;
        wait.wake();
    }

    public WorkerStatus status() {
        return dutyCycle.status(name, threadId);
    }
}
