package io.twoarm.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench idle}. */
@Command(
        name = "idle",
        description = {
            "The CPU time of a director that has nothing to do, all threads of its process, and round trips of single",
            "packets that find it asleep: on net_af_packet, on net_af_xdp and on net_memif, which cannot wake it.",
            "Needs root."
        },
        mixinStandardHelpOptions = true)
final class IdleCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long it is left alone. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--packets",
            defaultValue = "300",
            description = "How many packets come after a rest, 20 to 42 ms, each. Default: ${DEFAULT-VALUE}.")
    private int packets;

    @Override
    public Integer call() throws Exception {
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Map<Idle.Ports, List<Idle.Result>> results = new Idle(
                            workplace, common.rounds, Duration.ofSeconds(seconds), packets, common::progress)
                    .measure();
            print(results);
            List<String> json = new ArrayList<>();
            results.forEach((ports, all) -> json.add(
                    "{\"ports\":\"%s\",\"seconds\":%d,\"process_percent\":%.2f,\"worker_percent\":%.2f,\"rested_p50_us\":%.1f,\"rested_p99_us\":%.1f,\"rested_max_us\":%.1f,\"busy_p50_us\":%.1f}"
                            .formatted(
                                    ports,
                                    seconds,
                                    median(all, Idle.Result::processPercent),
                                    median(all, Idle.Result::workerPercent),
                                    median(all, one -> one.rests().median()),
                                    median(all, one -> one.rests().p99()),
                                    median(all, one -> one.rests().greatest()),
                                    median(all, one -> one.rests().busy()))));
            common.write(json);
            return 0;
        }
    }

    private static double median(List<Idle.Result> results, ToDoubleFunction<Idle.Result> figure) {
        Figures figures = new Figures();
        results.forEach(one -> figures.add(figure.applyAsDouble(one)));
        return figures.median();
    }

    private void print(Map<Idle.Ports, List<Idle.Result>> results) {
        PrintWriter out = common.out();
        out.println();
        out.println("CPU time in %d s, and round trips: medians of %d".formatted(seconds, common.rounds));
        out.printf(
                "%-20s %10s %10s %14s %9s %9s %12s%n",
                "", "process, %", "worker, %", "rested p50, us", "p99, us", "max, us", "busy p50, us");
        results.forEach((ports, all) -> out.printf(
                "%-20s %10.2f %10.2f %14.1f %9.1f %9.1f %12.1f%n",
                ports.description,
                median(all, Idle.Result::processPercent),
                median(all, Idle.Result::workerPercent),
                median(all, one -> one.rests().median()),
                median(all, one -> one.rests().p99()),
                median(all, one -> one.rests().greatest()),
                median(all, one -> one.rests().busy())));
        out.flush();
    }
}
