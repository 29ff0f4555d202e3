package io.twoarm.director.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Lines of text for whoever runs the daemon. Logging never waits: lines that find the queue full are counted. */
public final class DirectorLog implements AutoCloseable {
    private static final int QUEUE_LINES = 1024;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private record Line(Severity severity, LocalTime time, String text, boolean last) {}

    private final OutputStream out;
    private final boolean journal;
    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
    private final AtomicLong lost = new AtomicLong();
    private volatile Severity threshold = Severity.INFO;
    private boolean closed;

    /** @param journal whether lines start with a priority mark instead of the time */
    DirectorLog(OutputStream out, boolean journal) {
        this.out = out;
        this.journal = journal;
    }

    /**
     * A log to standard error.
     *
     * @param journalStream value of {@code JOURNAL_STREAM}
     * @param threads starts a named thread
     */
    public static DirectorLog toStandardError(Optional<String> journalStream, BiConsumer<String, Runnable> threads) {
        DirectorLog log = new DirectorLog(
                new FileOutputStream(FileDescriptor.err),
                journalStream.filter(DirectorLog::isStandardError).isPresent());
        threads.accept("log", log::writeAll);
        return log;
    }

    /** Whether {@code JOURNAL_STREAM} (device and inode) is what standard error is connected to. */
    private static boolean isStandardError(String journalStream) {
        Path standardError = Path.of("/proc/self/fd/2");
        try {
            return journalStream.equals(Files.getAttribute(standardError, "unix:dev") + ":"
                    + Files.getAttribute(standardError, "unix:ino"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets lines through that are at least this urgent. */
    public void setThreshold(Severity least) {
        threshold = least;
    }

    public void error(String text) {
        log(Severity.ERROR, text);
    }

    public void warning(String text) {
        log(Severity.WARNING, text);
    }

    public void notice(String text) {
        log(Severity.NOTICE, text);
    }

    public void info(String text) {
        log(Severity.INFO, text);
    }

    public void debug(String text) {
        log(Severity.DEBUG, text);
    }

    public void log(Severity severity, String text) {
        if (severity.priority() > threshold.priority()) {
            return;
        }
        for (String line : text.split("\n")) {
            if (!queue.offer(new Line(severity, LocalTime.now(), line, false))) {
                lost.incrementAndGet();
            }
        }
    }

    void writeAll() {
        try {
            for (Line line = queue.take(); !line.last(); line = queue.take()) {
                write(line);
                long missing = lost.getAndSet(0);
                if (missing > 0) {
                    write(new Line(Severity.WARNING, LocalTime.now(), missing + " log lines were lost", false));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                closed = true;
                notifyAll();
            }
        }
    }

    private void write(Line line) {
        String text = journal
                ? "<" + line.severity().priority() + ">" + line.text() + "\n"
                : TIME.format(line.time()) + " " + line.severity() + " " + line.text() + "\n";
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            lost.incrementAndGet();
        }
    }

    /** Writes what is queued, then ends. Waits at most a second. */
    @Override
    public void close() {
        try {
            long end = System.nanoTime() + 1_000_000_000L;
            queue.put(new Line(Severity.DEBUG, LocalTime.now(), "", true));
            synchronized (this) {
                for (long left = end - System.nanoTime(); !closed && left > 0; left = end - System.nanoTime()) {
                    wait(left / 1_000_000 + 1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
