package io.twoarm.cli;

import io.twoarm.deploy.DeployReport;
import io.twoarm.engine.Engine;
import io.twoarm.engine.LabSession;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.Verification;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Builds the two-arm lab, deploys it over SSH, proves traffic, and removes it again.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String STARTER = "two-arm-fullnat";

    /** Of each table; all sessions of a hundred requests would push everything else off the screen. */
    private static final int MOST_LINES = 24;

    private final Engine engine;
    private final Terminal terminal;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = VerifyCommand.DEFAULT_REQUESTS,
            description = "Requests through the VIP (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Mixin
    private ProgressOptions progress;

    DemoCommand(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        long started = System.nanoTime();
        OpenProject project = engine.starter(STARTER);
        Topology topology = project.topology().orElseThrow();
        terminal.done("check", topology.title() + ": " + topology.hosts().size() + " hosts, no errors", since(started));

        String name = "demo-" + ProcessHandle.current().pid();
        LabSession lab = engine.startLab(project, name, true, terminal::faint);
        boolean proven;
        try {
            terminal.done("lab", lab.estate().targets().size() + " hosts with systemd and SSH are up", lab.startTime());
            proven = deploy(project, lab) && prove(project, lab);
        } finally {
            long stopping = System.nanoTime();
            lab.stop();
            terminal.done("clean up", "the lab is gone", since(stopping));
        }
        terminal.heading(
                (proven ? "proven" : "NOT proven") + " in " + Terminal.seconds(since(started)) + " altogether");
        return proven ? 0 : TwoArm.FAILED;
    }

    private boolean deploy(OpenProject project, LabSession lab) {
        DeployReport result = engine.deploy(project, lab.estate(), new DeployProgress(terminal, progress.verbose));
        if (result.succeeded()) {
            terminal.done("deploy", result.hosts().size() + " hosts are as designed", result.elapsed());
        } else {
            DeployProgress.summary(terminal, result);
        }
        return result.succeeded();
    }

    private boolean prove(OpenProject project, LabSession lab) {
        Verification verification = engine.verify(project, lab.estate(), requests);
        VerifyCommand.print(terminal, verification);
        directors(project).forEach(director -> {
            for (String table : List.of("services", "sessions", "counters")) {
                terminal.heading(director + ": " + table);
                List<String> lines = engine.directorTable(lab.estate(), director, table)
                        .stripTrailing()
                        .lines()
                        .toList();
                lines.stream().limit(MOST_LINES).forEach(terminal::line);
                if (lines.size() > MOST_LINES) {
                    terminal.line("… and %d more".formatted(lines.size() - MOST_LINES));
                }
            }
        });
        terminal.line("");
        return verification.passed();
    }

    private static List<String> directors(OpenProject project) {
        return project.topology().orElseThrow().hosts().stream()
                .filter(host -> host instanceof Host.Director)
                .map(Host::name)
                .toList();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
