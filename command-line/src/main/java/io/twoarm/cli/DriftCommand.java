package io.twoarm.cli;

import io.twoarm.deploy.DriftReport;
import io.twoarm.deploy.HostDrift;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "drift",
        description = "Compares design, last deployment and present state of every host. Changes nothing; "
                + "the exit status is 0 when all agree.",
        mixinStandardHelpOptions = true)
final class DriftCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    DriftCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        DriftReport report = engine.drift(project, estate(project, options));
        for (HostDrift host : report.hosts()) {
            if (!host.items().isEmpty()) {
                terminal.heading(host.host());
                terminal.table(
                        List.of("what", "designed", "deployed", "running", "meaning"),
                        host.items().stream()
                                .map(item -> List.of(
                                        item.thing(),
                                        item.designed(),
                                        item.deployed(),
                                        item.running(),
                                        item.meaning().words()))
                                .toList());
            }
        }
        report.failures().forEach(terminal::error);
        if (report.none()) {
            terminal.line("no drift: every host is as designed and as deployed");
        }
        return report.none() ? 0 : TwoArm.FAILED;
    }
}
