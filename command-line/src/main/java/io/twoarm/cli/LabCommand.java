package io.twoarm.cli;

import io.twoarm.deploy.SshTarget;
import io.twoarm.engine.Engine;
import io.twoarm.engine.LabSession;
import io.twoarm.engine.OpenProject;
import io.twoarm.lab.ImpairedPort;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "lab",
        description = "Runs a project's hosts as namespaces on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class LabCommand implements Callable<Integer> {
    private final Terminal terminal;

    LabCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.error(
                "which one? twoarm lab up DIR, twoarm lab status DIR, twoarm lab impair DIR or twoarm lab down DIR");
        return 2;
    }

    static void printHosts(Terminal terminal, LabSession lab) {
        terminal.table(
                List.of("host", "reach it by"),
                lab.estate().targets().stream()
                        .map(target -> List.of(target.host(), sshCommand(target)))
                        .toList());
    }

    private static String sshCommand(SshTarget target) {
        return "ssh -i %s -o UserKnownHostsFile=%s -p %d %s@%s"
                .formatted(target.identity(), target.knownHosts(), target.port(), target.user(), target.address());
    }

    @Command(
            name = "up",
            description = "Starts the lab and waits until every host answers.",
            mixinStandardHelpOptions = true)
    static final class Up extends ProjectCommand {
        Up(Engine engine, Terminal terminal) {
            super(engine, terminal);
        }

        @Override
        public Integer call() {
            OpenProject project = deployableProject();
            String name = project.topology().orElseThrow().name();
            LabSession lab = engine.startLab(project, name, false, terminal::faint);
            terminal.done("lab", lab.estate().targets().size() + " hosts are up", lab.startTime());
            printHosts(terminal, lab);
            return 0;
        }
    }

    @Command(
            name = "status",
            description = "Says whether the lab runs, and how to reach its hosts.",
            mixinStandardHelpOptions = true)
    static final class Status extends ProjectCommand {
        Status(Engine engine, Terminal terminal) {
            super(engine, terminal);
        }

        @Override
        public Integer call() {
            LabSession lab = runningLab(engine.open(directory));
            terminal.line("lab " + lab.name() + " is running");
            printHosts(terminal, lab);
            printImpairments(terminal, lab);
            return 0;
        }
    }

    static void printImpairments(Terminal terminal, LabSession lab) {
        List<ImpairedPort> impaired = lab.impairments();
        if (!impaired.isEmpty()) {
            terminal.table(
                    List.of("cable", "impaired by"),
                    impaired.stream()
                            .map(each -> List.of(
                                    each.host() + "/" + each.port(),
                                    each.impairment().text()))
                            .toList());
        }
    }

    @Command(name = "down", description = "Stops the lab; nothing of it is left.", mixinStandardHelpOptions = true)
    static final class Down extends ProjectCommand {
        Down(Engine engine, Terminal terminal) {
            super(engine, terminal);
        }

        @Override
        public Integer call() {
            lab(engine.open(directory))
                    .ifPresentOrElse(
                            lab -> {
                                lab.stop();
                                terminal.line("lab " + lab.name() + " is stopped");
                            },
                            () -> terminal.line("no lab of this project is running"));
            return 0;
        }
    }
}
