package io.twoarm.director.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the bundle, with a runtime that prints what it was started with. */
class LaunchersTest {
    @TempDir
    Path folder;

    private Path home;

    private record Result(int status, List<String> lines) {}

    @BeforeEach
    void unpack() throws IOException, InterruptedException {
        home = folder.resolve("some where/twoarm-director");
        Path source = Path.of("src/main/bundle");
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = home.resolve(source.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path java = home.resolve("runtime/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("runtime/loader"), "/bin/sh\n");
        Files.writeString(
                home.resolve("runtime/architecture"), run("uname", "-m").lines().getFirst() + "\n");
    }

    private Result run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().readAllLines();
        return new Result(process.waitFor(), lines);
    }

    @Test
    void argumentsPassAsTheyAre() throws Exception {
        Path jar = home.resolve("lib/director-daemon-1.2.jar");
        Files.createFile(jar);

        Result result = run(home.resolve("bin/twoarm-director").toString(), "-c", "a b.conf", "--", "--vdev=x,y=*");

        assertThat(result.status()).isZero();
        assertThat(result.lines())
                .containsSequence("-jar", jar.toString())
                .endsWith("-c", "a b.conf", "--", "--vdev=x,y=*");
    }

    @Test
    void aChainOfLinksLeadsHome() throws Exception {
        Path current = Files.createSymbolicLink(folder.resolve("current"), Path.of("some where/twoarm-director"));
        Path command =
                Files.createSymbolicLink(folder.resolve("directorctl"), current.resolve("bin/twoarm-directorctl"));

        Result result = run(command.toString(), "status");

        assertThat(result.status()).isZero();
        assertThat(result.lines())
                .contains("io.twoarm.director.control.client.DirectorControl", home.resolve("lib") + "/*")
                .endsWith("status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipvsadm", "dpip"})
    void theToolsPassTheirNameAndTheirWords(String tool) throws Exception {
        Result result = run(home.resolve("bin/" + tool).toString(), "-A", "a b");

        assertThat(result.status()).isZero();
        assertThat(result.lines()).endsWith("io.twoarm.director.control.client.ToolClient", tool, "-A", "a b");
    }

    @Test
    void aMachineOfAnotherArchitectureIsNamed() throws Exception {
        Files.writeString(home.resolve("runtime/architecture"), "s390x\n");

        Result result = run(home.resolve("bin/twoarm-director").toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(String.join("\n", result.lines()))
                .contains("does not fit the machine")
                .contains("needed:  s390x");
    }

    @Test
    void aMachineWithoutGlibcIsNamed() throws Exception {
        Files.writeString(home.resolve("runtime/loader"), "/lib/absent-loader.so\n");

        Result result = run(home.resolve("bin/twoarm-director").toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(String.join("\n", result.lines())).contains("needs glibc").contains("/lib/absent-loader.so");
    }

    @Test
    void anIncompleteBundleIsNamed() throws Exception {
        Files.delete(home.resolve("runtime/bin/java"));

        Result result = run(home.resolve("bin/twoarm-directorctl").toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(String.join("\n", result.lines())).contains("the bundle is not complete");
    }
}
