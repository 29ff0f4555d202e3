package io.twoarm.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench jitter}. */
@Command(
        name = "jitter",
        description = {
            "How often a worker under full load pauses for more than a millisecond: left in peace, asked by control",
            "clients without end, and reloaded ten times a second. In turn with it a loop that only reads the clock",
            "has the same CPU."
        },
        mixinStandardHelpOptions = true)
final class JitterCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description =
                    "Length of each part, and of the loop beside it; turns are 5 s long. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--collector",
            split = ",",
            defaultValue = "z",
            description =
                    "Garbage collectors, with commas between: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE},"
                            + " which the daemon has.")
    private List<Jitter.Collector> collectors;

    @Override
    public Integer call() throws Exception {
        long turn = Jitter.TURN.toSeconds();
        if (seconds < turn || seconds % turn != 0) {
            throw new CommandLine.ParameterException(
                    common.spec.commandLine(),
                    "--seconds: found %d, allowed are multiples of %d, which a turn takes".formatted(seconds, turn));
        }
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Jitter jitter = new Jitter(workplace, Duration.ofSeconds(seconds), common::progress);
            List<String> json = new ArrayList<>();
            for (Jitter.Collector collector : collectors) {
                List<Jitter.Result> results = jitter.measure(collector);
                print(collector, results);
                results.forEach(one -> json.add(
                        "{\"collector\":\"%s\",\"load\":\"%s\",\"seconds\":%d,\"worker_gaps\":%d,\"host_gaps\":%d,\"longest_host_gap_ns\":%d,\"requests\":%d}"
                                .formatted(
                                        collector,
                                        one.load(),
                                        seconds,
                                        one.workerGaps(),
                                        one.hostGaps(),
                                        one.longestHostGap(),
                                        one.requests())));
            }
            common.write(json);
            return 0;
        }
    }

    private void print(Jitter.Collector collector, List<Jitter.Result> results) {
        PrintWriter out = common.out();
        out.println();
        out.println("%s collector, gaps of more than 1 ms in %d s".formatted(collector, seconds));
        out.printf("%-10s %8s %8s %20s %10s%n", "", "worker", "host", "longest of host, ms", "requests");
        results.forEach(one -> out.printf(
                "%-10s %8d %8d %20.1f %10d%n",
                one.load(), one.workerGaps(), one.hostGaps(), one.longestHostGap() / 1e6, one.requests()));
        out.flush();
    }
}
