package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.plan.AddressPlan;
import io.twoarm.model.plan.CapacityPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a design carries, what it needs for more, and which addresses are left. */
@Command(
        name = "capacity",
        description = {
            "Says how many sessions each director carries, and what it needs for as many as are wished for:",
            "local addresses, memory, hugepages, workers and queues. With --addresses also who has which address.",
            "Exit status 0 when the design is enough."
        },
        mixinStandardHelpOptions = true)
final class CapacityCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    private Path directory;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "Sessions at one time that each director shall carry.")
    private Optional<Long> sessions = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", description = "The same as new sessions per second, with --lifetime.")
    private Optional<Long> rate = Optional.empty();

    @Option(names = "--lifetime", paramLabel = "SECONDS", description = "How long a session lasts, on average.")
    private Optional<Double> lifetime = Optional.empty();

    @Option(names = "--addresses", description = "Prints the address plan of every subnet.")
    private boolean addresses;

    @Option(names = "--json", description = "Prints the plans as one JSON array.")
    private boolean json;

    CapacityCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Topology topology = DesignFile.topology(directory);
        List<CapacityPlan> plans = CapacityPlan.of(topology, wished());
        if (json) {
            terminal.line(Json.lines(plans.stream().map(CapacityCommand::object).toList()));
        } else {
            plans.forEach(this::print);
            if (plans.isEmpty()) {
                terminal.line("no director has a dataplane; the kernel makes room for sessions as they come");
            }
            if (addresses) {
                printAddresses(topology);
            }
        }
        return plans.stream().allMatch(CapacityPlan::isEnough) ? 0 : TwoArm.FAILED;
    }

    private long wished() {
        if (rate.isPresent() != lifetime.isPresent() || rate.isPresent() && sessions.isPresent()) {
            throw new EngineException(
                    "say --sessions, or --rate and --lifetime together.\n        fix:     for example --rate 2000"
                            + " --lifetime 30");
        }
        long wish = rate.isPresent() ? CapacityPlan.sessions(rate.get(), lifetime.orElseThrow()) : sessions.orElse(0L);
        if (wish < 0 || wish > Integer.MAX_VALUE) {
            throw new EngineException(
                    "%d sessions cannot be planned; allowed is 0 to %d.".formatted(wish, Integer.MAX_VALUE));
        }
        return wish;
    }

    private void print(CapacityPlan plan) {
        terminal.heading(plan.director() + " carries " + plan.carried() + " sessions at one time");
        terminal.line("  memory has room for " + plan.tableSessions() + " sessions"
                + (plan.wished() > plan.tableSessions() ? "; " + needs(plan) : ""));
        plan.pools()
                .forEach(pool -> terminal.line("  pool %s: %d addresses carry %d sessions%s"
                        .formatted(
                                pool.pool(),
                                pool.addresses(),
                                pool.sessions(),
                                pool.needed() > pool.addresses()
                                        ? "; " + plan.wished() + " need " + pool.needed() + " addresses"
                                        : "")));
        List<List<String>> rows = new ArrayList<>();
        for (CapacityPlan.WorkerQueues worker : plan.queues()) {
            List<String> row = new ArrayList<>(List.of("worker " + worker.queue(), "core " + worker.lcore()));
            worker.ports().forEach(_ -> row.add("queue " + worker.queue()));
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("", ""));
        header.addAll(plan.queues().getFirst().ports());
        terminal.table(header, rows);
    }

    private static String needs(CapacityPlan plan) {
        return "%d need %d MiB: %d hugepages of 2 MiB, or %d of 1 GiB"
                .formatted(plan.wished(), plan.memoryMegabytes(), plan.hugepages(), plan.largeHugepages());
    }

    private void printAddresses(Topology topology) {
        for (AddressPlan.Subnet subnet : AddressPlan.of(topology).subnets()) {
            terminal.heading(subnet.segment() + " " + subnet.subnet() + ": " + subnet.free() + " free"
                    + subnet.next().map(it -> ", next " + IpLiteral.format(it)).orElse(""));
            subnet.uses()
                    .forEach(use -> terminal.line(
                            "  " + IpLiteral.format(use.address()) + "  " + String.join(", ", use.owners())));
        }
    }

    private static Object object(CapacityPlan plan) {
        return Json.object(
                "director", plan.director(),
                "wished", plan.wished(),
                "carried", plan.carried(),
                "enough", plan.isEnough(),
                "tableSessions", plan.tableSessions(),
                "memoryMegabytes", plan.memoryMegabytes(),
                "hugepages2M", plan.hugepages(),
                "hugepages1G", plan.largeHugepages(),
                "pools",
                        plan.pools().stream()
                                .map(pool -> Json.object(
                                        "pool", pool.pool(),
                                        "addresses", pool.addresses(),
                                        "sessions", pool.sessions(),
                                        "needed", pool.needed()))
                                .toList(),
                "queues",
                        plan.queues().stream()
                                .map(worker -> Json.object(
                                        "lcore", worker.lcore(), "queue", worker.queue(), "ports", worker.ports()))
                                .toList());
    }
}
