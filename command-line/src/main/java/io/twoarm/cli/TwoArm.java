package io.twoarm.cli;

import io.twoarm.deploy.SshPrompt;
import io.twoarm.deploy.secret.SecretException;
import io.twoarm.diagnose.host.DiagnoseException;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.TwoArmEngine;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The {@code twoarm} command.
 *
 * <p>Exit status: 0 when the command did what it says; 1 when it did not, or found something of error level; 2 for a
 * wrong command line.
 */
@Command(
        name = "twoarm",
        mixinStandardHelpOptions = true,
        version = "twoarm 0.1.0",
        description = "Designs, deploys, runs and proves layer-4 load balancers.",
        subcommands = HelpCommand.class)
public final class TwoArm {
    static final int FAILED = 1;

    private final CommandLine commandLine;

    TwoArm(Engine engine, Terminal terminal) {
        this(engine, terminal, SshPrompt.NOBODY);
    }

    /** @param prompt is asked for secrets that are to be stored */
    TwoArm(Engine engine, Terminal terminal, SshPrompt prompt) {
        commandLine = new CommandLine(this);
        List.of(
                        new NewCommand(engine, terminal),
                        new ValidateCommand(engine, terminal),
                        new LintCommand(terminal),
                        new WalkCommand(terminal),
                        new RenderCommand(terminal),
                        new CapacityCommand(terminal),
                        new MorphCommand(terminal),
                        new ExplainCommand(engine, terminal),
                        new CompletionCommand(terminal),
                        new DiffCommand(engine, terminal),
                        new ImportCommand(terminal),
                        new GenerateCommand(engine, terminal),
                        new RecipeCommand(terminal),
                        lab(engine, terminal),
                        new DoctorCommand(engine, terminal),
                        SecretCommand.withParts(terminal, prompt),
                        new PreflightCommand(engine, terminal),
                        new PlanCommand(engine, terminal),
                        new DeployCommand(engine, terminal),
                        new DriftCommand(engine, terminal),
                        new HistoryCommand(engine, terminal),
                        new RollbackCommand(engine, terminal),
                        new VerifyCommand(engine, terminal),
                        new ShowCommand(engine, terminal),
                        new CaptureCommand(engine, terminal),
                        new TraceCommand(engine, terminal),
                        new ProbeCommand(engine, terminal),
                        new InspectCommand(engine, terminal),
                        new DemoCommand(engine, terminal))
                .forEach(commandLine::addSubcommand);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof EngineException
                    || exception instanceof DiagnoseException
                    || exception instanceof SecretException) {
                terminal.error(exception.getMessage());
                return FAILED;
            }
            throw exception;
        });
    }

    private static CommandLine lab(Engine engine, Terminal terminal) {
        return new CommandLine(new LabCommand(terminal))
                .addSubcommand(new LabCommand.Up(engine, terminal))
                .addSubcommand(new LabCommand.Status(engine, terminal))
                .addSubcommand(new ImpairCommand(engine, terminal))
                .addSubcommand(new LabCommand.Down(engine, terminal));
    }

    /** Runs one command line and returns its exit status. */
    int run(String... arguments) {
        return commandLine.execute(arguments.length == 0 ? new String[] {"help"} : arguments);
    }

    public static void main(String[] arguments) {
        SshPrompt prompt = ConsolePrompt.ofProcess();
        System.exit(new TwoArm(TwoArmEngine.ofInstallation(prompt), Terminal.ofProcess(), prompt).run(arguments));
    }
}
