package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Fix;
import io.twoarm.model.lint.Lint;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import io.twoarm.model.project.ProjectWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Every finding, also notes; repairs what a program can repair. */
@Command(
        name = "lint",
        description = {
            "Looks for mistakes in a project and says what to do about them.",
            "Exit status 0 when nothing of error level is left."
        },
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    /** One repair may bring the next finding to light; more rounds than this would be repairs that fight each other. */
    private static final int MOST_REPAIRS = 1000;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    private Path directory;

    @Option(names = "--fix", description = "Repairs what can be repaired, and writes topology.yaml anew.")
    private boolean fix;

    @Option(names = "--json", description = "Prints the findings as one JSON array.")
    private boolean json;

    LintCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (fix) {
            repair();
        }
        ProjectReading reading = ProjectReader.read(directory);
        Lint.Inspection inspection = Lint.inspect(reading);
        List<Finding> findings = inspection.findings();
        if (json) {
            terminal.line(FindingsJson.of(findings));
        } else {
            findings.forEach(finding -> terminal.line(finding.text()));
            terminal.line(summary(inspection));
        }
        boolean broken = findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        return broken ? TwoArm.FAILED : 0;
    }

    private static String summary(Lint.Inspection inspection) {
        List<Finding> findings = inspection.findings();
        int fixable = inspection.fixes().size();
        return "%d errors, %d warnings, %d notes%s"
                .formatted(
                        count(findings, Severity.ERROR),
                        count(findings, Severity.WARNING),
                        count(findings, Severity.NOTE),
                        fixable > 0 ? "; --fix repairs " + fixable : "");
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private void repair() {
        ProjectReading reading = ProjectReader.read(directory);
        if (reading.topology().isEmpty()) {
            return; // nothing can be repaired in a file that is not understood; its findings follow
        }
        Topology topology = reading.topology().get();
        List<Fix> done = new ArrayList<>();
        Optional<Fix> next = next(topology, reading);
        while (next.isPresent() && done.size() < MOST_REPAIRS) {
            topology = next.get().change().applyTo(topology);
            done.add(next.get());
            next = next(topology, reading);
        }
        if (done.isEmpty()) {
            return;
        }
        try {
            ProjectWriter.write(directory, topology);
        } catch (IOException failure) {
            throw new EngineException("the project cannot be written to %s: %s".formatted(directory, failure), failure);
        }
        if (!json) {
            done.forEach(it -> terminal.line("repaired " + it.change().object() + ": "
                    + it.finding().fix() + " [" + it.finding().rule() + "]"));
        }
    }

    private static Optional<Fix> next(Topology topology, ProjectReading reading) {
        return Lint.fixes(topology, reading.sources()).stream().findFirst();
    }
}
