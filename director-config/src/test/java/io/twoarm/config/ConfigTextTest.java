package io.twoarm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTextTest {
    @TempDir
    Path directory;

    @Test
    void aFileIsReadAsItIs() throws IOException {
        Path file = directory.resolve("a.conf");
        Files.writeString(file, "! größe\r\n\n");

        assertThat(ConfigText.read(file)).isEqualTo("! größe\r\n\n");
    }

    @Test
    void aByteThatIsNotUtf8IsNamedWithItsLine() throws IOException {
        Path file = directory.resolve("a.conf");
        Files.write(file, "a\nb\n! größe\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ConfigText.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":3: the byte 0xf6 is not UTF-8. Save the file as UTF-8.");
    }
}
