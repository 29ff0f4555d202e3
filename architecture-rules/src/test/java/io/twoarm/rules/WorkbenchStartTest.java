package io.twoarm.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/packaging/start-workbench.sh}, with the command line in place of the window. */
class WorkbenchStartTest {
    private static final Path ROOT = Path.of(System.getProperty("twoarm.root"));
    private static final long LIMIT = TimeUnit.MINUTES.toNanos(3);
    private static final String START = """
            set -eu
            . "$1/tools/packaging/start-workbench.sh"
            class_path=
            for jar in "$2"/*.jar; do class_path=$class_path${class_path:+:}$jar; done
            shift 2
            start_workbench "$JAVA_HOME/bin/java" test "$class_path" "$@"
            """;

    @TempDir
    private Path directory;

    private Path jars() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("app"));
        try (Stream<Path> jars = Files.list(ROOT.resolve("command-line/target/app"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, copy.resolve(jar.getFileName()));
            }
        }
        return copy;
    }

    /** @return what it says */
    private String start(Path jars, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.of(
                                List.of("sh", "-c", START, "start", ROOT.toString(), jars.toString()), List.of(options))
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Path cache() throws Exception {
        Path folder = directory.resolve("cache/twoarm");
        long end = System.nanoTime() + LIMIT;
        while (true) {
            try (Stream<Path> files = Files.list(folder)) {
                List<String> names =
                        files.map(file -> file.getFileName().toString()).toList();
                if (names.size() == 1 && names.getFirst().matches("workbench-test-\\d+\\.aot")) {
                    return folder.resolve(names.getFirst());
                }
                assertThat(System.nanoTime()).as("files: %s", names).isLessThan(end);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void theFirstStartLeavesACacheThatLaterOnesUseUntilTheProgramIsAnother() throws Exception {
        Path jars = jars();
        String[] program = {"io.twoarm.cli.TwoArm", "--version"};
        String first = start(jars, program);
        assertThat(first).startsWith("twoarm ").hasLineCount(1);
        Path cache = cache();

        String[] told = {"-Xlog:aot:file=" + directory.resolve("jvm.log"), "io.twoarm.cli.TwoArm", "--version"};
        assertThat(start(jars, told)).isEqualTo(first);
        assertThat(Files.readString(directory.resolve("jvm.log"))).contains("Using AOT-linked classes: true");

        assertThat(cache()).isEqualTo(cache);

        try (Stream<Path> files = Files.list(jars)) {
            Files.setLastModifiedTime(files.findAny().orElseThrow(), FileTime.fromMillis(0));
        }
        assertThat(start(jars, program)).isEqualTo(first);
        assertThat(cache()).isNotEqualTo(cache);
    }

    @Test
    void withoutAPlaceForTheCacheItStartsAllTheSame() throws Exception {
        Files.writeString(directory.resolve("cache"), "a file where the folder should be");
        assertThat(start(jars(), "io.twoarm.cli.TwoArm", "--version"))
                .startsWith("twoarm ")
                .hasLineCount(1);
    }
}
