package io.twoarm.director.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LinePipeTest {

    @Test
    void linesThatCCodeWritesReachTheSinkInOrder() throws Throwable {
        LinePipe pipe = new LinePipe();
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread.ofPlatform().daemon().start(() -> pipe.forwardTo(lines::add));

        put(pipe.stream(), "first\nsecond\n");
        put(pipe.stream(), "without an end");
        pipe.drain(5000);

        assertThat(lines).containsExactly("first", "second", "without an end");
    }

    @Test
    void whoWritesDoesNotWaitWhenNobodyReads() throws Throwable {
        LinePipe pipe = new LinePipe();
        String line = "x".repeat(1023) + "\n";

        for (int i = 0; i < 200; i++) {
            put(pipe.stream(), line);
        }

        // Reached: a pipe holds 64 KiB, 200 KiB were written.
        assertThat(pipe.stream()).isNotZero();
    }

    private static void put(long stream, String text) throws Throwable {
        MethodHandle fputs = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("fputs"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) fputs.invokeExact(arena.allocateFrom(text).address(), stream);
        }
    }
}
