package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import picocli.CommandLine.Command;

@Command(name = "validate", description = "Reads and checks a project.", mixinStandardHelpOptions = true)
final class ValidateCommand extends ProjectCommand {
    ValidateCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = engine.open(directory);
        project.findings().forEach(finding -> terminal.line(finding.text()));
        project.topology()
                .filter(topology -> project.deployable())
                .ifPresent(topology -> terminal.line("%s: no errors (%d hosts, %d virtual services, %d findings)"
                        .formatted(
                                topology.name(),
                                topology.hosts().size(),
                                topology.virtualServices().size(),
                                project.findings().size())));
        return project.deployable() ? 0 : TwoArm.FAILED;
    }
}
