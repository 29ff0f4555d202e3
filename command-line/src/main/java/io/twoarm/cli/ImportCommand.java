package io.twoarm.cli;

import io.twoarm.artifact.existing.ExistingDirector;
import io.twoarm.artifact.existing.ExistingDirectorReader;
import io.twoarm.artifact.existing.ExistingFile;
import io.twoarm.artifact.existing.ImportedTopology;
import io.twoarm.artifact.existing.TopologyImport;
import io.twoarm.artifact.existing.Unmapped;
import io.twoarm.engine.EngineException;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.Name;
import io.twoarm.model.project.ProjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A project made of configuration that is in use. */
@Command(
        name = "import",
        description = {
            "Makes a project of configuration that is in use: dpvs.conf, keepalived.conf, ipvsadm -S, dpip scripts.",
            "What cannot be mapped, and what had to be assumed, is listed."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILES",
            description = "Files of one director, or one directory for each director of a pair.")
    private List<Path> files;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new or empty directory.")
    private Path out;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What the files are for: ${COMPLETION-CANDIDATES}; found out if left out.")
    private Optional<DirectorKind> kind = Optional.empty();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireEmpty();
        List<ExistingDirector> directors = directors();
        boolean nothing = directors.stream()
                .allMatch(director ->
                        director.services().isEmpty() && director.gateways().isEmpty());
        if (nothing) {
            throw new EngineException("""
                    these files configure no service of a director.
                            found:   %s
                            fix:     name a keepalived.conf, the output of ipvsadm -S, or a directory with them""".formatted(files));
        }
        ImportedTopology imported = TopologyImport.of(projectName(), directors);
        write(imported);
        imported.unmapped().stream().map(Unmapped::message).forEach(terminal::line);
        terminal.line("made " + out.resolve("topology.yaml") + ": "
                + imported.topology().virtualServices().size() + " services, "
                + imported.topology().realservers().count() + " realservers; "
                + imported.unmapped().size() + " remarks above");
        terminal.line("next: twoarm lint " + out + ", and draw clients and routers");
        return 0;
    }

    /** All plain files together are one director, each directory is one. */
    private List<ExistingDirector> directors() {
        List<ExistingDirector> directors = new ArrayList<>();
        List<ExistingFile> plain = new ArrayList<>();
        for (Path path : files) {
            if (Files.isDirectory(path)) {
                List<ExistingFile> inside = FileTree.read(path).entrySet().stream()
                        .map((Map.Entry<String, String> it) -> new ExistingFile(path + it.getKey(), it.getValue()))
                        .toList();
                directors.add(ExistingDirectorReader.read(hostName(path), inside, kind));
            } else {
                plain.add(new ExistingFile(
                        path.toString(),
                        FileTree.text(path).orElseThrow(() -> new EngineException(path + " is no text file."))));
            }
        }
        if (!plain.isEmpty()) {
            directors.add(ExistingDirectorReader.read("director", plain, kind));
        }
        return unique(directors);
    }

    /** Names of hosts are unique in a topology; copies of one file often share a router_id. */
    private static List<ExistingDirector> unique(List<ExistingDirector> directors) {
        List<ExistingDirector> named = new ArrayList<>();
        for (ExistingDirector it : directors) {
            String name = it.name().replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
            String candidate = name.isEmpty() ? "director" : name;
            int number = 2;
            while (contains(named, candidate)) {
                candidate = name + "-" + number++;
            }
            named.add(it.called(candidate));
        }
        return named;
    }

    private static boolean contains(List<ExistingDirector> directors, String name) {
        return directors.stream().anyMatch(director -> director.name().equals(name));
    }

    private static String hostName(Path directory) {
        return directory.toAbsolutePath().normalize().getFileName().toString();
    }

    private String projectName() {
        String name = hostName(out);
        try {
            return Name.check(name);
        } catch (InvalidLiteralException unusable) {
            return "imported";
        }
    }

    private void requireEmpty() {
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> content = Files.list(out)) {
            if (content.findAny().isPresent()) {
                throw new EngineException(
                        "%s is not empty.%n        fix:     name a new or an empty directory".formatted(out));
            }
        } catch (IOException e) {
            throw new EngineException("%s cannot be read: %s".formatted(out, e), e);
        }
    }

    private void write(ImportedTopology imported) {
        try {
            Files.createDirectories(out);
            ProjectWriter.write(out, imported.topology());
        } catch (IOException e) {
            throw new EngineException("the project cannot be written to %s: %s".formatted(out, e), e);
        }
    }
}
