package io.twoarm.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench latency}. */
@Command(
        name = "latency",
        description = {
            "Round trips, requests and connections between a client and a server in network namespaces, through the",
            "director on net_af_packet and on net_af_xdp, beside the kernel's routes and nftables. Needs root."
        },
        mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(names = "--seconds", defaultValue = "3", description = "Length of each part. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--neighbours",
            defaultValue = "0",
            description = "Programs beside it that want a whole CPU each. Default: ${DEFAULT-VALUE}.")
    private int neighbours;

    @Override
    public Integer call() throws Exception {
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Map<Latency.Way, List<Latency.Result>> results =
                    new Latency(workplace, common.rounds, seconds, neighbours, common::progress).measure();
            print(results);
            List<String> json = new ArrayList<>();
            results.forEach((way, all) -> json.add(
                    "{\"way\":\"%s\",\"neighbours\":%d,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f,\"requests\":%.0f,\"connections\":%.0f,\"sequence\":%.0f}"
                            .formatted(
                                    way,
                                    neighbours,
                                    median(all, Latency.Result::median),
                                    median(all, Latency.Result::p99),
                                    median(all, Latency.Result::p999),
                                    median(all, Latency.Result::greatest),
                                    median(all, Latency.Result::requests),
                                    median(all, Latency.Result::connections),
                                    median(all, Latency.Result::sequence))));
            common.write(json);
            return 0;
        }
    }

    private static double median(List<Latency.Result> results, ToDoubleFunction<Latency.Result> figure) {
        Figures figures = new Figures();
        results.forEach(one -> figures.add(figure.applyAsDouble(one)));
        return figures.median();
    }

    private void print(Map<Latency.Way, List<Latency.Result>> results) {
        PrintWriter out = common.out();
        out.println();
        out.println(
                "medians of " + common.rounds + (neighbours == 0 ? "" : ", beside " + neighbours + " busy programs"));
        out.printf(
                "%-20s %9s %9s %9s %9s %12s %14s %12s%n",
                "", "p50 us", "p99 us", "p99.9 us", "max us", "requests/s", "connections/s", "one by one/s");
        results.forEach((way, all) -> out.printf(
                "%-20s %9.1f %9.1f %9.1f %9.1f %12.0f %14.0f %12.0f%n",
                way.description,
                median(all, Latency.Result::median),
                median(all, Latency.Result::p99),
                median(all, Latency.Result::p999),
                median(all, Latency.Result::greatest),
                median(all, Latency.Result::requests),
                median(all, Latency.Result::connections),
                median(all, Latency.Result::sequence)));
        out.flush();
    }
}
