package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FlowsCommandTest {
    @Test
    void moreFlowsThanLocalPortsAreRefused() {
        assertThat(refused("flows", "--flows=10000001")).contains("10000001", "16 to 10000000");
        assertThat(refused("flows", "--flows=15")).contains("16 to 10000000");
        int ports = Wire.LOCAL_ADDRESSES * Wire.REALSERVERS * 64_511;
        assertThat(ports).isGreaterThan(10_000_000);
    }

    @Test
    void roomForSessionsIsMoreThanThereAreFlows() {
        assertThat(Source.generatorOf(Path.of("socket"), 10_000_000).sessions()).isEqualTo(16_777_215);
        assertThat(Source.generatorOf(Path.of("socket"), 16).sessions()).isEqualTo(65_535);
    }

    private static String refused(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine bench = Bench.commandLine().setErr(new PrintWriter(said));
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--bundle=none";
        assertThat(bench.execute(all)).isEqualTo(2);
        return said.toString();
    }
}
