package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code twoarm demo} as a user runs it: from nothing to proven traffic, and nothing is left. */
@Tag("lab")
class DemoTest {

    @Test
    void theDemoEndsWithProofAndLeavesNothing() throws Exception {
        try (CommandRun demo = CommandRun.start("demo", "--requests", "40")) {
            String lab = "demo-" + demo.pid();

            CommandRun.Result result = demo.finish();

            assertThat(result.output())
                    .contains("40 of 40 requests answered")
                    .contains("192.168.229.1:80 answered 20")
                    .contains("192.168.229.2:80 answered 20")
                    .contains("5 of 5 replies from 10.0.96.204")
                    .contains("proven in ");
            assertThat(result.status()).isZero();
            assertThat(remains(lab)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab: hosts answer", "hosts with systemd", "director: bundle"})
    void aDemoThatIsKilledLeavesNothingAndTheNextOneSucceeds(String moment) throws Exception {
        String lab;
        try (CommandRun demo = CommandRun.start("demo")) {
            lab = "demo-" + demo.pid();
            demo.await(line -> line.contains(moment));
            demo.kill();
        }
        await(() -> remains(lab).isEmpty(), lab);

        CommandRun.Result next = CommandRun.run("demo", "--requests", "10");

        assertThat(next.output()).contains("10 of 10 requests answered");
        assertThat(next.status()).isZero();
    }

    private static void await(BooleanSupplier condition, String lab) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still there: %s", remains(lab)).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Processes, cgroups, mounts and files that carry the lab's name. */
    private static List<String> remains(String lab) {
        return Stream.of(processes(lab), cgroups(lab), mounts(lab), files(lab))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> processes(String lab) {
        return ProcessHandle.allProcesses()
                .map(process -> process.pid() + " " + readQuietly(Path.of("/proc/" + process.pid() + "/cmdline")))
                .filter(process -> process.contains("/" + lab + "/") || process.contains("lab=" + lab))
                .map(process -> "process " + process);
    }

    private static Stream<String> cgroups(String lab) {
        try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 4)) {
            return groups
                    .map(Path::toString)
                    .filter(path -> path.endsWith("/" + lab) || path.contains("/" + lab + "/"))
                    .toList()
                    .stream();
        } catch (IOException | java.io.UncheckedIOException e) {
            // A cgroup vanished while it was looked at; the next look tells.
            return Stream.of("cgroups changed: " + e.getMessage());
        }
    }

    private static Stream<String> mounts(String lab) {
        return readQuietly(Path.of("/proc/mounts")).lines().filter(mount -> mount.contains(lab));
    }

    private static Stream<String> files(String lab) {
        return Stream.of("/run/twoarm/lab/" + lab, System.getProperty("java.io.tmpdir") + "/" + lab)
                .filter(path -> Files.exists(Path.of(path)));
    }

    private static String readQuietly(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process has ended meanwhile.
            return "";
        }
    }
}
