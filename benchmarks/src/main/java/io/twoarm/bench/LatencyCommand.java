package io.twoarm.bench;

import io.twoarm.bench.EchoClient.Part;
import io.twoarm.bench.WiredWay.Middle;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    /** Places in what {@link EchoClient} says of round trips. */
    private static final int P99 = 1;

    private static final int P999 = 2;
    private static final int MOST = 3;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "Length of each part in a round. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--neighbours",
            defaultValue = "0",
            description = "Programs beside it that want a whole CPU each. Default: ${DEFAULT-VALUE}.")
    private int neighbours;

    @Override
    public Integer call() throws Exception {
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Map<Middle, Slices> results =
                    new Latency(workplace, common.rounds, seconds, neighbours, common::progress).measure();
            print(results);
            Slices peer = results.get(Middle.NFTABLES);
            List<String> json = new ArrayList<>();
            results.forEach((middle, slices) -> json.add(
                    "{\"way\":\"%s\",\"neighbours\":%d,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f,\"requests\":%.0f,\"connections\":%.0f,\"sequence\":%.0f,\"requests_to_nftables\":%.3f,\"connections_to_nftables\":%.3f,\"sequence_to_nftables\":%.3f}"
                            .formatted(
                                    middle,
                                    neighbours,
                                    slices.median(Part.TRIPS),
                                    slices.median(Part.TRIPS, P99),
                                    slices.median(Part.TRIPS, P999),
                                    slices.greatest(Part.TRIPS, MOST),
                                    slices.median(Part.REQUESTS),
                                    slices.median(Part.CONNECTIONS),
                                    slices.median(Part.SEQUENCE),
                                    slices.ratio(Part.REQUESTS, peer),
                                    slices.ratio(Part.CONNECTIONS, peer),
                                    slices.ratio(Part.SEQUENCE, peer))));
            common.write(json);
            return 0;
        }
    }

    private void print(Map<Middle, Slices> results) {
        PrintWriter out = common.out();
        Slices peer = results.get(Middle.NFTABLES);
        out.println();
        out.println("medians" + (neighbours == 0 ? "" : ", beside " + neighbours + " busy programs")
                + "; rates also as the median ratio to nftables' in the slices beside them");
        out.printf(
                "%-20s %9s %9s %9s %9s %17s %17s %17s%n",
                "", "p50 us", "p99 us", "p99.9 us", "max us", "requests/s", "connections/s", "one by one/s");
        results.forEach((middle, slices) -> out.printf(
                "%-20s %9.1f %9.1f %9.1f %9.1f %17s %17s %17s%n",
                middle.description,
                slices.median(Part.TRIPS),
                slices.median(Part.TRIPS, P99),
                slices.median(Part.TRIPS, P999),
                slices.greatest(Part.TRIPS, MOST),
                rate(slices, Part.REQUESTS, peer),
                rate(slices, Part.CONNECTIONS, peer),
                rate(slices, Part.SEQUENCE, peer)));
        out.flush();
    }

    private static String rate(Slices slices, Part part, Slices peer) {
        return "%.0f (%.2f)".formatted(slices.median(part), slices.ratio(part, peer));
    }
}
