package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description = "Makes a project from a starter topology, or lists the starters.",
        mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
    private final Engine engine;
    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Wanted wanted;

    /** Either the list, or a project. */
    private static final class Wanted {
        @Option(names = "--list", required = true, description = "One starter a line, its name first.")
        private boolean list;

        @ArgGroup(exclusive = false)
        private Project project;
    }

    private static final class Project {
        @Parameters(index = "0", paramLabel = "NAME", description = "The starter, for example two-arm-fullnat.")
        private String starter;

        @Parameters(index = "1", paramLabel = "DIR", description = "A new or empty directory.")
        private Path directory;
    }

    NewCommand(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (wanted.list) {
            StarterTopologies.all().forEach(starter -> terminal.line(starter.name() + "  " + starter.title()));
            return 0;
        }
        Path directory = wanted.project.directory;
        engine.create(wanted.project.starter, directory);
        terminal.line("made " + directory.resolve("topology.yaml"));
        terminal.line(
                "next: twoarm lab up " + directory + ", twoarm deploy " + directory + ", twoarm verify " + directory);
        return 0;
    }
}
