package io.twoarm.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench first}. */
@Command(
        name = "first",
        description = {
            "What the first packet of a kind costs that a director has not met since its start, compared with a packet of an",
            "established connection, and what the second one costs. Every round starts another director. Needs two CPUs."
        },
        mixinStandardHelpOptions = true)
final class FirstCommand implements Callable<Integer> {
    private static final int SESSIONS = 65_535;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--after",
            defaultValue = "20",
            description = "Seconds from when the director is ready to the first of them. Default: ${DEFAULT-VALUE}.")
    private int after;

    /** Microseconds, an entry for each start. */
    private record Cost(Figures first, Figures again) {}

    @Override
    public Integer call() throws Exception {
        Map<FirstKind, Cost> costs = new EnumMap<>(FirstKind.class);
        try (Workplace workplace = Workplace.of(common.bundle)) {
            for (int round = 1; round <= common.rounds; round++) {
                common.progress("start %d of %d".formatted(round, common.rounds));
                add(start(workplace, round), costs);
            }
        }
        print(costs);
        List<String> json = new ArrayList<>();
        costs.forEach((kind, cost) ->
                json.add("{\"kind\":\"%s\",\"first_us\":%.1f,\"first_greatest_us\":%.1f,\"second_us\":%.1f}"
                        .formatted(kind, cost.first.median(), cost.first.greatest(), cost.again.median())));
        common.write(json);
        return 0;
    }

    private String start(Workplace workplace, int round) throws IOException, InterruptedException {
        Path socket = workplace.folder().resolve("generator.sock");
        try (GeneratorProcess generator = GeneratorProcess.start(workplace.folder(), socket, "first", "" + round);
                BenchDirector _ = BenchDirector.startForAllKinds(
                        workplace.home(), workplace.folder(), Source.generator(socket, SESSIONS))) {
            Thread.sleep(Duration.ofSeconds(after));
            generator.endInput();
            return generator.result();
        }
    }

    /** @param line what {@link FirstPackets#measure} returned */
    private static void add(String line, Map<FirstKind, Cost> costs) {
        for (String one : line.split(";")) {
            String[] words = one.split(" ");
            Cost cost = costs.computeIfAbsent(FirstKind.valueOf(words[0]), _ -> new Cost(new Figures(), new Figures()));
            cost.first.add(Long.parseLong(words[1]) / 1_000.0);
            cost.again.add(Long.parseLong(words[2]) / 1_000.0);
        }
    }

    private void print(Map<FirstKind, Cost> costs) {
        PrintWriter out = common.out();
        out.println();
        out.println("microseconds more than a packet of an established connection, %d starts, %d s after them"
                .formatted(common.rounds, after));
        out.printf("%-38s %10s %12s %10s %12s%n", "", "first", "greatest", "second", "greatest");
        costs.forEach((kind, cost) -> out.printf(
                "%-38s %10.1f %12.1f %10.1f %12.1f%n",
                kind.description,
                cost.first.median(),
                cost.first.greatest(),
                cost.again.median(),
                cost.again.greatest()));
        out.flush();
    }
}
