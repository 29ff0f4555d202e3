package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class HostFilesTest {
    @TempDir
    private Path directory;

    private LoopbackServer server;
    private SshConnections connections;

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.start(directory);
        connections = new SshConnections();
    }

    @AfterEach
    void stop() throws Exception {
        connections.close();
        server.close();
    }

    @Test
    void directoriesComeFirstAndNamesMayHoldAnything() throws Exception {
        Path seen = Files.createDirectory(directory.resolve("seen"));
        Files.createDirectory(seen.resolve("z-dir"));
        Files.writeString(seen.resolve("a b\nc"), "four");
        Files.createSymbolicLink(seen.resolve("link"), Path.of("z-dir"));

        assertThat(HostFiles.list(connections.open(server.target()), seen.toString()))
                .extracting(HostFiles.Entry::name, HostFiles.Entry::type, HostFiles.Entry::target)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("z-dir", HostFiles.Type.DIRECTORY, ""),
                        org.assertj.core.groups.Tuple.tuple("a b\nc", HostFiles.Type.FILE, ""),
                        org.assertj.core.groups.Tuple.tuple("link", HostFiles.Type.LINK, "z-dir"));
        assertThat(HostFiles.read(
                        connections.open(server.target()),
                        seen.resolve("a b\nc").toString()))
                .isEqualTo("four");
    }

    @Test
    void ofALargeFileTheBeginningIsShownAndItSaysSo() throws Exception {
        String line = "x".repeat(99) + "\n";
        Path large = Files.writeString(directory.resolve("large"), line.repeat(11_000));
        Path full = Files.writeString(directory.resolve("full"), "y".repeat(1 << 20));

        String shown = HostFiles.read(connections.open(server.target()), large.toString());

        assertThat(shown)
                .startsWith(line)
                .hasSizeLessThan((1 << 20) + 100)
                .endsWith(line + "[the file goes on: only its first MiB is shown]\n");
        assertThat(HostFiles.read(connections.open(server.target()), full.toString()))
                .hasSize(1 << 20);
        Path oneLine = Files.writeString(directory.resolve("one-line"), "z".repeat((1 << 20) + 1));
        assertThat(HostFiles.read(connections.open(server.target()), oneLine.toString()))
                .startsWith("zzz")
                .endsWith("z\n[the file goes on: only its first MiB is shown]\n");
    }

    @Test
    void whatIsNoDirectoryOrCannotBeReadIsSaid() {
        assertThatThrownBy(() -> HostFiles.list(connections.open(server.target()), "/no/such"))
                .hasMessageContaining("/no/such")
                .hasMessageContaining("no directory");
        assertThatThrownBy(() -> HostFiles.read(connections.open(server.target()), "/no/such"))
                .hasMessageContaining("/no/such");
    }
}
