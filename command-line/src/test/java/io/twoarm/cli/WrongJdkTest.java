package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code ./twoarm} on a machine that has no JDK 25. */
@Tag("lab")
class WrongJdkTest {
    /** Every JDK of version 25 is hidden behind an empty directory, for this command only. */
    private static final String WITHOUT_JDK_25 = """
            set -e
            for release in /usr/lib/jvm/*/release; do
                if grep -q '^JAVA_VERSION="25' "$release"; then
                    mount -t tmpfs none "$(dirname "$release")"
                fi
            done
            unset JAVA_HOME
            exec ./twoarm help
            """;

    @Test
    void itSaysWhatIsFoundWhatIsNeededAndHowToGetIt() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of("unshare", "-m", "sh", "-c", WITHOUT_JDK_25))
                .directory(Path.of(System.getProperty("twoarm.root")).toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .contains("twoarm: no JDK 25 found.")
                .contains("found:")
                .contains("needed:  a JDK (not only a runtime) of version 25")
                .contains("fix:");
        assertThat(process.exitValue()).isEqualTo(1);
    }
}
