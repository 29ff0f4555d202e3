package io.twoarm.director.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.PacketProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final long PATIENCE_SECONDS = 180;

    /** Has nothing to do, or fails. */
    private record Idle(boolean fails) implements PacketProcessor {
        @Override
        public void process(int port, long burst, int count, long nowMicros) {
            throw new AssertionError("there is no port");
        }

        @Override
        public int tick(long nowMicros) {
            if (fails) {
                throw new IllegalStateException("a table is broken");
            }
            return 0;
        }
    }

    private final CompletableFuture<Worker> made = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Worker start(PacketProcessor processor) throws Exception {
        Thread.ofPlatform().daemon().name("worker-9").start(() -> {
            try {
                Worker worker = new Worker(
                        "worker-9", List.of(), processor, NativeMemory.ofProcess(), List.of(), false, Mailbox.NONE);
                made.complete(worker);
                worker.run();
                ended.complete(null);
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        return made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void questionsAreAnsweredOnTheWorkersThread() throws Exception {
        Worker worker = start(new Idle(false));

        assertThat(worker.call(() -> Thread.currentThread().getName()).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("worker-9");
        worker.stop();
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void commandsOfManyThreadsAllHappenOnce() throws Exception {
        Worker worker = start(new Idle(false));
        AtomicInteger happened = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            senders.add(Thread.ofPlatform().start(() -> {
                for (int sent = 0; sent < 1000; ) {
                    try {
                        worker.submit(nowMicros -> happened.incrementAndGet());
                        sent++;
                    } catch (RejectedExecutionException e) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        CountDownLatch last = new CountDownLatch(1);
        while (last.getCount() > 0) {
            try {
                worker.submit(nowMicros -> last.countDown());
                assertThat(last.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (RejectedExecutionException e) {
                Thread.onSpinWait();
            }
        }

        assertThat(happened).hasValue(4000);
        worker.stop();
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aFailureOfTheProcessorEndsTheWorkerAndLaterCommandsAreRefused() throws Exception {
        Worker worker = start(new Idle(true));

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .withMessageContaining("a table is broken");
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> worker.submit(nowMicros -> {}));
        worker.stop();
    }

    @Test
    void anIdleWorkerSleepsAndStillCountsItsTurns() throws Exception {
        Worker worker = start(new Idle(false));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (worker.status().sleeps() < 100) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        WorkerStatus status = worker.status();

        assertThat(status.turns()).isGreaterThanOrEqualTo(100);
        assertThat(status.busyTurns()).isZero();
        assertThat(status.longestTurnNanos()).isPositive();
        worker.stop();
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
