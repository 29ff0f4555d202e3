package io.twoarm.director.linux;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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

    private static final MethodHandle PIPE2 =
            SystemCall.withErrno("pipe2", FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG, SystemCall.INT));
    private static final MethodHandle FCNTL = SystemCall.withErrno(
            "fcntl", FunctionDescriptor.of(SystemCall.INT, SystemCall.INT, SystemCall.INT, SystemCall.INT));
    private static final MethodHandle FDOPEN =
            SystemCall.withErrno("fdopen", FunctionDescriptor.of(SystemCall.LONG, SystemCall.INT, SystemCall.LONG));
    private static final MethodHandle SETVBUF = SystemCall.plain(
            "setvbuf",
            FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG, SystemCall.LONG, SystemCall.INT, SystemCall.LONG));
    private static final MethodHandle FFLUSH =
            SystemCall.plain("fflush", FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG));

    private final int readEnd;
    private final int writeEnd;
    private final long stream;
    private final AtomicReference<CountDownLatch> awaitedMark = new AtomicReference<>();

    public LinePipe() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = (int) PIPE2.invokeExact(errno, ends.address(), O_CLOEXEC);
            if (result < 0) {
                throw SystemCall.failed("pipe2", errno);
            }
            readEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            writeEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
            int flagged = (int) FCNTL.invokeExact(errno, writeEnd, F_SETFL, O_NONBLOCK);
            if (flagged < 0) {
                throw SystemCall.failed("fcntl(F_SETFL)", errno);
            }
            stream = (long)
                    FDOPEN.invokeExact(errno, writeEnd, arena.allocateFrom("w").address());
            if (stream == 0) {
                throw SystemCall.failed("fdopen", errno);
            }
            int buffered = (int) SETVBUF.invokeExact(stream, 0L, LINE_BUFFERED, 0L);
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
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
            int flushed = (int) FFLUSH.invokeExact(stream);
            byte[] text = ("\n" + MARK + "\n").getBytes(StandardCharsets.UTF_8);
            Descriptors.write(
                    writeEnd, arena.allocateFrom(ValueLayout.JAVA_BYTE, text).address(), text.length);
            if (!mark.await(millis, TimeUnit.MILLISECONDS)) {
                awaitedMark.set(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }
}
