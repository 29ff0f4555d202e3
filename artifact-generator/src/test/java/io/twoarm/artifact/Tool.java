package io.twoarm.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the system that judge generated files. */
final class Tool {
    private static final long LONGEST_SECONDS = 180;

    private Tool() {}

    /**
     * @param status exit status
     * @param output standard output and standard error
     */
    record Result(int status, String output) {}

    /** Makes a test fail, with the command that repairs it, when a program is missing. */
    static void require(String program, String debianPackage) {
        if (!Files.isExecutable(Path.of(program))) {
            throw new AssertionError(program + " is missing; run: apt-get install " + debianPackage);
        }
    }

    static Result run(List<String> command) {
        try {
            Path output = Files.createTempFile("twoarm-tool", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .start();
                try {
                    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                        throw new AssertionError(command + " did not end in " + LONGEST_SECONDS + " s");
                    }
                } finally {
                    process.destroyForcibly();
                }
                return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, interrupted);
        }
    }
}
