package io.twoarm.director.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
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
        Map<String, Integer> descriptors = OpenSockets.byInode();
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
}
