package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.control.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers on ports that have one queue each: every second flow comes to the wrong one and is handed over. */
@Tag("lab")
class SeveralWorkersTest {
    private static final List<String> PORTS = List.of(
            "--no-huge",
            "--no-pci",
            "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0",
            "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0");

    @TempDir
    Path folder;

    private TwoArmNetwork network;
    private DirectorProcess director;

    @BeforeEach
    void start() throws Exception {
        network = new TwoArmNetwork(folder);
        DirectorFiles.twoArm().withWorker("cpu2").writeTo(folder);
        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
        director.awaitRealservers(2);
    }

    @AfterEach
    void stop() {
        if (director != null) {
            director.close();
        }
        network.close();
    }

    private String ask(String request) {
        try {
            return director.ask(request).text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long counter(String kind, String name) throws IOException {
        Json.JsonObject counters =
                (Json.JsonObject) director.ask("counters").get("counters").orElseThrow();
        Json.JsonObject ofKind = (Json.JsonObject) counters.get(kind).orElseThrow();
        return ((Json.JsonNumber) ofKind.get(name).orElseThrow()).value().longValue();
    }

    private String get(String path) throws Exception {
        return network.client.run("curl", "-sS", "--max-time", "60", "http://10.0.96.204" + path);
    }

    @Test
    void flowsOfBothWorkersAreServedAndAnswersFindTheirWorker() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(get("/"));
        }

        assertThat(answers).allMatch(answer -> answer.contains(" 192.168.229.204:"));
        assertThat(counter("event", "handed_over")).isGreaterThan(40);
        assertThat(counter("dropped", "dropped_handover")).isZero();
        assertThat(counter("dropped", "dropped_no_session")).isZero();
        assertThat(counter("answered", "answered_reset")).isZero();
        assertThat(ask("status")).contains("\"name\":\"worker-0\"").contains("\"name\":\"worker-1\"");
        assertThat(ask("services")).contains("\"connections\":40");
        assertThat(director.output()).contains("2 workers");
    }

    @Test
    void largeFilesArriveAsTheyWereWhicheverWorkerHasThem() throws Exception {
        Path original = folder.resolve("large");
        byte[] block = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(original)) {
            for (int i = 0; i < 16; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        // The source port decides about the worker; of eight in a row both get some.
        for (int port = 40_000; port < 40_008; port++) {
            Path received = folder.resolve("received");
            network.client.run(
                    "curl",
                    "-sS",
                    "--local-port",
                    Integer.toString(port),
                    "--max-time",
                    "50",
                    "-o",
                    received.toString(),
                    "http://10.0.96.204/large");
            assertThat(Files.mismatch(original, received)).as("port " + port).isEqualTo(-1);
        }
    }

    @Test
    void aChangeIsInForceForAllWorkersWhenTheCommandReturns() throws Exception {
        assertThat(ask("ipvsadm -e -t 10.0.96.204:80 -r 192.168.229.1:80 -b -w 0"))
                .contains("\"status\":0");
        for (int i = 0; i < 16; i++) {
            assertThat(get("/")).startsWith("192.168.229.2 ");
        }
        assertThat(ask("ipvsadm -Z")).contains("\"status\":0");
        assertThat(ask("services")).contains("\"connections\":0");
    }

    @Test
    void pingIsAnsweredAndEveryPacketIsCountedOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            get("/");
            network.client.tryRun("curl", "-sS", "--max-time", "20", "http://10.0.96.204:81/");
        }
        assertThat(network.client.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "10.0.96.204"))
                .contains(" 0% packet loss");
        director.await("as many packets received as ended", () -> {
            try {
                return difference() == 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(counter("event", "copied"))
                .as("neighbour messages for the other worker")
                .isPositive();
        director.await("all buffers to be back", () -> ask("status").matches(".*\"buffers_in_use\":\\d{1,2}[^\\d].*"));
    }

    private long difference() throws IOException {
        Json.JsonObject counters =
                (Json.JsonObject) director.ask("counters").get("counters").orElseThrow();
        long ended = Stream.of("forwarded", "answered", "consumed", "passed", "dropped", "gauge")
                .map(kind -> (Json.JsonObject) counters.get(kind).orElseThrow())
                .flatMap(values -> values.members().values().stream())
                .mapToLong(value -> ((Json.JsonNumber) value).value().longValue())
                .sum();
        return counter("received", "received") - ended;
    }
}
