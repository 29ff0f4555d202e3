package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A file on its way by curl, from or to nginx. */
final class Transfer {
    private static final long PATIENCE_SECONDS = 400;

    /**
     * What came of it, as far as it does not depend on when and through whom.
     *
     * @param headers status and headers of the answer, without its time
     * @param intact whether the file is the same at both ends
     */
    record Outcome(List<String> headers, boolean intact) {}

    private final String name;
    private final Process process;
    private final Path headers;
    private final Path log;
    private final Path original;
    private final Path copy;

    private Transfer(
            NetworkNamespace host,
            String name,
            Path folder,
            Path original,
            Path copy,
            String option,
            Path file,
            String url)
            throws IOException {
        this.name = name;
        this.original = original;
        this.copy = copy;
        headers = folder.resolve(name + ".headers");
        log = folder.resolve(name + ".log");
        process = host.command(
                        "curl",
                        "-gsSf",
                        "--connect-timeout",
                        "180",
                        "--max-time",
                        "360",
                        "-D",
                        headers.toString(),
                        "-H",
                        "Expect:",
                        option,
                        file.toString(),
                        url)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** @param folder that the server serves, with the original */
    static Transfer down(NetworkNamespace host, TrafficMode mode, Path folder, Path original) throws IOException {
        String name = name(mode, "down");
        Path copy = folder.resolve(name);
        return new Transfer(host, name, folder, original, copy, "-o", copy, mode.url() + "/" + original.getFileName());
    }

    /** @param folder that the server serves, with the original */
    static Transfer up(NetworkNamespace host, TrafficMode mode, Path folder, Path original) throws IOException {
        String name = name(mode, "up");
        Path copy = folder.resolve("up").resolve(name);
        Files.deleteIfExists(copy);
        return new Transfer(host, name, folder, original, copy, "-T", original, mode.url() + "/up/" + name);
    }

    private static String name(TrafficMode mode, String direction) {
        return mode.name().toLowerCase(Locale.ROOT) + "-" + direction;
    }

    String name() {
        return name;
    }

    /** Waits for its end. */
    Outcome outcome() throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(ended && process.exitValue() == 0)
                .as("%s: curl said: %s", name, Files.readString(log))
                .isTrue();
        List<String> answer = Files.readAllLines(headers).stream()
                .filter(line -> !line.startsWith("Date: ") && !line.startsWith("Location: "))
                .toList();
        return new Outcome(answer, Files.mismatch(original, copy) == -1);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
