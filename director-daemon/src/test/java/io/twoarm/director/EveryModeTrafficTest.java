package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.ImpairedWire.Figures;
import io.twoarm.director.ImpairedWire.Impairment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files through every forwarding mode in both directions, over wires that lose, double and reorder frames, with the kernel's
 * TCP at both ends; and the same files through the kernel in the director's place.
 */
@Tag("lab")
class EveryModeTrafficTest {
    private static final Impairment BAD = new Impairment(1, 1, 2);

    @TempDir
    Path folder;

    private final List<ImpairedWire> wires = new ArrayList<>();
    private final List<Transfer> running = new ArrayList<>();
    private EveryModeNetwork network;
    private DirectorProcess director;

    @AfterEach
    void stop() {
        running.forEach(Transfer::kill);
        if (director != null) {
            director.close();
        }
        if (network != null) {
            network.close();
        }
        wires.forEach(ImpairedWire::close);
    }

    @ParameterizedTest(name = "MTU {0} before and {1} behind the director, bad wires {2}, files of {3} kB")
    @CsvSource({"1500, 1500, true, 300", "9000, 9000, false, 3000"})
    void filesArriveAsTheyWereByEveryModeAndAsThroughTheKernel(int wan, int lan, boolean bad, int kilobytes)
            throws Exception {
        filesArrive(wan, lan, bad, kilobytes);
    }

    @Tag("long")
    @ParameterizedTest(name = "MTU {0} before and {1} behind the director, bad wires {2}, files of {3} kB")
    @CsvSource({
        "1280, 1280, true, 3000",
        "1280, 1500, true, 3000",
        "1500, 1280, true, 3000",
        "1500, 1500, true, 10000",
        "1500, 9000, true, 3000",
        "9000, 1500, true, 3000",
        "9000, 9000, true, 10000",
        "1280, 9000, false, 20000",
        "9000, 1280, false, 20000",
        "1500, 1500, false, 50000",
        "9000, 9000, false, 50000"
    })
    void filesOfEverySizeArriveOverLinksOfEverySize(int wan, int lan, boolean bad, int kilobytes) throws Exception {
        filesArrive(wan, lan, bad, kilobytes);
    }

    private void filesArrive(int wan, int lan, boolean bad, int kilobytes) throws Exception {
        Files.createDirectory(folder.resolve("up"));
        byte[] bytes = new byte[kilobytes * 1000];
        new Random(kilobytes).nextBytes(bytes);
        Path original = Files.write(folder.resolve("original"), bytes);
        Predicate<TrafficMode> possible = mode -> canCarry(mode, lan);
        network = new EveryModeNetwork(folder, bad ? this::impaired : TwoArmNetwork.Wiring.sound(), wan, lan);

        network.startKernel();
        Map<String, Transfer.Outcome> kernel = transfer(original, possible.and(mode -> mode.kernelToo));
        network.stopKernel();

        EveryModeNetwork.files(wan, lan).writeTo(folder);
        director = DirectorProcess.start(
                        folder, network.network.director.wrapper(), EveryModeNetwork.ports(wan, lan), Map.of())
                .awaitReady();
        Map<TrafficMode, String> peers = peers(possible);
        Map<String, Transfer.Outcome> ours = transfer(original, possible);

        peers.forEach((mode, peer) -> assertThat(peer).as("%s", mode).contains(" " + mode.peer + ":"));
        assertThat(ours.values()).allMatch(Transfer.Outcome::intact);
        assertThat(ours).containsAllEntriesOf(kernel);
        everyPacketIsAccountedFor();
        if (bad) {
            for (ImpairedWire wire : wires) {
                Figures figures = wire.end();
                assertThat(figures.lost()).isPositive();
                assertThat(figures.doubled()).isPositive();
                assertThat(figures.late()).isPositive();
            }
        }
    }

    /** Packets of IPv6 within a tunnel have up to 1280 bytes whatever their sender is told, and are cut on a link of 1280. */
    private static boolean canCarry(TrafficMode mode, int lan) {
        return lan > 1280 || mode != TrafficMode.TUNNEL_64 && mode != TrafficMode.TUNNEL_66;
    }

    private AutoCloseable impaired(
            NetworkNamespace one, String oneInterface, NetworkNamespace other, String otherInterface)
            throws IOException, InterruptedException {
        ImpairedWire wire = ImpairedWire.connect(
                one,
                oneInterface,
                other,
                otherInterface,
                BAD,
                wires.size(),
                folder.resolve("wire-" + oneInterface + ".log"));
        wires.add(wire);
        return wire;
    }

    private NetworkNamespace begins(TrafficMode mode) {
        return mode.outbound() ? network.network.realservers.getFirst() : network.network.client;
    }

    private Map<TrafficMode, String> peers(Predicate<TrafficMode> possible) throws Exception {
        Map<TrafficMode, String> peers = new EnumMap<>(TrafficMode.class);
        for (TrafficMode mode : TrafficMode.values()) {
            if (possible.test(mode)) {
                peers.put(mode, begins(mode).run("curl", "-gsSf", "--max-time", "120", mode.url() + "/"));
            }
        }
        return peers;
    }

    /** All at the same time, so that bad wires take their time once. */
    private Map<String, Transfer.Outcome> transfer(Path original, Predicate<TrafficMode> wanted) throws Exception {
        running.clear();
        for (TrafficMode mode :
                Arrays.stream(TrafficMode.values()).filter(wanted).toList()) {
            running.add(Transfer.down(begins(mode), mode, folder, original));
            running.add(Transfer.up(begins(mode), mode, folder, original));
        }
        Map<String, Transfer.Outcome> outcomes = new LinkedHashMap<>();
        for (Transfer transfer : running) {
            outcomes.put(transfer.name(), transfer.outcome());
        }
        return outcomes;
    }

    private void everyPacketIsAccountedFor() throws IOException {
        director.await("every packet to have ended in a counter", () -> {
            Counters now = counters();
            return now.sum("received") == now.ended();
        });
        Counters counters = counters();
        assertThat(counters.value("dropped", "dropped_l4_checksum"))
                .as("%s", counters)
                .isZero();
        assertThat(counters.sum("dropped"))
                .as("what the wires do makes few packets useless: %s", counters.of("dropped"))
                .isLessThan(counters.sum("received") / 20);
        director.await("all buffers to be back", () -> status().matches(".*\"buffers_in_use\":\\d{1,2}[^\\d].*"));
    }

    private Counters counters() {
        try {
            return Counters.of(director);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String status() {
        try {
            return director.ask("status").text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
