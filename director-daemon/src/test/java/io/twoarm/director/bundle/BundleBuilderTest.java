package io.twoarm.director.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes real bundles with the running JDK. */
@Tag("long")
class BundleBuilderTest {
    @TempDir
    Path folder;

    private Path build(String name) throws IOException, InterruptedException {
        Path jar = folder.resolve("daemon.jar");
        if (!Files.exists(jar)) {
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream packed = new JarOutputStream(out)) {
                packed.putNextEntry(new java.util.zip.ZipEntry("empty"));
            }
        }
        Path licence = Files.writeString(folder.resolve("LICENSE"), "licence\n");
        BundleBuilder.main(new String[] {
            folder.resolve(name).toString(),
            "src/main/bundle",
            licence.toString(),
            jar.toString(),
            jar.toString(),
            "2026-11-21T00:00:00Z"
        });
        return folder.resolve(name).resolve("twoarm-director.tar.gz");
    }

    @Test
    void equalInputGivesEqualBytesAndAnUnchangedBundleIsLeftAlone() throws Exception {
        Path one = build("one");
        Path other = build("other");

        assertThat(Files.mismatch(one, other)).isEqualTo(-1);

        FileTime made = Files.getLastModifiedTime(one);
        build("one");
        assertThat(Files.getLastModifiedTime(one)).isEqualTo(made);
    }

    @Test
    void theRuntimeInTheBundleRuns() throws Exception {
        Path archive = build("one");
        run("tar", "xzf", archive.toString(), "-C", folder.toString());

        assertThat(run(
                        folder.resolve("twoarm-director/runtime/bin/java").toString(),
                        "-Xshare:on",
                        "-XX:+UseZGC",
                        "-version"))
                .anyMatch(line -> line.contains("sharing"));
        assertThat(run(folder.resolve("twoarm-director/runtime/bin/java").toString(), "--list-modules"))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("java.base@25"));
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().readAllLines();
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), lines)
                .isZero();
        return lines;
    }
}
