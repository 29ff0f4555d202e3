package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDirectoryTest {
    private static final HostArtifacts ONE = host("one", "first\n");
    private static final HostArtifacts TWO = host("two", "second\n");

    @TempDir
    Path root;

    @Test
    void everyFileStandsAtItsPathWithItsMode() throws IOException {
        Path out = root.resolve("deep/out");
        ArtifactDirectory.write(List.of(ONE, TWO), out);

        assertThat(out.resolve("one/etc/twoarm/run")).hasContent("first\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("one/etc/twoarm/run"))))
                .isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rwxr-xr-x");
        assertThat(out.resolve("manifest.txt")).content().startsWith("TwoArm artifacts\n");
        assertThat(out.resolve("one/manifest.txt")).content().contains("0750 /etc/twoarm/run  ");
    }

    @Test
    void laterArtifactsReplaceEarlierOnesWhole() throws IOException {
        Path out = root.resolve("out");
        ArtifactDirectory.write(List.of(ONE, TWO), out);
        ArtifactDirectory.write(List.of(TWO), out);

        assertThat(out.resolve("one")).doesNotExist();
        assertThat(out.resolve("two/etc/twoarm/run")).exists();
        assertThat(names(root)).containsExactly("out");
    }

    @Test
    void aDirectoryWithOtherFilesIsLeftAlone() throws IOException {
        Path out = Files.createDirectory(root.resolve("out"));
        Files.writeString(out.resolve("letter.txt"), "dear");

        assertThatThrownBy(() -> ArtifactDirectory.write(List.of(ONE), out))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds other files");
        assertThat(names(out)).containsExactly("letter.txt");
        assertThat(names(root)).containsExactly("out");
    }

    @Test
    void anEmptyDirectoryIsFilled() throws IOException {
        Path out = Files.createDirectory(root.resolve("out"));
        ArtifactDirectory.write(List.of(ONE), out);

        assertThat(names(out)).containsExactly("manifest.txt", "one");
    }

    @Test
    void aFailureLeavesTheEarlierArtifacts() throws IOException {
        Path out = root.resolve("out");
        ArtifactDirectory.write(List.of(ONE), out);
        HostArtifacts broken = new HostArtifacts(
                "one",
                List.of(),
                false,
                List.of(new HostFile("/a", 0644, "", ""), new HostFile("/a/b", 0644, "", "")),
                List.of(),
                List.of());

        assertThatThrownBy(() -> ArtifactDirectory.write(List.of(broken), out)).isInstanceOf(IOException.class);
        assertThat(out.resolve("one/etc/twoarm/run")).hasContent("first\n");
        assertThat(names(root)).containsExactly("out");
    }

    private static HostArtifacts host(String name, String content) {
        return new HostArtifacts(
                name,
                List.of("iproute2"),
                false,
                List.of(new HostFile("/etc/twoarm/run", 0750, content, "a test needs it")),
                List.of(),
                List.of());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
