package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The sockets of this process, those of libraries too, which keep their descriptors to themselves. */
public final class OpenSockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int AF_XDP = 44;
    private static final NativeFunction GETSOCKOPT = SystemCall.function("getsockopt");

    private OpenSockets() {}

    /** @return descriptors of {@code AF_XDP} sockets; the kernel does not tell which interface they belong to */
    public static Set<Integer> expressDataPath() {
        Set<Integer> found = new HashSet<>(byInode().values());
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(2L * Integer.BYTES, Integer.BYTES).address();
            found.removeIf(descriptor -> domain(descriptor, value) != AF_XDP);
        }
        return found;
    }

    /** @param value room for the answer and its length, an {@code int} each */
    private static int domain(int descriptor, long value) {
        Mem.putInt(value + Integer.BYTES, Integer.BYTES);
        return GETSOCKOPT.call(descriptor, SOL_SOCKET, SO_DOMAIN, value, value + Integer.BYTES) == 0
                ? Mem.getInt(value)
                : 0;
    }

    /** Descriptors by inode. */
    static Map<String, Integer> byInode() {
        String prefix = "socket:[";
        Map<String, Integer> found = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path entry : entries) {
                // The descriptor of this listing is gone when its entry is read.
                String target = Files.isSymbolicLink(entry) ? readLink(entry) : "";
                if (target.startsWith(prefix)) {
                    found.put(
                            target.substring(prefix.length(), target.length() - 1),
                            Integer.valueOf(entry.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String readLink(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
