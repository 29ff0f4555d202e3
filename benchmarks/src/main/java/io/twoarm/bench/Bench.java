package io.twoarm.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./bench}. Exit status: 0 measured, 1 not, 2 wrong use. */
@Command(
        name = "bench",
        description = "Measures twoarm-director beside its peers.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PacketRateCommand.class,
            PortsCommand.class,
            ConnectionsCommand.class,
            LatencyCommand.class,
            JitterCommand.class,
            IdleCommand.class,
            AllocationCommand.class,
            FirstCommand.class,
            FlowsCommand.class,
            WorkersCommand.class,
            PartsCommand.class,
            StartCommand.class,
            AllCommand.class,
            CommandLine.HelpCommand.class
        })
final class Bench {
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Testpmd.Forwarding.class, Testpmd.Forwarding::of)
                .setExecutionExceptionHandler((exception, commandLine, _) -> {
                    commandLine.getErr().println("bench: " + exception.getMessage());
                    commandLine.getErr().flush();
                    return 1;
                });
    }
}
