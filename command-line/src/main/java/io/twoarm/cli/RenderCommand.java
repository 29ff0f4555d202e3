package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import io.twoarm.engine.drawing.Picture;
import io.twoarm.model.Topology;
import io.twoarm.model.project.LayoutFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A design as a picture. */
@Command(
        name = "render",
        description = "Draws a project as a picture; the same project gives the same one. No display is needed.",
        mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    private Path directory;

    @Option(names = "--svg", paramLabel = "FILE", description = "Writes an SVG.")
    private Optional<Path> svg = Optional.empty();

    @Option(names = "--png", paramLabel = "FILE", description = "Writes a PNG of twice the size.")
    private Optional<Path> png = Optional.empty();

    RenderCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (svg.isEmpty() && png.isEmpty()) {
            throw new EngineException(
                    "where to draw is not said.\n        fix:     name --svg FILE, --png FILE or both");
        }
        Topology topology = DesignFile.topology(directory);
        Picture picture =
                Picture.of(topology, LayoutFile.read(directory, topology).layout());
        svg.ifPresent(file -> write(file, picture.svg().getBytes(StandardCharsets.UTF_8)));
        png.ifPresent(file -> write(file, picture.png()));
        return 0;
    }

    /** As a whole or not at all. */
    private void write(Path file, byte[] content) {
        Path target = file.toAbsolutePath();
        try {
            Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
            try {
                Files.write(fresh, content);
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new EngineException("%s cannot be written: %s".formatted(file, e), e);
        }
        terminal.line("made " + file);
    }
}
