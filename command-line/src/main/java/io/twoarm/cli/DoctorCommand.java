package io.twoarm.cli;

import io.twoarm.deploy.ConnectionDiagnosis;
import io.twoarm.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = "Examines the way to the hosts, hop by hop: address, SSH server, algorithms, host key, key, "
                + "certificate, login, commands, root. Says what failed and the fix. Changes nothing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Parameters(index = "1..*", paramLabel = "HOST", description = "Hosts of the project (default: all).")
    private List<String> hosts = new ArrayList<>();

    DoctorCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        List<ConnectionDiagnosis> diagnoses = engine.doctor(estate(deployableProject(), options), hosts);
        diagnoses.forEach(this::print);
        List<String> bad = diagnoses.stream()
                .filter(diagnosis -> !diagnosis.reachable())
                .map(ConnectionDiagnosis::host)
                .toList();
        terminal.line("");
        terminal.line(bad.isEmpty() ? "every host can be reached" : "not reached: " + String.join(", ", bad));
        return bad.isEmpty() ? 0 : TwoArm.FAILED;
    }

    private void print(ConnectionDiagnosis diagnosis) {
        terminal.heading(diagnosis.host());
        String hop = diagnosis.host();
        for (ConnectionDiagnosis.Check check : diagnosis.checks()) {
            if (!check.hop().equals(hop)) {
                terminal.line("  " + check.hop());
                hop = check.hop();
            }
            print(check);
        }
    }

    private void print(ConnectionDiagnosis.Check check) {
        List<String> lines = check.found().lines().toList();
        String text = "%-14s %s".formatted(check.name(), lines.getFirst());
        switch (check.verdict()) {
            case GOOD -> terminal.faint("  ok      " + text);
            case NOTE -> terminal.line("  note    " + text);
            case SKIPPED -> terminal.faint("  -       " + text);
            case FAILED -> terminal.line("  FAILED  " + text);
        }
        lines.stream().skip(1).forEach(line -> terminal.line(" ".repeat(25) + line));
        check.fix()
                .ifPresent(fix -> terminal.line(" ".repeat(25) + "fix: " + fix.replace("\n", "\n" + " ".repeat(30))));
    }
}
