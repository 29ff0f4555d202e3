package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How long all threads of a process have been on a CPU, those that have ended among them. */
record ProcessTime(long process) {
    /** The kernel's clock tick in what it tells programs, the same on all its machines: 1/100 s. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Whole ticks, from the scheduler's own account. */
    Duration used() throws IOException {
        return used(Files.readString(Path.of("/proc", "" + process, "stat")));
    }

    /** @param stat a line as in {@code proc_pid_stat(5)}; the program's name may have spaces and brackets */
    static Duration used(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return TICK.multipliedBy(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }
}
