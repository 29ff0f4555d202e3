package io.twoarm.desktop.viewmodel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The program that opens capture files, where it is installed. */
final class Wireshark {
    private static final String NAME = "wireshark";
    private static final Path ON_MACOS = Path.of("/Applications/Wireshark.app/Contents/MacOS/Wireshark");

    private Wireshark() {}

    /** Where it is: on the path, or where macOS has it. */
    static Optional<Path> find() {
        return find(System.getenv().getOrDefault("PATH", ""));
    }

    static Optional<Path> find(String path) {
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator))
                                .filter(directory -> !directory.isEmpty())
                                .map(directory -> Path.of(directory, NAME)),
                        Stream.of(ON_MACOS))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A file that goes with this program. */
    static Path newFile() throws IOException {
        Path file = Files.createTempFile("twoarm-", ".pcapng");
        file.toFile().deleteOnExit();
        return file;
    }

    /** Starts it; it lives on by itself. */
    static void open(Path program, Path file) throws IOException {
        new ProcessBuilder(program.toString(), "-r", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
