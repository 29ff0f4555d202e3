package io.twoarm.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./bench connections}. */
@Command(
        name = "connections",
        description = {
            "What a new connection of FullNAT costs the worker, its expiry included.",
            "A second program plays clients and realservers through shared memory: SYN only; SYN and SYN-ACK; SYN,",
            "SYN-ACK, two ACKs and RST. Needs two CPUs."
        },
        mixinStandardHelpOptions = true)
final class ConnectionsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws Exception {
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Connections connections =
                    new Connections(workplace.home(), workplace.folder(), common.rounds, common::progress);
            List<String> results = new ArrayList<>();
            for (Generator.Pattern pattern : Generator.Pattern.values()) {
                Map<String, Figures> figures = connections.measure(pattern);
                print(pattern, figures);
                results.add("{\"pattern\":\"%s\",\"packets\":%d,\"figures\":%s}"
                        .formatted(pattern, pattern.packets, CommonOptions.programs(figures)));
            }
            common.write(results);
            return 0;
        }
    }

    private void print(Generator.Pattern pattern, Map<String, Figures> figures) {
        PrintWriter out = common.out();
        out.println();
        out.println(pattern.description);
        out.printf("%-18s %10s %18s %16s%n", "", "ns/packet", "least to greatest", "M conn/CPU-s");
        figures.forEach((program, one) -> out.printf(
                "%-18s %10.1f %18s %16.2f%n",
                program,
                one.median(),
                "%.1f to %.1f".formatted(one.least(), one.greatest()),
                1_000 / one.median() / pattern.packets));
        out.flush();
    }
}
