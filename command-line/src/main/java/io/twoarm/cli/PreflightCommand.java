package io.twoarm.cli;

import io.twoarm.deploy.HostPreflight;
import io.twoarm.deploy.PreflightReport;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "preflight",
        description = "Shows what every host is like and what stands in the way of a deployment. Changes nothing.",
        mixinStandardHelpOptions = true)
final class PreflightCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    PreflightCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        PreflightReport report = engine.preflight(project, estate(project, options));
        report.hosts().forEach(this::print);
        report.failures().forEach(terminal::error);
        terminal.line("");
        terminal.line(report.ready() ? "every host can be deployed to" : "not every host can be deployed to");
        return report.ready() ? 0 : TwoArm.FAILED;
    }

    private void print(HostPreflight host) {
        terminal.heading(host.host());
        host.facts().forEach(fact -> terminal.faint("  %-12s %s".formatted(fact.name(), fact.value())));
        host.findings().forEach(finding -> {
            terminal.line("  %s: %s".formatted(finding.blocking() ? "error" : "note", finding.found()));
            terminal.line("    needed: " + finding.needed());
            terminal.line("    fix: " + finding.fix());
        });
    }
}
