package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs through the real daemon: curl and ping at one end, nginx at the other, kernel interfaces between. */
@Tag("lab")
class DirectorTrafficTest {
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
        DirectorFiles.twoArm().writeTo(folder);
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

    @Test
    void theVirtualAddressAnswersPingAndItsServiceSpreadsRequestsOverBothRealservers() throws Exception {
        assertThat(network.client.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "10.0.96.204"))
                .contains(" 0% packet loss");

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(network.client.run("curl", "-sS", "--max-time", "60", "http://10.0.96.204/"));
        }

        assertThat(answers).allMatch(answer -> answer.contains(" 192.168.229.204:"));
        assertThat(answers.stream().filter(answer -> answer.startsWith("192.168.229.1 ")))
                .hasSize(10);
        assertThat(answers.stream().filter(answer -> answer.startsWith("192.168.229.2 ")))
                .hasSize(10);
        assertThat(ask("services")).contains("\"connections\":20");
        assertThat(ask("sessions")).contains("\"client\":\"172.16.0.1:").contains("\"local\":\"192.168.229.204:");
        assertThat(ask("neighbours")).contains("\"address\":\"10.0.96.254\"").contains("\"address\":\"192.168.229.1\"");
    }

    @Test
    void aLargeFileArrivesAsItWas() throws Exception {
        Path original = folder.resolve("large");
        byte[] block = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(original)) {
            for (int i = 0; i < 64; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        Path received = folder.resolve("received");

        network.client.run("curl", "-sS", "--max-time", "50", "-o", received.toString(), "http://10.0.96.204/large");

        assertThat(Files.mismatch(original, received)).isEqualTo(-1);
    }

    @Test
    void onTheWireTheRealserverSeesALocalAddressWithTheClientsInAnOption() throws Exception {
        Path lan = folder.resolve("lan.pcap");
        Path wan = folder.resolve("wan.pcap");
        try (Capture onLan = new Capture(network.lan, "director", lan);
                Capture onWan = new Capture(network.gateway, "wan", wan)) {
            network.client.run(
                    "curl",
                    "-sS",
                    "--max-time",
                    "5",
                    "--local-port",
                    "40000",
                    "http://10.0.96.204/",
                    "-o",
                    "/dev/null");
            director.await(
                    "the end of the connection in the captures",
                    () -> onLan.lines("src portrange 1025-65535 and tcp[13] & 1 != 0")
                                            .size()
                                    >= 1
                            && onWan.lines("tcp[13] & 1 != 0").size() >= 2);

            // Kind 254, length 8, port 40000, address 172.16.0.1; right behind the 20-byte TCP header.
            String option = "fe08 9c40 ac10 0001";
            // The director's own checks come from ports below 1025.
            List<String> flow = onLan.lines("src host 192.168.229.204 and src portrange 1025-65535 and dst port 80");
            assertThat(flow).as("SYN, then the handshake's ACK and the request").hasSizeGreaterThanOrEqualTo(3);
            assertThat(flow.getFirst()).contains("Flags [S]").doesNotContain("fe08");
            assertThat(flow.get(1)).contains("Flags [.]").contains(option).contains("length 0");
            assertThat(flow.get(2)).contains("Flags [P.]").contains(option).contains("GET / HTTP/1.1");
            assertThat(onLan.lines("tcp")).noneMatch(line -> line.contains("incorrect"));
            assertThat(onWan.lines("tcp")).noneMatch(line -> line.contains("incorrect"));
            assertThat(onLan.lines("tcp")).allMatch(line -> line.contains("(correct)"));
            String synAck = "tcp[13] = 18";
            assertThat(onLan.lines(synAck + " and src port 80")).allMatch(line -> line.contains("mss 1460"));
            assertThat(onWan.lines(synAck)).hasSize(1).allMatch(line -> line.contains("mss 1452"));
        }
    }

    @Test
    void aRealserverThatDiesIsTakenOutAndComesBack() throws Exception {
        network.realservers.getFirst().run("ip", "link", "set", "dev", "eth0", "down");
        director.await("the realserver to be down", () -> ask("services").contains("\"up\":false"));
        for (int i = 0; i < 4; i++) {
            assertThat(network.client.run("curl", "-sS", "--max-time", "60", "http://10.0.96.204/"))
                    .startsWith("192.168.229.2 ");
        }
        director.await("the log to say so", () -> director.output().contains("realserver 192.168.229.1:80 is down"));

        network.realservers.getFirst().run("ip", "link", "set", "dev", "eth0", "up");
        director.await("the realserver to be up", () -> !ask("services").contains("\"up\":false"));
        director.await("the log to say so", () -> director.output().contains("realserver 192.168.229.1:80 is up"));
    }

    @Test
    void everyPacketReceivedIsAccountedForAndNoBufferIsLost() throws Exception {
        for (int i = 0; i < 10; i++) {
            network.client.run("curl", "-sS", "--max-time", "60", "http://10.0.96.204/");
            network.client.tryRun("curl", "-sS", "--max-time", "20", "http://10.0.96.204:81/");
        }
        network.client.run("ping", "-c", "2", "-i", "0.2", "10.0.96.204");
        Counters counters = Counters.of(director);

        // Packets may arrive while the counters are read.
        assertThat(counters.sum("received")).isCloseTo(counters.ended(), org.assertj.core.data.Offset.offset(5L));
        assertThat(counters.sum("received")).isGreaterThan(100);
        director.await("all buffers to be back", () -> ask("status").matches(".*\"buffers_in_use\":\\d{1,2}[^\\d].*"));
    }

    @Test
    void afterKillInMidTrafficItStartsAgainAndForwards() throws Exception {
        network.client.run("curl", "-sS", "--max-time", "60", "http://10.0.96.204/");
        director.signal("KILL");
        director.awaitExit();
        Files.delete(folder.resolve("director.log"));

        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
        assertThat(network.client.run(
                        "curl", "-sS", "--retry", "5", "--retry-all-errors", "--max-time", "60", "http://10.0.96.204/"))
                .contains("192.168.229.204:");
    }

    @Test
    void anIdleDirectorOnKernelInterfacesHardlyUsesTheCpuAndAnswersAtOnce() throws Exception {
        network.client.run("ping", "-c", "100", "-i", "0.002", "10.0.96.204");
        double before = director.cpuSeconds("worker-0");
        long start = System.nanoTime();
        String pings = network.client.run("ping", "-q", "-c", "10", "-i", "0.3", "10.0.96.204");
        double share = (director.cpuSeconds("worker-0") - before) / ((System.nanoTime() - start) / 1e9);

        assertThat(share).as("share of a core, with 3 pings a second").isLessThan(0.30);
        String times = pings.substring(pings.indexOf("= ") + 2);
        double average = Double.parseDouble(times.split("/")[1]);
        assertThat(average).as("round-trip time in ms: %s", pings).isLessThan(100);
    }
}
