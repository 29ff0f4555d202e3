package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** Daemon archives whose program is a shell script that knows its name; one that is named {@code bad} refuses to run. */
final class TestBundle {
    private TestBundle() {}

    static Path write(Path archive, String name) throws Exception {
        Path top =
                Files.createDirectories(archive.resolveSibling(name + "-tree").resolve("twoarm"));
        Path program = Files.createDirectories(top.resolve("bin")).resolve("twoarm-director");
        Files.writeString(program, """
                #!/bin/sh
                case $1 in
                    --check) [ %1$s != bad ] || { echo "%1$s cannot run"; exit 1; } ;;
                    name) echo %1$s ;;
                    run) systemd-notify --ready; exec sleep infinity ;;
                esac
                """.formatted(name));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        byte[] runtime = new byte[200_000];
        new Random(name.hashCode()).nextBytes(runtime);
        Files.write(top.resolve("runtime"), runtime);
        return tar(archive, top);
    }

    static Path writeEmpty(Path archive) throws Exception {
        Path top = Files.createDirectories(archive.resolveSibling("empty-tree").resolve("twoarm"));
        Files.writeString(top.resolve("README"), "nothing here\n");
        return tar(archive, top);
    }

    private static Path tar(Path archive, Path top) throws Exception {
        Process tar = new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        top.getParent().toString(),
                        top.getFileName().toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).as("tar").isZero();
        return archive;
    }
}
