package io.twoarm.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/package}, of what the build has made before these tests. */
@Tag("long")
@Timeout(900)
class PackagesTest {
    private static final Path ROOT = Path.of(System.getProperty("twoarm.root"));

    @TempDir
    Path directory;

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), said)
                .isZero();
        return said;
    }

    private Path make(String name) throws Exception {
        Path output = directory.resolve(name);
        run(directory, ROOT.resolve("tools/package").toString(), "--no-build", "--output", output.toString());
        return output;
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(pattern))
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    @Test
    void twoRunsGiveTheSameBytesAndWhatTheyGiveRuns() throws Exception {
        Path one = make("one");
        Path other = make("other");
        assertThat(Files.readString(other.resolve("SHA256SUMS")))
                .isEqualTo(Files.readString(one.resolve("SHA256SUMS")));
        assertThat(run(one, "sha256sum", "--check", "--strict", "SHA256SUMS")).contains("OK");

        Path director = Files.createDirectory(directory.resolve("director"));
        run(directory, "dpkg-deb", "-x", only(one, "twoarm-director_.*\\.deb").toString(), director.toString());
        assertThat(run(director, "usr/sbin/twoarm-director", "--version")).contains("0.1.0");
        assertThat(director.resolve("lib/systemd/system/twoarm-director.service"))
                .exists();
        assertThat(run(
                        directory,
                        "dpkg-deb",
                        "-f",
                        only(one, "twoarm-director_.*\\.deb").toString(),
                        "Depends"))
                .contains("librte-eal23 | librte-eal24");

        Path workbench = Files.createDirectory(directory.resolve("workbench"));
        run(directory, "dpkg-deb", "-x", only(one, "twoarm_.*\\.deb").toString(), workbench.toString());
        assertThat(run(workbench, "usr/bin/twoarm", "--version")).contains("0.1.0");
        Path project = directory.resolve("project");
        run(workbench, "usr/bin/twoarm", "new", "two-arm-fullnat", project.toString());
        assertThat(run(workbench, "usr/bin/twoarm", "validate", project.toString()))
                .isNotNull();
        assertThat(workbench.resolve("usr/bin/twoarm-workbench")).isExecutable();
        assertThat(startOfTheWindowsMachine(workbench.resolve("usr/lib/twoarm/lib")))
                .contains("sharing");
    }

    /** What the JVM says with the window's class archive, without which it must not start here. */
    private String startOfTheWindowsMachine(Path lib) throws Exception {
        String jars = Files.readAllLines(lib.resolve("workbench.jars")).stream()
                .map(jar -> lib.resolve("app").resolve(jar).toString())
                .collect(Collectors.joining(":"));
        return run(
                directory,
                lib.resolve("runtime/bin/java").toString(),
                "@" + lib.resolve("workbench.options"),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + lib.resolve("workbench.jsa"),
                "-cp",
                jars,
                "-version");
    }
}
