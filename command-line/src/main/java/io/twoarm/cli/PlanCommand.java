package io.twoarm.cli;

import io.twoarm.deploy.DeploymentPlan;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.project.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = "Shows what a deployment would do to every host, and why. Changes nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also writes the plan to a file, for: twoarm deploy DIR --plan FILE")
    private Path out;

    PlanCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        DeploymentPlan plan = engine.plan(project, estate(project, options));
        plan.text().lines().forEach(terminal::planLine);
        plan.failures().forEach(terminal::error);
        if (!plan.complete()) {
            return TwoArm.FAILED;
        }
        if (out != null) {
            save(plan);
        }
        if (plan.changesNothing()) {
            terminal.line("nothing to do: every host is as designed");
        }
        return 0;
    }

    private void save(DeploymentPlan plan) {
        try {
            WholeFile.replace(out, plan.text());
        } catch (IOException e) {
            throw new EngineException("the plan cannot be written to %s: %s".formatted(out, e.getMessage()), e);
        }
        terminal.line("to do exactly this: twoarm deploy %s --plan %s".formatted(directory, out));
    }
}
