package io.twoarm.toa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderTest {
    @TempDir
    Path directory;

    private Path loader;

    @BeforeEach
    void writeLoader() throws IOException {
        loader = Files.writeString(directory.resolve("twoarm-toa"), RealserverToa.loader());
    }

    @ParameterizedTest
    @ValueSource(strings = {"toa", "tunnel"})
    void theObjectIsWhatTheSourceCompilesTo(String program) throws Exception {
        Path compiled = directory.resolve(program + ".bpf.o");
        Outcome outcome = Outcome.of("bash", "src/main/bpf/compile", "--to", compiled.toString(), program);
        assertThat(outcome.status())
                .as("the compiler comes with: sudo tools/install-packages --test; it said: %s", outcome.text())
                .isZero();
        try (InputStream packed = RealserverToa.class.getResourceAsStream(program + ".bpf.o.gz")) {
            assertThat(new GZIPInputStream(packed).readAllBytes())
                    .as("run src/main/bpf/compile after a change of the source")
                    .isEqualTo(Files.readAllBytes(compiled));
        }
    }

    @Test
    void anUnknownLineOfTheConfigurationIsNamed() throws Exception {
        Outcome outcome = check("trust 192.0.2.1\nallow 192.0.2.2 # one more\n");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text())
                .contains("toa.conf, line 2: found \"allow 192.0.2.2 # one more\"")
                .contains("allowed: trust PREFIX");
    }

    @Test
    void whatIsNoAddressIsNamed() throws Exception {
        for (String wrong : new String[] {
            "192.0.2.256",
            "192.0.2",
            "192.0.2.1/33",
            "2001:db8::1/129",
            "2001:db8",
            "1::2::3",
            "::g",
            "192.0.2.1/",
            "1:2:3:4:5:6:7:8:9"
        }) {
            Outcome outcome = check("# comment\n\ntrust " + wrong + "\n");
            assertThat(outcome.status()).as(wrong).isEqualTo(2);
            assertThat(outcome.text()).contains("toa.conf, line 3, trust: found \"" + wrong + "\"");
        }
    }

    @Test
    void addressesAndPrefixesOfBothFamiliesAreAccepted() throws Exception {
        Outcome outcome = check("trust 192.0.2.1 # one\n\n  trust 10.0.0.0/8\ntrust ::/0\ntrust 2001:DB8::1:2/127");
        assertThat(outcome.text()).isEmpty();
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aMissingConfigurationIsNamed() throws Exception {
        Outcome outcome = Outcome.of(
                "bash", loader.toString(), "check", directory.resolve("none").toString());
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text()).contains(directory.resolve("none") + " cannot be read");
    }

    @Test
    void wrongUseIsAnsweredWithTheVerbs() throws Exception {
        Outcome outcome = Outcome.of("bash", loader.toString(), "start");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text()).contains("check [CONF] | load [CONF] | unload | status");
    }

    private Outcome check(String configuration) throws IOException, InterruptedException {
        Path conf = Files.writeString(directory.resolve("toa.conf"), configuration);
        return Outcome.of("bash", loader.toString(), "check", conf.toString());
    }
}
