package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher asks of the compiler: that a packet unlike those before it does not make the director slow. */
class CompiledCodeTest {
    private static final Path LAUNCHER = Path.of("src/main/bundle/bin/twoarm-director");
    private static final Pattern COMPILER_OPTION = Pattern.compile(
            "-XX:(?:\\+UnlockExperimentalVMOptions|Per\\w+TrapLimit=\\d+|TypeProfileLevel=\\d+|Tier3\\w+=\\d+)");
    /** What the compiler may have presumed from what it has seen so far, and what a new kind of packet proves wrong. */
    private static final Pattern TAKEN_BACK = Pattern.compile(".*level=4 (io\\.twoarm\\.director\\.\\S+ trap_bci=\\d+ "
            + "(?:unstable_if|unreached|class_check|bimorphic\\w*|array_check|null_check|range_check)) .*");

    @TempDir
    private Path folder;

    @Test
    void packetsOfNewKindsTakeNoCompiledCodeBack() throws Exception {
        Path log = folder.resolve("compiler.log");
        List<String> options = new ArrayList<>(COMPILER_OPTION
                .matcher(Files.readString(LAUNCHER))
                .results()
                .map(MatchResult::group)
                .toList());
        assertThat(options).hasSizeGreaterThan(5);
        options.add("-Xlog:deoptimization=debug:file=" + log);
        List<String> command = new ArrayList<>(DirectorProcess.java());
        command.addAll(1, options);
        command.addAll(List.of(TwoArmDirector.class.getName(), "--rehearse"));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readAllLines(log).stream()
                        .map(TAKEN_BACK::matcher)
                        .filter(matcher -> matcher.matches())
                        .map(matcher -> matcher.group(1))
                        .toList())
                .isEmpty();
    }
}
