package io.twoarm.cli;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.probe.ProbeFinding;
import io.twoarm.diagnose.probe.ServiceProbe;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "probe",
        description =
                "Finds out why a service does not answer: checks everything that its packets meet, in their order, "
                        + "and names the first broken link with evidence and fix. The exit status is 0 when none is broken.",
        mixinStandardHelpOptions = true)
final class ProbeCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
    private String service;

    @Option(names = "--verbose", description = "Shows what is good, too.")
    private boolean verbose;

    ProbeCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Topology topology = project.topology().orElseThrow();
        List<VirtualService> services = topology.virtualServices().stream()
                .filter(each -> service == null || each.name().equals(service))
                .toList();
        if (services.isEmpty()) {
            throw new EngineException("there is no service"
                    + Optional.ofNullable(service)
                            .map(name -> " \"" + name + "\"")
                            .orElse(" in the topology"));
        }
        int broken = 0;
        try (Diagnosis diagnosis = engine.diagnose(project, estate(project, options))) {
            for (VirtualService each : services) {
                terminal.heading("service " + each.name());
                ServiceProbe probe = diagnosis.probe(each, this::print);
                broken += probe.broken().isPresent() ? 1 : 0;
                conclude(probe);
            }
        }
        return broken == 0 ? 0 : TwoArm.FAILED;
    }

    private void print(ProbeFinding finding) {
        String line = finding.host() + ": " + finding.check()
                + (finding.evidence().isEmpty() ? "" : "  (" + finding.evidence() + ")");
        switch (finding.verdict()) {
            case GOOD -> {
                if (verbose) {
                    terminal.line("✓ " + line);
                }
            }
            case DOUBTFUL -> terminal.line("? " + line);
            case BROKEN -> terminal.failed("", line);
        }
    }

    private void conclude(ServiceProbe probe) {
        probe.broken()
                .ifPresentOrElse(
                        finding -> {
                            terminal.line("broken:   %s, not: %s".formatted(finding.host(), finding.check()));
                            terminal.line("evidence: " + finding.evidence());
                            finding.fix().ifPresent(fix -> terminal.line("fix:      " + fix));
                        },
                        () -> terminal.line("nothing is broken: %d of %d connections from %s came about"
                                .formatted(probe.answered(), probe.connections(), probe.client())));
    }
}
