package io.twoarm.cli;

import io.twoarm.deploy.DeployReport;
import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import io.twoarm.engine.OpenProject;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        description = "Makes every host as an earlier deployment left it.",
        mixinStandardHelpOptions = true)
final class RollbackCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Mixin
    private ProgressOptions progress;

    @Option(
            names = "--to",
            paramLabel = "ID",
            description = "A deployment of twoarm history, or the beginning of its name (default: the one before the "
                    + "latest).")
    private String to;

    RollbackCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Estate estate = estate(project, options);
        terminal.line("rolling back " + estate.name());
        DeployReport result = engine.rollback(
                project, estate, Optional.ofNullable(to), new DeployProgress(terminal, progress.verbose));
        DeployProgress.summary(terminal, result);
        return result.succeeded() ? 0 : TwoArm.FAILED;
    }
}
