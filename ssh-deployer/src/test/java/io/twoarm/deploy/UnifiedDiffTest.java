package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The diff is the one that diff(1) prints. */
class UnifiedDiffTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "'', 'a\nb\n'",
        "'a\nb\n', ''",
        "'a\nb\nc\nd\ne\nf\ng\nh\n', 'a\nb\nc\nd\nE\nf\ng\nh\n'",
        "'a\nb\n', 'a\nb'",
        "'1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n', '0\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n'"
    })
    void itIsThatOfTheDiffProgram(String before, String after) throws Exception {
        String one = before.replace("\\n", "\n");
        String two = after.replace("\\n", "\n");

        assertThat(normal(String.join("\n", UnifiedDiff.of("one", one, "two", two))))
                .isEqualTo(normal(diff(one, two)));
    }

    /** "@@ -1 +1 @@" and "@@ -1,1 +1,1 @@" mean the same. */
    private static String normal(String diff) {
        return diff.strip()
                .replaceAll("(?m)^@@ -(\\d+) ", "@@ -$1,1 ")
                .replaceAll("(?m)^(@@ \\S+ \\+\\d+) @@", "$1,1 @@");
    }

    @Test
    void equalTextsHaveNone() {
        assertThat(UnifiedDiff.of("one", "a\n", "two", "a\n")).isEmpty();
    }

    private String diff(String one, String two) throws IOException {
        Path before = Files.writeString(directory.resolve("before"), one);
        Path after = Files.writeString(directory.resolve("after"), two);
        Process diff = new ProcessBuilder(
                        "diff", "-u", "--label", "one", "--label", "two", before.toString(), after.toString())
                .start();
        return new String(diff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
