package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "4", "12"})
    void timeThatIsNoWholeNumberOfTurnsIsRefused(String seconds) {
        StringWriter said = new StringWriter();
        int status = Bench.commandLine()
                .setErr(new PrintWriter(said))
                .execute("jitter", "--bundle=none", "--seconds=" + seconds);

        assertThat(status).isEqualTo(2);
        assertThat(said.toString()).contains("--seconds: found " + seconds + ", allowed are multiples of 5");
    }
}
