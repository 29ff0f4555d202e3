package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A temporary folder with the unpacked bundle.
 *
 * @param home the daemon's
 */
record Workplace(Path folder, Path home) implements AutoCloseable {
    static Workplace of(Path bundle) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("twoarm-bench");
        Workplace workplace = new Workplace(folder, Files.createDirectory(folder.resolve("bundle")));
        Cleanup.atExit(workplace);
        Process tar = new ProcessBuilder(
                        "tar", "-xzf", bundle.toString(), "-C", workplace.home.toString(), "--strip-components=1")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            workplace.close();
            throw new IOException("the bundle cannot be unpacked: " + bundle);
        }
        return workplace;
    }

    /** Makes the daemon use a garbage collector, by its name after {@code -XX:+Use} and before {@code GC}. */
    void choose(String collector) throws IOException {
        replaceOption("-XX:\\+Use[A-Z][A-Za-z0-9]*GC", "-XX:+Use" + collector + "GC");
    }

    /** Makes the daemon's Java heap as large as that at most, such as {@code 512m}. */
    void chooseHeap(String size) throws IOException {
        replaceOption("-Xmx\\w+", "-Xmx" + size);
    }

    private void replaceOption(String pattern, String option) throws IOException {
        Path script = home.resolve("bin/twoarm-director");
        String chosen = Files.readString(script).replaceFirst(pattern, option);
        if (!chosen.contains(option)) {
            throw new IOException("the start script has no option like " + option + ": " + script);
        }
        Files.writeString(script, chosen);
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // A program or the end of this one has taken it away meanwhile.
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
