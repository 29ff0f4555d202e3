package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs under test forward what the capture holds; a benchmark of packets that are dropped would be quick. */
@Tag("lab")
class PacketRateTest {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"FULLNAT44,TCP", "FULLNAT44,UDP", "FULLNAT66,TCP", "NAT64,TCP", "NAT,TCP", "DR,TCP"})
    void theDirectorForwardsEveryFlowAndDropsNone(Mode mode, Traffic.Protocol protocol) throws Exception {
        Traffic traffic = traffic(mode, protocol, 500);
        DirectorConfiguration configuration = new DirectorConfiguration(mode, protocol, false, false);
        try (BenchDirector director = BenchDirector.start(unpacked(), folder, capture(traffic), configuration)) {
            await(() -> director.sessions() == 500);
            // The first packets wait for their neighbours' addresses, and not all of them have room.
            await(() -> !director.counters("consumed").isEmpty() && dropsDuring(director, 2L * traffic.packets()) == 0);

            assertThat(director.sessions()).isEqualTo(500);
            assertThat(director.worker().nanos()).isPositive();
        }
    }

    @Test
    void theSynProxyHasEveryConnectionEstablishedAndDropsNone() throws Exception {
        Traffic traffic = traffic(Mode.SYNPROXY44, Traffic.Protocol.TCP, 500);
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.SYNPROXY44, Traffic.Protocol.TCP, false, false);
        try (ProxiedDirector both =
                ProxiedDirector.start(unpacked(), folder, capture(traffic), configuration, traffic.flows())) {
            assertThat(both.director().sessions()).isEqualTo(500);
            await(() -> dropsDuring(both.director(), 2L * traffic.packets()) == 0);
        }
    }

    @Test
    void testpmdForwardsTheSameCapture() throws Exception {
        Traffic traffic = traffic(Mode.FULLNAT44, Traffic.Protocol.UDP, 10);
        try (Testpmd testpmd = Testpmd.start(Testpmd.Forwarding.CHECKSUM, folder, capture(traffic))) {
            await(() -> testpmd.forwarded() > 3L * traffic.packets());

            assertThat(testpmd.lost()).isZero();
            assertThat(testpmd.worker().nanos()).isPositive();
        }
    }

    @Test
    void theGeneratorOpensAndClosesConnectionsOfItsOwnWithoutLoss() throws Exception {
        Path socket = folder.resolve("generator.sock");
        DirectorConfiguration configuration =
                new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, true);
        try (GeneratorProcess generator =
                        GeneratorProcess.start(folder, socket, "connections", Generator.Pattern.CLOSED.name());
                BenchDirector director =
                        BenchDirector.start(unpacked(), folder, Source.generator(socket, 1_048_575), configuration)) {
            // At first neighbours are unknown, and a busy machine takes its time.
            await(() -> dropsDuring(director, 50_000) == 0);
            // A closed session ends at a later turn of its timer's wheel, not with its last packet.
            await(() -> director.counters("event").containsKey("sessions_expired"));

            assertThat(director.counters("event"))
                    .containsKey("sessions_created")
                    .doesNotContainKey("sessions_reused");
            generator.check();
        }
    }

    /** Packets that are dropped while so many are forwarded. */
    private static long dropsDuring(BenchDirector director, long packets) throws IOException {
        long lost = director.lost();
        long forwarded = director.forwarded();
        await(() -> director.forwarded() > forwarded + packets);
        return director.lost() - lost;
    }

    private static Traffic traffic(Mode mode, Traffic.Protocol protocol, int flows) {
        return new Traffic(mode, protocol, flows, Traffic.Order.RANDOM, Traffic.leastFrame(mode, protocol));
    }

    private Source capture(Traffic traffic) throws IOException {
        Path capture = folder.resolve("traffic.pcap");
        CaptureWriter.write(traffic, capture);
        return Source.capture(capture, traffic);
    }

    private Path unpacked() throws IOException, InterruptedException {
        Path bundle =
                Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz");
        Path home = Files.createDirectory(folder.resolve("bundle"));
        List<String> unpack = List.of("tar", "-xzf", bundle.toString(), "-C", home.toString(), "--strip-components=1");
        assertThat(new ProcessBuilder(unpack).inheritIO().start().waitFor())
                .as("the bundle is made by: mvn package -pl director-daemon -am -DskipTests")
                .isZero();
        return home;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within %s", LIMIT).isLessThan(limit);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
