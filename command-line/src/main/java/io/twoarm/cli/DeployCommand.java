package io.twoarm.cli;

import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.SavedPlan;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.Estate;
import io.twoarm.engine.OpenProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "deploy", description = "Brings every host to the design, over SSH.", mixinStandardHelpOptions = true)
final class DeployCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Mixin
    private ProgressOptions progress;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Does exactly what this plan says (twoarm plan DIR --out FILE); "
                    + "nothing when the project or a host has changed since.")
    private Path plan;

    DeployCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Estate estate = estate(project, options);
        DeployProgress listener = new DeployProgress(terminal, progress.verbose);
        DeployReport result;
        if (plan == null) {
            terminal.line("deploying to " + estate.name());
            result = engine.deploy(project, estate, listener);
        } else {
            SavedPlan saved = savedPlan();
            terminal.line("deploying to " + estate.name() + " what " + plan + " says");
            result = engine.deploy(project, estate, saved, listener);
        }
        DeployProgress.summary(terminal, result);
        return result.succeeded() ? 0 : TwoArm.FAILED;
    }

    private SavedPlan savedPlan() {
        try {
            return SavedPlan.parse(Files.readString(plan));
        } catch (IOException e) {
            throw new EngineException("the plan %s cannot be read: %s".formatted(plan, e), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    "%s is not a plan: %s.%n        fix:     make it with twoarm plan %s --out FILE"
                            .formatted(plan, e.getMessage(), directory),
                    e);
        }
    }
}
