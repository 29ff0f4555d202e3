package io.twoarm.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench flows}. */
@Command(
        name = "flows",
        description = {
            "What a packet of an established session costs the worker where there are more flows than a capture holds: a",
            "second program makes the packets and shares memory with the director. FullNAT44, TCP. Needs two CPUs."
        },
        mixinStandardHelpOptions = true)
final class FlowsCommand implements Callable<Integer> {
    /** As many as the local addresses have ports for. */
    private static final int MOST_FLOWS = 10_000_000;

    private static final int FEWEST_FLOWS = 16;
    /** For all flows to begin. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int SLICES = 5;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--flows",
            split = ",",
            defaultValue = "1000,1000000,10000000",
            description = "Numbers of flows, with commas between. Default: ${DEFAULT-VALUE}.")
    private List<Integer> flows;

    @Override
    public Integer call() throws Exception {
        for (int number : flows) {
            if (number < FEWEST_FLOWS || number > MOST_FLOWS) {
                throw new CommandLine.ParameterException(
                        common.spec.commandLine(),
                        "--flows: found %d, allowed are %d to %d".formatted(number, FEWEST_FLOWS, MOST_FLOWS));
            }
        }
        List<String> json = new ArrayList<>();
        try (Workplace workplace = Workplace.of(common.bundle)) {
            for (int number : flows) {
                Figures figures = new Figures();
                boolean hugePages = false;
                for (int round = 1; round <= common.rounds; round++) {
                    common.progress("%,d flows: round %d of %d".formatted(number, round, common.rounds));
                    hugePages = measure(workplace, number, figures);
                }
                print(number, hugePages, figures);
                json.add("{\"flows\":%d,\"huge_pages\":%b,\"median_ns\":%.2f,\"least_ns\":%.2f,\"greatest_ns\":%.2f}"
                        .formatted(number, hugePages, figures.median(), figures.least(), figures.greatest()));
            }
        }
        common.write(json);
        return 0;
    }

    /** @return whether there were huge pages */
    private static boolean measure(Workplace workplace, int flows, Figures figures) throws IOException {
        Path socket = workplace.folder().resolve("generator.sock");
        Source source = Source.generatorOf(socket, flows);
        boolean hugePages = source.hugePages();
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, false);
        try (GeneratorProcess generator = GeneratorProcess.start(workplace.folder(), socket, "flows", "" + flows);
                BenchDirector director =
                        BenchDirector.start(workplace.home(), workplace.folder(), source, configuration)) {
            generator.await(ManyFlows.OPENED, PATIENCE);
            Observation.of(director, WARM_UP, SLICE, SLICES).addTo(figures);
            generator.check();
            if (director.sessions() < flows) {
                throw new IOException("%,d sessions are left of %,d; the counters say: %s"
                        .formatted(director.sessions(), flows, director.account()));
            }
        }
        return hugePages;
    }

    private void print(int number, boolean hugePages, Figures figures) {
        PrintWriter out = common.out();
        out.printf(
                "%,12d flows%s: %.1f ns, %.1f to %.1f%n",
                number, hugePages ? "" : ", without huge pages", figures.median(), figures.least(), figures.greatest());
        out.flush();
    }
}
