package io.twoarm.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./bench ports}. */
@Command(
        name = "ports",
        description = {
            "What the director's worker and ports cost by themselves, beside testpmd: packets are sent on as they came,",
            "with Ethernet addresses swapped, or with addresses and ports swapped, too."
        },
        mixinStandardHelpOptions = true)
final class PortsCommand implements Callable<Integer> {
    private static final List<Testpmd.Forwarding> MODES =
            List.of(Testpmd.Forwarding.IO, Testpmd.Forwarding.MAC_SWAP, Testpmd.Forwarding.FIVE_TUPLE_SWAP);
    private static final int FLOWS = 1_000;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws Exception {
        Traffic traffic = new Traffic(
                Mode.FULLNAT44,
                Traffic.Protocol.TCP,
                FLOWS,
                Traffic.Order.RANDOM,
                Traffic.leastFrame(Mode.FULLNAT44, Traffic.Protocol.TCP));
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Path capture = workplace.folder().resolve("traffic.pcap");
            CaptureWriter.write(traffic, capture);
            Source source = Source.capture(capture, traffic);
            List<String> results = new ArrayList<>();
            for (Testpmd.Forwarding mode : MODES) {
                Map<String, Figures> figures = new LinkedHashMap<>();
                for (int round = 1; round <= common.rounds; round++) {
                    common.progress("%s: round %d of %d".formatted(mode.option, round, common.rounds));
                    try (Forwarder ours = PortLoopProcess.start(mode, workplace.folder(), source)) {
                        observe(ours, "twoarm ports", figures);
                    }
                    try (Forwarder peer = Testpmd.start(mode, workplace.folder(), source)) {
                        observe(peer, "testpmd", figures);
                    }
                }
                print(mode, source.hugePages(), figures);
                results.add("{\"mode\":\"%s\",\"huge_pages\":%b,\"figures\":%s}"
                        .formatted(mode.option, source.hugePages(), CommonOptions.programs(figures)));
            }
            common.write(results);
        }
        return 0;
    }

    private static void observe(Forwarder forwarder, String name, Map<String, Figures> figures) throws IOException {
        PacketRate.observe(forwarder).addTo(figures.computeIfAbsent(name, _ -> new Figures()));
    }

    private void print(Testpmd.Forwarding mode, boolean hugePages, Map<String, Figures> figures) {
        PrintWriter out = common.out();
        double ours = figures.get("twoarm ports").median();
        out.println();
        out.println(mode.option + (hugePages ? "" : ", without huge pages"));
        out.printf("%-18s %10s %18s %16s%n", "", "ns/packet", "least to greatest", "speed of testpmd");
        figures.forEach((program, one) -> out.printf(
                "%-18s %10.1f %18s %16.2f%n",
                program,
                one.median(),
                "%.1f to %.1f".formatted(one.least(), one.greatest()),
                figures.get("testpmd").median() / one.median()));
        out.printf("%-18s %10.1f%n", "difference", ours - figures.get("testpmd").median());
        out.flush();
    }
}
