package io.twoarm.director.linux;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Takes the lines that C code writes to a {@code FILE*}. The writing side never blocks: when nobody reads for long, lines
 * are lost.
 */
public final class LinePipe {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;
    private static final int F_SETFL = 4;
    private static final int LINE_BUFFERED = 1;
    private static final String MARK = "\u0001mark\u0001";

    private static final SystemCall PIPE2 = new SystemCall("pipe2");
    private static final SystemCall FCNTL = new SystemCall("fcntl");
    private static final NativeFunction FDOPEN = SystemCall.function("fdopen");
    private static final NativeFunction SETVBUF = SystemCall.function("setvbuf");
    private static final NativeFunction FFLUSH = SystemCall.function("fflush");

    private final int readEnd;
    private final int writeEnd;
    private final long stream;
    private final AtomicReference<CountDownLatch> awaitedMark = new AtomicReference<>();

    public LinePipe() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            PIPE2.call(ends.address(), O_CLOEXEC);
            readEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            writeEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
            FCNTL.call("fcntl(F_SETFL)", writeEnd, F_SETFL, O_NONBLOCK);
            stream = FDOPEN.call(writeEnd, arena.allocateFrom("w").address());
            if (stream == 0) {
                throw new OutOfMemoryError("fdopen has no memory for a stream");
            }
            SETVBUF.call(stream, 0, LINE_BUFFERED, 0);
        }
    }

    /** The {@code FILE*} to write to; lives as long as the process. */
    public long stream() {
        return stream;
    }

    /** Hands every line to {@code sink}; returns when the process ends. For a thread of its own. */
    public void forwardTo(Consumer<String> sink) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream("/proc/self/fd/" + readEnd), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(MARK)) {
                    CountDownLatch awaited = awaitedMark.getAndSet(null);
                    if (awaited != null) {
                        awaited.countDown();
                    }
                } else if (!line.isBlank()) {
                    sink.accept(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until everything written so far has reached the sink, at most {@code millis} milliseconds. */
    public void drain(long millis) {
        CountDownLatch mark = new CountDownLatch(1);
        awaitedMark.set(mark);
        try (Arena arena = Arena.ofConfined()) {
            FFLUSH.call(stream);
            byte[] text = ("\n" + MARK + "\n").getBytes(StandardCharsets.UTF_8);
            Descriptors.write(
                    writeEnd, arena.allocateFrom(ValueLayout.JAVA_BYTE, text).address(), text.length);
            if (!mark.await(millis, TimeUnit.MILLISECONDS)) {
                awaitedMark.set(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
