package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Writes every file of every host into a directory.",
        mixinStandardHelpOptions = true)
final class GenerateCommand extends ProjectCommand {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where to; one folder per host, files at their paths, and a manifest.")
    private Path out;

    GenerateCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        engine.writeArtifacts(project, out);
        engine.generate(project)
                .forEach(host -> terminal.line(
                        "%s: %d files in %s".formatted(host.host(), host.files().size(), out.resolve(host.host()))));
        return 0;
    }
}
