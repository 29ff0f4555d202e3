package io.twoarm.director.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What systemd is to a service: a datagram socket in the file system that takes its messages. */
public final class NotifySocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final long PATIENCE_SECONDS = 180;
    private static final int MESSAGE_BYTES = 4096;

    private final int descriptor;

    public NotifySocket(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            descriptor = (int) function("socket", 3).invokeExact((long) AF_UNIX, (long) SOCK_DGRAM, 0L);
            assertThat(descriptor).isNotNegative();
            MemorySegment address = arena.allocate(110, 2);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            address.setString(2, path.toString());
            assertThat((int) function("bind", 3).invokeExact((long) descriptor, address.address(), 110L))
                    .isZero();
            MemorySegment patience = arena.allocate(16, 8);
            patience.set(ValueLayout.JAVA_LONG, 0, PATIENCE_SECONDS);
            assertThat((int) function("setsockopt", 5)
                            .invokeExact(
                                    (long) descriptor, (long) SOL_SOCKET, (long) SO_RCVTIMEO, patience.address(), 16L))
                    .isZero();
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** The next message; fails when none comes in time. */
    public String receive() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MESSAGE_BYTES);
            int bytes = (int)
                    function("recv", 4).invokeExact((long) descriptor, buffer.address(), (long) MESSAGE_BYTES, 0L);
            assertThat(bytes)
                    .as("a message within %d seconds", PATIENCE_SECONDS)
                    .isPositive();
            return new String(buffer.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static MethodHandle function(String name, int arguments) {
        ValueLayout.OfLong[] layouts = new ValueLayout.OfLong[arguments];
        java.util.Arrays.fill(layouts, ValueLayout.JAVA_LONG);
        return Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow(name),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
