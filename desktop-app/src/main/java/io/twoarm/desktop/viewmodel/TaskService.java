package io.twoarm.desktop.viewmodel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The one place where the workbench leaves the user interface's thread: work runs on virtual threads, results come back
 * on the user interface's.
 */
public final class TaskService implements AutoCloseable {
    private static final long SAVE_SECONDS = 20;

    private final ExecutorService savings =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Executor userInterface;
    private final ObservableList<BackgroundTask> running = FXCollections.observableArrayList();
    private final ObservableList<BackgroundTask> runningView = FXCollections.unmodifiableObservableList(running);
    private final Map<String, Thread> latest = new HashMap<>();
    private volatile boolean closed;

    /** @param userInterface runs what it gets on the user interface's thread, in order */
    public TaskService(Executor userInterface) {
        this.userInterface = userInterface;
    }

    /** Work that can say what it is doing. */
    @FunctionalInterface
    public interface Work<T> {
        /** @param progress takes one line for people, from any thread */
        T run(Consumer<String> progress) throws Exception;
    }

    /** What becomes of work. Exactly one of the three methods is called, on the user interface's thread. */
    public interface Outcome<T> {
        void succeeded(T result);

        void failed(Exception cause);

        void cancelled();
    }

    /** What people should see in the status bar, the longest running first. */
    public ObservableList<BackgroundTask> running() {
        return runningView;
    }

    /** Starts work that people see and can cancel. Call on the user interface's thread. */
    public <T> BackgroundTask start(String title, Work<T> work, Outcome<T> outcome) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        BackgroundTask task = new BackgroundTask(title, () -> thread.get().interrupt());
        running.add(task);
        thread.set(thread(() -> {
            Runnable report =
                    report(() -> work.run(line -> userInterface.execute(() -> task.setDetail(line))), outcome);
            userInterface.execute(() -> {
                running.remove(task);
                report.run();
            });
        }));
        thread.get().start();
        return task;
    }

    /**
     * Starts quick work that nobody needs to see, and cancels older work of the same name. A result that comes too late
     * is dropped. Call on the user interface's thread.
     *
     * @param delay waits first, so that a burst of calls causes one run
     */
    public <T> void latest(
            String name, Duration delay, Callable<T> work, Consumer<T> succeeded, Consumer<Exception> failed) {
        cancelLatest(name);
        if (closed) {
            return;
        }
        AtomicReference<Thread> self = new AtomicReference<>();
        self.set(thread(() -> {
            Runnable report = report(
                    () -> {
                        Thread.sleep(delay);
                        return work.call();
                    },
                    quiet(succeeded, failed));
            userInterface.execute(() -> {
                if (latest.get(name) == self.get()) {
                    latest.remove(name);
                    report.run();
                }
            });
        }));
        latest.put(name, self.get());
        self.get().start();
    }

    /** An action that may fail. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Writes something down: never cancelled, one after the other, and finished before the program ends. */
    public void save(Action action, Consumer<Exception> failed) {
        savings.execute(() -> {
            try {
                action.run();
            } catch (Exception e) {
                userInterface.execute(() -> failed.accept(e));
            }
        });
    }

    /** Lets go of something that may take a while, without anybody waiting for it. */
    public void release(AutoCloseable resource, Consumer<Exception> failed) {
        thread(() -> {
                    try {
                        resource.close();
                    } catch (Exception e) {
                        userInterface.execute(() -> failed.accept(e));
                    }
                })
                .start();
    }

    private Thread thread(Runnable body) {
        Thread made = Thread.ofVirtual().unstarted(() -> {
            try {
                body.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(made);
        return made;
    }

    /** Cancels the work of that name, if there is any. */
    public void cancelLatest(String name) {
        Thread older = latest.remove(name);
        if (older != null) {
            older.interrupt();
        }
    }

    /** Runs on the user interface's thread, soon. */
    public void later(Runnable action) {
        userInterface.execute(action);
    }

    private static <T> Outcome<T> quiet(Consumer<T> succeeded, Consumer<Exception> failed) {
        return new Outcome<>() {
            @Override
            public void succeeded(T result) {
                succeeded.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                failed.accept(cause);
            }

            @Override
            public void cancelled() {}
        };
    }

    private static <T> Runnable report(Callable<T> work, Outcome<T> outcome) {
        try {
            T result = work.call();
            return () -> outcome.succeeded(result);
        } catch (InterruptedException | CancellationException e) {
            return outcome::cancelled;
        } catch (Exception e) {
            return Thread.currentThread().isInterrupted() ? outcome::cancelled : () -> outcome.failed(e);
        }
    }

    /** Finishes saving and cancels everything else. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        savings.shutdown();
        try {
            savings.awaitTermination(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
