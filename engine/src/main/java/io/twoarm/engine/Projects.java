package io.twoarm.engine;

import io.twoarm.model.Name;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Lint;
import io.twoarm.model.project.ProjectFiles;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import io.twoarm.model.project.ProjectWriter;
import io.twoarm.model.project.WholeFile;
import io.twoarm.templates.StarterTopologies;
import io.twoarm.templates.StarterTopologies.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Projects on disk and starters, read and linted. */
final class Projects {
    private Projects() {}

    static OpenProject open(Path directory) {
        return linted(directory, ProjectReader.read(directory));
    }

    static OpenProject starter(String name) {
        Starter starter = find(name);
        Path file = Path.of(starter.name(), ProjectFiles.TOPOLOGY);
        return linted(file.getParent(), ProjectReader.readText(starter.topology(), file));
    }

    static OpenProject create(String name, Path directory) {
        if (name.equals(Engine.EMPTY)) {
            return createEmpty(directory);
        }
        Starter starter = find(name);
        requireEmpty(directory);
        try {
            Files.createDirectories(directory);
            WholeFile.replace(directory.resolve(ProjectFiles.LAYOUT), starter.layout());
            WholeFile.replace(directory.resolve(ProjectFiles.TOPOLOGY), starter.topology());
        } catch (IOException e) {
            throw new EngineException("the project cannot be written to %s: %s".formatted(directory, e), e);
        }
        return open(directory);
    }

    private static OpenProject createEmpty(Path directory) {
        requireEmpty(directory);
        String wanted = directory.toAbsolutePath().normalize().getFileName().toString();
        Topology empty = new Topology(
                wanted.matches(Name.PATTERN) ? wanted : "design",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        try {
            Files.createDirectories(directory);
            WholeFile.replace(directory.resolve(ProjectFiles.TOPOLOGY), ProjectWriter.format(empty));
        } catch (IOException e) {
            throw new EngineException("the project cannot be written to %s: %s".formatted(directory, e), e);
        }
        return open(directory);
    }

    private static OpenProject linted(Path directory, ProjectReading reading) {
        Lint.Inspection found = Lint.inspect(reading);
        return new OpenProject(directory, reading.topology(), CausesFirst.sort(found.findings()), found.fixes());
    }

    private static Starter find(String name) {
        return StarterTopologies.named(name)
                .orElseThrow(() -> new EngineException("there is no starter topology \"%s\".%n        allowed: %s"
                        .formatted(
                                name,
                                StarterTopologies.all().stream()
                                        .map(Starter::name)
                                        .collect(Collectors.joining(", ")))));
    }

    private static void requireEmpty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> content = Files.list(directory)) {
            content.findFirst().ifPresent(file -> {
                throw new EngineException("""
                        %s is not empty.
                                found:   %s
                                fix:     name a new or an empty directory""".formatted(directory, file.getFileName()));
            });
        } catch (NotDirectoryException e) {
            throw new EngineException(
                    "%s is a file.%n        fix:     name a new or an empty directory".formatted(directory), e);
        } catch (IOException e) {
            throw new EngineException("%s cannot be read: %s".formatted(directory, e), e);
        }
    }
}
