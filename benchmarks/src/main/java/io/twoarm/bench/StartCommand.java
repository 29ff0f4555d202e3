package io.twoarm.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench start}. */
@Command(
        name = "start",
        description = {
            "How long the director takes from the start of its process to its first forwarded packet, and how many",
            "packets are lost in the first seconds after it, at a steady rate. Needs two CPUs."
        },
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private static final int SESSIONS = 65_535;
    private static final Pattern RESULT = Pattern.compile("first (\\d+) sent (\\d+) refused (\\d+) returned (\\d+)");

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--rate",
            defaultValue = "1000000",
            description = "Packets per second after the first one. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "3", description = "For how long. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    /**
     * @param millis from the start of the process to the first packet that came back
     * @param late of those that were sent after it: did not fit into the ring, since the director had not emptied it
     * @param lost of those that were sent after it: did not come back, the late ones among them
     */
    private record Start(double millis, long sent, long late, long lost) {}

    @Override
    public Integer call() throws Exception {
        List<Start> starts = new ArrayList<>();
        try (Workplace workplace = Workplace.of(common.bundle)) {
            for (int round = 1; round <= common.rounds; round++) {
                common.progress("start %d of %d".formatted(round, common.rounds));
                starts.add(start(workplace));
            }
        }
        print(starts);
        common.write(starts.stream()
                .map(one -> "{\"first_packet_ms\":%.1f,\"rate\":%d,\"seconds\":%d,\"sent\":%d,\"late\":%d,\"lost\":%d}"
                        .formatted(one.millis, rate, seconds, one.sent, one.late, one.lost))
                .toList());
        return 0;
    }

    private Start start(Workplace workplace) throws IOException, InterruptedException {
        Path socket = workplace.folder().resolve("generator.sock");
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, false);
        try (GeneratorProcess generator =
                GeneratorProcess.start(workplace.folder(), socket, "steady", "" + rate, "" + seconds)) {
            Instant begin = Instant.now();
            try (BenchDirector _ = BenchDirector.start(
                    workplace.home(), workplace.folder(), Source.generator(socket, SESSIONS), configuration)) {
                Matcher result = RESULT.matcher(generator.result());
                if (!result.matches()) {
                    throw new IOException("the generator did not understand itself");
                }
                long began = begin.getEpochSecond() * 1_000_000 + begin.getNano() / 1_000;
                long sent = Long.parseLong(result.group(2));
                return new Start(
                        (Long.parseLong(result.group(1)) - began) / 1_000.0,
                        sent,
                        Long.parseLong(result.group(3)),
                        sent - Long.parseLong(result.group(4)));
            }
        }
    }

    private void print(List<Start> starts) {
        PrintWriter out = common.out();
        out.println();
        out.printf("%14s %22s %12s %8s %16s%n", "", "first packet after, ms", "sent", "lost", "for a full ring");
        starts.forEach(
                one -> out.printf("%14s %22.0f %,12d %,8d %,16d%n", "", one.millis, one.sent, one.lost, one.late));
        Figures figures = new Figures();
        starts.forEach(one -> figures.add(one.millis));
        out.printf("%14s %22.0f%n", "median", figures.median());
        out.flush();
    }
}
