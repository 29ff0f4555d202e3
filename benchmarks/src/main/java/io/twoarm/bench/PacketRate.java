package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a packet costs the worker. The source never runs dry and the sink takes everything, so a worker does as many
 * packets as it can; divided by its CPU time that is its speed. The daemon and testpmd take turns, round by round.
 */
final class PacketRate {
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int SLICES = 3;

    private final Path home;
    private final Path folder;
    private final int rounds;
    private final boolean toa;
    private final List<Testpmd.Forwarding> peers;
    private final Consumer<String> progress;

    /**
     * @param home the daemon's unpacked bundle
     * @param folder for captures, configuration and logs
     * @param toa whether the service names its clients; one-way traffic then carries the option in every packet
     * @param peers modes of testpmd to measure beside the daemon
     */
    PacketRate(
            Path home,
            Path folder,
            int rounds,
            boolean toa,
            List<Testpmd.Forwarding> peers,
            Consumer<String> progress) {
        this.home = home;
        this.folder = folder;
        this.rounds = rounds;
        this.toa = toa;
        this.peers = List.copyOf(peers);
        this.progress = progress;
    }

    /** A way to start one of the programs. */
    private interface Start {
        Forwarder start() throws IOException;
    }

    /** What a forwarder does when it has come to speed. */
    static Observation observe(Forwarder forwarder) throws IOException {
        return Observation.of(forwarder, WARM_UP, SLICE, SLICES);
    }

    /** By program: {@code twoarm-director} first, then testpmd's modes. */
    Map<String, Figures> measure(Traffic traffic) throws IOException {
        Path capture = folder.resolve("traffic.pcap");
        CaptureWriter.write(traffic, capture);
        Map<String, Start> programs = new LinkedHashMap<>();
        Source source = Source.capture(capture, traffic);
        DirectorConfiguration configuration = new DirectorConfiguration(traffic.mode(), traffic.protocol(), toa, false);
        programs.put(
                "twoarm-director",
                () -> traffic.mode() == Mode.SYNPROXY44
                        ? ProxiedDirector.start(home, folder, source, configuration, traffic.flows())
                        : BenchDirector.start(home, folder, source, configuration));
        for (Testpmd.Forwarding mode : peers) {
            programs.put("testpmd " + mode.option, () -> Testpmd.start(mode, folder, source));
        }
        Map<String, Figures> figures = new LinkedHashMap<>();
        try {
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<String, Start> program : programs.entrySet()) {
                    progress.accept("%s: round %d of %d, %s".formatted(traffic, round, rounds, program.getKey()));
                    try (Forwarder forwarder = program.getValue().start()) {
                        observe(forwarder).addTo(figures.computeIfAbsent(program.getKey(), _ -> new Figures()));
                    }
                }
            }
        } finally {
            Files.delete(capture);
        }
        return figures;
    }
}
