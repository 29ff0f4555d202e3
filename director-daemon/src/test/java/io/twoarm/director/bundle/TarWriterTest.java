package io.twoarm.director.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarWriterTest {
    @TempDir
    Path folder;

    @Test
    void tarUnpacksWhatWasPacked() throws Exception {
        Path archive = folder.resolve("a.tar");
        byte[] text = "hello\n".getBytes(StandardCharsets.UTF_8);
        byte[] block = new byte[512];
        try (TarWriter tar = new TarWriter(Files.newOutputStream(archive), 1_000_000_000)) {
            tar.folder("top");
            tar.file("top/run", text, true);
            tar.file("top/block", block, false);
            tar.file("top/empty", new byte[0], false);
            tar.symbolicLink("top/link", "run");
        }

        assertThat(tar("tvf")).hasSize(5).allMatch(line -> line.contains(" 0/0 ") && line.contains("2001-09-09"));
        tar("xf");

        assertThat(folder.resolve("top/run")).hasBinaryContent(text).isExecutable();
        assertThat(folder.resolve("top/block")).hasBinaryContent(block);
        assertThat(Files.isExecutable(folder.resolve("top/block"))).isFalse();
        assertThat(folder.resolve("top/empty")).isEmptyFile();
        assertThat(Files.readSymbolicLink(folder.resolve("top/link"))).hasToString("run");
    }

    private List<String> tar(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", what, "a.tar", "--numeric-owner")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().readAllLines();
        assertThat(process.waitFor()).as("tar %s: %s", what, lines).isZero();
        return lines;
    }

    @Test
    void aNameThatTheFormatCannotHoldIsRefused() throws IOException {
        try (TarWriter tar = new TarWriter(new ByteArrayOutputStream(), 0)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tar.file("x".repeat(101), new byte[0], false))
                    .withMessageContaining("longer than 100 bytes");
        }
    }
}
