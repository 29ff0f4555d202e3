package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports on kernel interfaces by {@code AF_XDP} sockets. */
@Tag("lab")
class ExpressPortsTest {
    private static final List<String> PORTS =
            List.of("--no-huge", "--no-pci", "--vdev=net_af_xdp0,iface=dpdk0", "--vdev=net_af_xdp1,iface=dpdk2");

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

    @Test
    void packetsPassAndWakeTheWorkerThatOtherwiseSleeps() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(network.client.run("curl", "-sS", "--max-time", "60", "http://10.0.96.204/"))
                    .contains(" 192.168.229.204:");
        }

        long slept = sleeps();
        long start = System.nanoTime();
        assertThat(network.client.run("ping", "-q", "-c", "10", "-i", "0.3", "-W", "5", "10.0.96.204"))
                .contains(" 0% packet loss");
        double perSecond = (sleeps() - slept) / ((System.nanoTime() - start) / 1e9);

        assertThat(perSecond)
                .as("sleeps per second: 200 of 5 ms and some for packets, but not a look each millisecond")
                .isLessThan(500);
    }

    /** How often the worker has gone to sleep. */
    private long sleeps() throws IOException {
        return director.threadStatus("worker-0")
                .lines()
                .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
