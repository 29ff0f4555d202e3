package io.twoarm.cli;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.existing.ArtifactDifference;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Difference;
import io.twoarm.model.project.TopologyDifference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What two sides say differently, by object and value. */
@Command(
        name = "diff",
        description = {
            "Compares two projects, or files of hosts with what a project generates, by what they mean.",
            "Exit status 0 when they mean the same, 1 otherwise."
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    private final Engine engine;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    private Path directory;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR2",
            description = "Another project; differences lead there.")
    private Optional<Path> project = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "OUT",
            description =
                    "Files as generate writes them, one folder per host; differences lead from them to the project.")
    private Optional<Path> files = Optional.empty();

    @Option(names = "--json", description = "Prints the differences as one JSON array.")
    private boolean json;

    DiffCommand(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (project.isPresent() == files.isPresent()) {
            throw new EngineException(
                    "what to compare with is not said, or said twice.%n        fix:     name DIR2 or --against OUT"
                            .formatted());
        }
        List<Difference> differences = project.isPresent()
                ? TopologyDifference.between(topology(directory), topology(project.get()))
                : againstFiles(files.get());
        if (json) {
            terminal.line(Json.lines(differences.stream()
                    .map(it -> Json.object(
                            "object", it.object(),
                            "field", it.field(),
                            "before", it.before(),
                            "after", it.after()))
                    .toList()));
        } else {
            differences.forEach(it -> terminal.line(it.text()));
        }
        return differences.isEmpty() ? 0 : TwoArm.FAILED;
    }

    private Topology topology(Path place) {
        OpenProject open = engine.open(place);
        return open.topology().orElseThrow(() -> {
            open.findings().forEach(finding -> terminal.line(finding.text()));
            return new EngineException(place + " cannot be read as a project.");
        });
    }

    private List<Difference> againstFiles(Path out) {
        OpenProject open = engine.open(directory);
        if (!open.deployable()) {
            open.findings().forEach(finding -> terminal.line(finding.text()));
            throw new EngineException("the project has errors, so there is nothing to compare with.");
        }
        List<Difference> differences = new ArrayList<>();
        for (HostArtifacts host : engine.generate(open)) {
            Path folder = out.resolve(host.host());
            if (!Files.isDirectory(folder)) {
                throw new EngineException(
                        "%s has no folder %s.%n        fix:     make one folder for each host, with its"
                                        .formatted(out, host.host())
                                + " files at their paths, as twoarm generate does");
            }
            SortedMap<String, String> given = FileTree.read(folder);
            differences.addAll(ArtifactDifference.between(open.topology().orElseThrow(), given, host));
        }
        return differences;
    }
}
