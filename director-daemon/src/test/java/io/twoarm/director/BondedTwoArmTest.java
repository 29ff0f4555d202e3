package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both arms are bondings of two NICs; at the other ends are switches' trunks of the same mode. */
@Tag("lab")
class BondedTwoArmTest {
    private static final List<String> PORTS = List.of(
            "--no-huge",
            "--no-pci",
            "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0",
            "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0",
            "--vdev=net_af_packet2,iface=dpdk1,qdisc_bypass=0",
            "--vdev=net_af_packet3,iface=dpdk3,qdisc_bypass=0");

    private static final List<String> MEMBERS = List.of("dpdk0", "dpdk1", "dpdk2", "dpdk3");

    @TempDir
    Path folder;

    private TwoArmNetwork network;
    private DirectorProcess director;

    private void start(int mode) throws Exception {
        network = new TwoArmNetwork(folder);
        network.trunks(mode);
        DirectorFiles.twoArm()
                .withBonding("bond1", mode, "dpdk0", "dpdk1")
                .withBonding("bond2", mode, "dpdk2", "dpdk3")
                .writeTo(folder);
        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
        director.await(
                "both bondings to agree with their switches",
                () -> bond("bond1").contains("ative/slaves 2/2")
                        && bond("bond2").contains("ative/slaves 2/2"));
        director.awaitRealservers(2);
    }

    @AfterEach
    void stop() {
        if (director != null) {
            director.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private String ask(String request) {
        try {
            return director.ask(request).text();
        } catch (IOException e) {
            throw new AssertionError(director.output(), e);
        }
    }

    private String bond(String name) {
        return ask("dpip link show " + name + " status");
    }

    private long sentBy(String device) throws Exception {
        return Long.parseLong(network.director
                .run("ip", "-s", "link", "show", "dev", device)
                .lines()
                .toList()
                .getLast()
                .strip()
                .split(" +")[1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void bothMembersCarryPackets(int mode) throws Exception {
        start(mode);
        assertThat(bond("bond1")).contains("mode " + mode + " mac_addr").contains("dpdk1(");

        for (int i = 0; i < 20; i++) {
            assertThat(get("/")).contains(" 192.168.229.204:");
        }
        Path original = folder.resolve("large");
        byte[] block = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(original)) {
            for (int i = 0; i < 16; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        Map<String, Long> before = new HashMap<>();
        for (String device : MEMBERS) {
            before.put(device, sentBy(device));
        }
        Path received = folder.resolve("received");
        for (int i = 0; i < 200; i++) {
            get("/");
        }
        get("/large", "-o", received.toString());
        assertThat(Files.mismatch(original, received)).isEqualTo(-1);
        // LACP alone sends one frame a second.
        for (String device : MEMBERS) {
            assertThat(sentBy(device) - before.get(device)).as(device).isGreaterThan(150);
        }
    }

    private String get(String path, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60"));
        words.addAll(List.of(more));
        words.add("http://10.0.96.204" + path);
        return network.client.run(words.toArray(String[]::new));
    }
}
