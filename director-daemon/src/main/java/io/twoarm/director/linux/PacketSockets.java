package io.twoarm.director.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code AF_PACKET} sockets of this process. A library that opened them keeps their descriptors to itself; the kernel
 * tells: {@code /proc/net/packet} lists inodes by interface, {@code /proc/self/fd} descriptors by inode.
 */
public final class PacketSockets {
    private static final int INTERFACE_COLUMN = 4;
    private static final int INODE_COLUMN = 8;

    private PacketSockets() {}

    /** @return descriptors by interface index */
    public static Map<Integer, List<Integer>> byInterface() {
        Map<String, Integer> descriptors = socketDescriptors();
        Map<Integer, List<Integer>> found = new HashMap<>();
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/net/packet"));
            for (String line : lines.subList(1, lines.size())) {
                String[] columns = line.trim().split("\\s+");
                Integer descriptor = descriptors.get(columns[INODE_COLUMN]);
                if (descriptor != null) {
                    found.computeIfAbsent(Integer.valueOf(columns[INTERFACE_COLUMN]), index -> new ArrayList<>())
                            .add(descriptor);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Descriptors by inode, of this process's open sockets. */
    private static Map<String, Integer> socketDescriptors() {
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
