package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports that are TAP interfaces of the same machine: client and realserver are this kernel, on both sides of the director. */
@Tag("lab")
class TapPortsTest {
    private static final List<String> PORTS =
            List.of("--no-huge", "--no-pci", "--vdev=net_tap0,iface=dtap0", "--vdev=net_tap1,iface=dtap2");

    @TempDir
    Path folder;

    private NetworkNamespace namespace;
    private DirectorProcess director;

    @BeforeEach
    void start() throws Exception {
        namespace = NetworkNamespace.create("tap");
        DirectorFiles.twoArm().writeTo(folder);
        director = DirectorProcess.start(folder, namespace.wrapper(), PORTS, Map.of())
                .awaitReady();
        namespace.run("ip", "address", "add", "192.168.229.1/24", "dev", "dtap0");
        namespace.run("ip", "address", "add", "10.0.96.254/24", "dev", "dtap2");
    }

    @AfterEach
    void stop() throws Exception {
        if (director != null) {
            director.close();
        }
        namespace.close();
    }

    @Test
    void theKernelReachesTheDirectorAndARealserverThroughIt() throws Exception {
        assertThat(namespace.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "10.0.96.204"))
                .contains(" 0% packet loss");
        assertThat(namespace.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "192.168.229.204"))
                .contains(" 0% packet loss");

        Files.writeString(Files.createDirectory(folder.resolve("site")).resolve("page"), "through two TAP interfaces");
        Process server = namespace
                .command(
                        Path.of(System.getProperty("java.home"), "bin", "jwebserver")
                                .toString(),
                        "-b",
                        "192.168.229.1",
                        "-p",
                        "80",
                        "-d",
                        folder.resolve("site").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try {
            director.await(
                    "the realserver that is not there to be down",
                    () -> director.output().contains("realserver 192.168.229.2:80 is down"));
            assertThat(namespace.run(
                            "curl",
                            "-sS",
                            "--retry",
                            "8",
                            "--retry-all-errors",
                            "--max-time",
                            "20",
                            "http://10.0.96.204/page"))
                    .isEqualTo("through two TAP interfaces");
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }
}
