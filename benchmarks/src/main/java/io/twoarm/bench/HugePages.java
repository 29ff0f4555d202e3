package io.twoarm.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether the programs under test get huge pages: all that forward the same traffic do, or none. */
final class HugePages {
    private static final Path FREE = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages");
    private static final long PAGE = 2L << 20;
    private static final long BUFFER = 2_432;
    /** Of a session and its places in the index. */
    private static final long SESSION = 160;

    private static final long REST = 256L << 20;

    private HugePages() {}

    /** Whether enough pages of 2 MiB are free for the buffers and the sessions. */
    static boolean suffice(int buffers, int sessions) {
        long bytes = BUFFER * buffers + SESSION * sessions + REST;
        try {
            return Files.exists(FREE) && Long.parseLong(Files.readString(FREE).strip()) * PAGE >= bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the machine has memory for the buffers without huge pages, where each takes a page of 4 KiB. */
    static boolean smallPagesSuffice(int buffers) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            long available = lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
            return available << 10 >= 4_096L * buffers + REST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
