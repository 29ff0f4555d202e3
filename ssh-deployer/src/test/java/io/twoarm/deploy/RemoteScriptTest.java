package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteScriptTest {
    @ParameterizedTest
    @EnumSource(RemoteScript.class)
    void thePosixShellCanReadIt(RemoteScript script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
        try (var out = shell.getOutputStream()) {
            out.write(script.text().getBytes(StandardCharsets.UTF_8));
        }

        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
    }
}
