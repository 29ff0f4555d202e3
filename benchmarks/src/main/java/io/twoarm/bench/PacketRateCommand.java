package io.twoarm.bench;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./bench packet-rate}. */
@Command(
        name = "packet-rate",
        description = {
            "What a packet costs the worker, beside testpmd on the same packets.",
            "The director gets a capture of client packets without end from net_pcap and sends into the void."
        },
        mixinStandardHelpOptions = true)
final class PacketRateCommand implements Callable<Integer> {
    private static final int MOST_FLOWS = 10_000_000;

    @CommandLine.Mixin
    private CommonOptions common;

    @Option(
            names = "--mode",
            split = ",",
            defaultValue = "fullnat44",
            description = "${COMPLETION-CANDIDATES}, with commas between. Default: ${DEFAULT-VALUE}.")
    private List<Mode> modes;

    @Option(
            names = "--flows",
            split = ",",
            defaultValue = "1,1000,100000",
            description = "Numbers of flows, with commas between. Default: ${DEFAULT-VALUE}.")
    private List<Integer> flows;

    @Option(names = "--protocol", defaultValue = "tcp", description = "tcp or udp. Default: ${DEFAULT-VALUE}.")
    private Traffic.Protocol protocol;

    @Option(names = "--sequential", description = "Flows take turns in order instead of at random.")
    private boolean sequential;

    @Option(
            names = "--frame",
            description = "Bytes of a frame without its checksum, up to 1514. Default: as few as the headers allow.")
    private Integer frame;

    @Option(names = "--toa", description = "Name the client in every packet.")
    private boolean toa;

    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "io,mac,5tswap,csum",
            description =
                    "Modes of testpmd to measure beside it (io, mac, macswap, 5tswap, csum), with commas between. Default: ${DEFAULT-VALUE}.")
    private List<Testpmd.Forwarding> peers;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draws the figures there.")
    private Path svg;

    @Override
    public Integer call() throws Exception {
        check();
        try (Workplace workplace = Workplace.of(common.bundle)) {
            PacketRate rate =
                    new PacketRate(workplace.home(), workplace.folder(), common.rounds, toa, peers, common::progress);
            List<String> results = new ArrayList<>();
            BarChart chart = new BarChart("CPU time of the worker for each packet", "ns");
            for (Mode mode : modes) {
                for (int number : flows) {
                    Traffic traffic = new Traffic(
                            mode,
                            protocol,
                            number,
                            sequential ? Traffic.Order.SEQUENTIAL : Traffic.Order.RANDOM,
                            frame == null ? Traffic.leastFrame(mode, protocol) : frame);
                    Source source = Source.capture(Path.of("traffic"), traffic);
                    boolean hugePages = source.hugePages();
                    if (!hugePages && !HugePages.smallPagesSuffice(source.buffers())) {
                        throw wrong(
                                "--flows: found %d, whose capture has %d packets, more than this machine can hold; fix: fewer, or ./bench flows"
                                        .formatted(number, traffic.packets()));
                    }
                    Map<String, Figures> figures = rate.measure(traffic);
                    print(traffic, hugePages, figures);
                    results.add(json(traffic, hugePages, figures));
                    Map<String, Double> medians = new LinkedHashMap<>();
                    figures.forEach((program, one) -> medians.put(program, one.median()));
                    chart.add("%s, %,d flows".formatted(mode, number), medians);
                }
            }
            common.write(results);
            if (svg != null) {
                Files.writeString(svg, chart.svg());
            }
            return 0;
        }
    }

    private void check() {
        for (Mode mode : modes) {
            int least = Traffic.leastFrame(mode, protocol);
            if (frame != null && (frame < least || frame > 1514)) {
                throw wrong("--frame: found %d, allowed are %d to 1514 for %s".formatted(frame, least, mode));
            }
        }
        if (modes.contains(Mode.SYNPROXY44)) {
            checkProxied();
        }
        for (int number : flows) {
            if (number < 1 || number > MOST_FLOWS) {
                throw wrong("--flows: found %d, allowed are 1 to %d".formatted(number, MOST_FLOWS));
            }
        }
    }

    private void checkProxied() {
        if (protocol != Traffic.Protocol.TCP) {
            throw wrong("--protocol: found %s, allowed is tcp for %s".formatted(protocol, Mode.SYNPROXY44));
        }
        if (toa) {
            throw wrong(
                    "--toa: found for %s, where no client's address is told once its realserver is known; leave it out"
                            .formatted(Mode.SYNPROXY44));
        }
        for (int number : flows) {
            if (number > ProxiedConnections.MOST_FLOWS) {
                throw wrong("--flows: found %d, allowed are 1 to %d for %s"
                        .formatted(number, ProxiedConnections.MOST_FLOWS, Mode.SYNPROXY44));
            }
        }
    }

    private CommandLine.ParameterException wrong(String text) {
        return new CommandLine.ParameterException(common.spec.commandLine(), text);
    }

    private void print(Traffic traffic, boolean hugePages, Map<String, Figures> figures) {
        PrintWriter out = common.out();
        double director = figures.get("twoarm-director").median();
        out.println();
        out.println(traffic + (toa ? ", TOA" : "") + (hugePages ? "" : ", without huge pages"));
        out.printf("%-18s %10s %18s %14s %14s%n", "", "ns/packet", "least to greatest", "Mpps/CPU-s", "of director");
        figures.forEach((program, one) -> out.printf(
                "%-18s %10.1f %18s %14.2f %14.2f%n",
                program,
                one.median(),
                "%.1f to %.1f".formatted(one.least(), one.greatest()),
                1_000 / one.median(),
                one.median() / director));
        out.flush();
    }

    private String json(Traffic traffic, boolean hugePages, Map<String, Figures> figures) {
        return "{\"mode\":\"%s\",\"protocol\":\"%s\",\"flows\":%d,\"order\":\"%s\",\"frame_bytes\":%d,\"toa\":%b,\"huge_pages\":%b,\"figures\":%s}"
                .formatted(
                        traffic.mode(),
                        traffic.protocol(),
                        traffic.flows(),
                        traffic.order(),
                        traffic.frameBytes(),
                        toa,
                        hugePages,
                        CommonOptions.programs(figures));
    }
}
