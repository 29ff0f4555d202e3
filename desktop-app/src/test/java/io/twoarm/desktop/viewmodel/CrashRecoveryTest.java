package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbench that is killed while somebody edits: the file is whole, and lacks at most the last second. */
class CrashRecoveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int ROUNDS = 3;
    private static final int EDITS = 25;

    @TempDir
    private Path directory;

    @Test
    void killedAtAnyTimeTheProjectLacksAtMostTheLastSecondOfWork() throws IOException, InterruptedException {
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            Path project = ProjectFixture.twoArm().named("crash").in(directory.resolve("lab" + round));
            NavigableMap<Long, Integer> made = new ConcurrentSkipListMap<>();
            Process editor = EditingProcess.start(project, directory.resolve("settings"));
            long killed;
            try {
                Thread reading = Thread.ofVirtual().start(() -> read(editor, made));
                long end = System.nanoTime() + LIMIT.toNanos();
                while (editor.isAlive() && edits(made) < EDITS) {
                    assertThat(System.nanoTime()).as("edits are made: " + made).isLessThan(end);
                    TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(20));
                }
            } finally {
                killed = System.nanoTime();
                editor.destroyForcibly();
                editor.waitFor();
            }

            int before = edits(made.headMap(killed - Duration.ofSeconds(1).toNanos()));
            ProjectReading reading = ProjectReader.read(project);
            Topology topology = reading.topology().orElseThrow();
            assertThat(topology.segments().size() - 3)
                    .as("edits of round %d that are in the file", round)
                    .isGreaterThanOrEqualTo(before);
            assertThat(reading.findings()).noneMatch(finding -> finding.rule().contains("syntax"));
        }
    }

    private static int edits(Map<Long, Integer> made) {
        return made.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Takes note of when each edit was made. */
    private static void read(Process editor, Map<Long, Integer> made) {
        try (BufferedReader lines = editor.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                made.put(System.nanoTime(), Integer.parseInt(line));
            }
        } catch (IOException | NumberFormatException ended) {
            // The process was killed in the middle of a line.
        }
    }

    /** The program that is killed: a model of the workbench in which segments are added one after the other. */
    static final class EditingProcess {
        private EditingProcess() {}

        static Process start(Path project, Path settings) throws IOException {
            return new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EditingProcess.class.getName(),
                            project.toString(),
                            settings.toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        public static void main(String[] arguments) throws InterruptedException {
            UserInterfaceQueue userInterface = new UserInterfaceQueue();
            WorkbenchModel model = new WorkbenchModel(
                    new io.twoarm.engine.TwoArmEngine(Path.of(arguments[1], "no-bundle.tar.gz")),
                    userInterface,
                    Path.of(arguments[1], "workbench.properties"));
            model.project().open(Path.of(arguments[0]));
            userInterface.runUntil("the project is open", () -> model.project().editable());
            for (int i = 1; i < 1000; i++) {
                model.edits()
                        .place(
                                io.twoarm.desktop.design.Kind.SEGMENT,
                                new io.twoarm.desktop.layout.Point(i, i),
                                java.util.Optional.empty());
                System.out.println(i);
                int made = i;
                userInterface.runUntil(
                        "time goes on",
                        () -> made % 3 != 0
                                || model.project().editing().savedProperty().get());
            }
        }
    }
}
