package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a new connection costs the worker, its end and expiry included: sessions that are being opened or closed live for
 * a second, so after some seconds as many end as begin.
 */
final class Connections {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int SLICES = 5;
    private static final int SESSIONS = 4_194_303;

    private final Path home;
    private final Path folder;
    private final int rounds;
    private final Consumer<String> progress;

    Connections(Path home, Path folder, int rounds, Consumer<String> progress) {
        this.home = home;
        this.folder = folder;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Nanoseconds for each packet, by program and what it forwarded. The first packets of a connection alone have a peer. */
    Map<String, Figures> measure(Generator.Pattern pattern) throws IOException {
        Map<String, Figures> figures = new LinkedHashMap<>();
        Path socket = folder.resolve("generator.sock");
        Source source = Source.generator(socket, SESSIONS);
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, true);
        for (int round = 1; round <= rounds; round++) {
            progress.accept("%s: round %d of %d, twoarm-director".formatted(pattern, round, rounds));
            try (GeneratorProcess generator = GeneratorProcess.start(folder, socket, "connections", pattern.name());
                    Forwarder director = BenchDirector.start(home, folder, source, configuration)) {
                Observation.of(director, WARM_UP, SLICE, SLICES)
                        .addTo(figures.computeIfAbsent("twoarm-director", _ -> new Figures()));
                generator.check();
            }
            if (pattern == Generator.Pattern.SYN) {
                progress.accept("%s: round %d of %d, testpmd csum".formatted(pattern, round, rounds));
                try (GeneratorProcess generator =
                                GeneratorProcess.start(folder, socket, "connections", pattern.name());
                        Forwarder testpmd = Testpmd.start(Testpmd.Forwarding.CHECKSUM, folder, source)) {
                    Observation.of(testpmd, WARM_UP, SLICE, SLICES)
                            .addTo(figures.computeIfAbsent("testpmd csum", _ -> new Figures()));
                    generator.check();
                }
            }
        }
        return figures;
    }
}
