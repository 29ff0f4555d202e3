package io.twoarm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a thread of a Java process has allocated on the heap so far, by the virtual machine's own counter, which {@code jcmd}
 * reads. The machine tells it rounded down.
 *
 * @param resolution in bytes: 1 below 100 KiB, 1 KiB below 100 MiB, else 1 MiB or more
 */
record ThreadAllocation(long bytes, long resolution) {
    private static final String UNITS = "BKMG";

    /** @param thread its name */
    static ThreadAllocation of(long process, String thread) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "" + process,
                        "Thread.print",
                        "-e")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd does not reach process " + process + "; it said:\n" + said);
        }
        return of(said, thread);
    }

    /** @param dump of all threads, one line each that begins with the name in quotes */
    static ThreadAllocation of(String dump, String thread) throws IOException {
        Matcher match = Pattern.compile("(?m)^\"" + Pattern.quote(thread) + "\" .* allocated=(\\d+)([" + UNITS + "]) ")
                .matcher(dump);
        if (!match.find()) {
            throw new IOException("no thread " + thread + " with what it allocated in:\n" + dump);
        }
        long unit = 1L << 10 * UNITS.indexOf(match.group(2));
        return new ThreadAllocation(Long.parseLong(match.group(1)) * unit, unit);
    }
}
