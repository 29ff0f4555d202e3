package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.Estate;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Host;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Prints a table of every running director.", mixinStandardHelpOptions = true)
final class ShowCommand extends ProjectCommand {
    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description = "status, counters, sessions, services, neighbours or ports.")
    private String table;

    @Mixin
    private HostOptions options;

    ShowCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Estate estate = estate(project, options);
        List<Host> directors = project.topology().orElseThrow().hosts().stream()
                .filter(host -> host instanceof Host.Director)
                .toList();
        if (directors.isEmpty()) {
            throw new EngineException("the topology has no director.");
        }
        for (Host director : directors) {
            terminal.heading(director.name() + ": " + table);
            terminal.line(engine.directorTable(estate, director.name(), table).stripTrailing());
        }
        return 0;
    }
}
