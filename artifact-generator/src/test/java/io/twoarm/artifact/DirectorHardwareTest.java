package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that gives NICs and hugepages to the dataplane. No test machine has NICs to spare, so it runs against a tree
 * laid out like sysfs, in which a thread does what the kernel does when an address is written to {@code drivers_probe}.
 */
@Timeout(600)
class DirectorHardwareTest {
    private static final String FIRST = "0000:3b:00.0";
    private static final String SECOND = "0000:3b:00.1";

    @TempDir
    private Path directory;

    private Path sys;
    private Path script;
    private HostArtifacts host;

    @BeforeEach
    void aHostWithTwoNics() throws Exception {
        host = director(
                "dpdk0: { segment: lan, attach: af_packet }",
                "dpdk0: { segment: lan, attach: 'pci:%s' }".formatted(FIRST));
    }

    private static HostArtifacts director(String line, String instead) {
        return Topologies.artifacts(Topologies.read(Topologies.twoArmText().replace(line, instead)), "director");
    }

    private void tree() throws Exception {
        sys = directory.resolve("sys");
        for (String driver : List.of("ixgbe", "vfio-pci", "mlx5_core")) {
            Files.createDirectories(sys.resolve("bus/pci/drivers").resolve(driver));
        }
        nic(FIRST, Optional.of("ixgbe"));
        nic(SECOND, Optional.of("mlx5_core"));
        Files.createDirectories(sys.resolve("kernel/iommu_groups/7"));
        Path pages = Files.createDirectories(sys.resolve("kernel/mm/hugepages/hugepages-2048kB"));
        Files.writeString(pages.resolve("nr_hugepages"), "100\n");
        Files.writeString(pages.resolve("free_hugepages"), "40\n");
    }

    private Path device(String address) {
        return sys.resolve("bus/pci/devices").resolve(address);
    }

    private void nic(String address, Optional<String> driver) throws IOException {
        Path device = Files.createDirectories(device(address));
        Files.writeString(device.resolve("class"), "0x020000\n");
        Files.writeString(device.resolve("driver_override"), "(null)\n");
        if (driver.isPresent()) {
            bind(address, driver.get());
        }
    }

    private void bind(String address, String driver) throws IOException {
        Path link = device(address).resolve("driver");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, sys.resolve("bus/pci/drivers").resolve(driver));
    }

    private String driver(String address) throws IOException {
        return Files.readSymbolicLink(device(address).resolve("driver"))
                .getFileName()
                .toString();
    }

    /** Binds what is written to drivers_probe to the driver that driver_override names, or else to ixgbe. */
    private void kernel(int times) throws Exception {
        Path probe = sys.resolve("bus/pci/drivers_probe");
        assertThat(Tool.run(List.of("mkfifo", probe.toString())).status()).isZero();
        Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < times; i++) {
                    String address = Files.readString(probe).strip();
                    String override = Files.readString(device(address).resolve("driver_override"))
                            .strip();
                    bind(address, override.isEmpty() ? "ixgbe" : override);
                    Files.writeString(directory.resolve("probed"), address);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Tool.Result run(String action) throws IOException {
        script = directory.resolve("hardware");
        // The kernel in the test needs a moment after the write, which the real one does not.
        Files.writeString(
                script,
                Topologies.content(host, DirectorHardware.SCRIPT)
                        .replace("    echo \"$1\" >\"$sys/bus/pci/drivers_probe\"\n", """
                                    echo "$1" >"$sys/bus/pci/drivers_probe"
                                    while ! [ -e "%1$s" ]; do sleep 0.01; done; rm "%1$s"
                                """.formatted(
                                        directory.resolve("probed"))));
        Files.createDirectories(directory.resolve("bin"));
        Path modprobe = directory.resolve("bin/modprobe");
        Files.writeString(modprobe, "#!/bin/sh\necho \"modprobe $*\"\n");
        assertThat(modprobe.toFile().setExecutable(true)).isTrue();
        return Tool.run(List.of(
                "env",
                "TWOARM_SYS=" + sys,
                "RUNTIME_DIRECTORY=" + directory.resolve("state"),
                "PATH=" + directory.resolve("bin") + ":/usr/bin:/bin",
                "sh",
                script.toString(),
                action));
    }

    @Test
    void aNicIsTakenByItsAddressAndGivenBack() throws Exception {
        tree();
        kernel(2);

        Tool.Result started = run("start");

        assertThat(started.status()).as(started.output()).isZero();
        assertThat(started.output()).contains("modprobe vfio-pci").contains(FIRST + ": from ixgbe to vfio-pci");
        assertThat(driver(FIRST)).isEqualTo("vfio-pci");
        assertThat(driver(SECOND)).as("not the director's").isEqualTo("mlx5_core");
        assertThat(run("start").output()).contains("vfio-pci has it already");

        Tool.Result stopped = run("stop");

        assertThat(stopped.status()).as(stopped.output()).isZero();
        assertThat(driver(FIRST)).isEqualTo("ixgbe");
    }

    @Test
    void aNicWhoseDriverSharesItStaysAsItIs() throws Exception {
        tree();
        bind(FIRST, "mlx5_core");

        Tool.Result started = run("start");

        assertThat(started.status()).as(started.output()).isZero();
        assertThat(started.output()).contains("shares it between kernel and DPDK");
        assertThat(driver(FIRST)).isEqualTo("mlx5_core");
    }

    @Test
    void anAddressThatIsNotThereNamesTheNicsThatAre() throws Exception {
        tree();
        try (var files = Files.walk(device(FIRST))) {
            files.sorted((a, b) -> b.compareTo(a))
                    .forEach(path -> assertThat(path.toFile().delete()).isTrue());
        }

        Tool.Result started = run("start");

        assertThat(started.status()).isEqualTo(1);
        assertThat(started.output()).contains("there is no PCI device " + FIRST + "; the NICs of this host: " + SECOND);
    }

    @Test
    void hugepagesAreReservedUpToWhatIsWantedAndGivenBack() throws Exception {
        host = director("memory: 512 MiB, hugepages: false", "memory: 1 GiB, hugepages: true");
        tree();
        Path count = sys.resolve("kernel/mm/hugepages/hugepages-2048kB/nr_hugepages");

        Tool.Result started = run("start");

        assertThat(started.status()).as(started.output()).isZero();
        assertThat(count).hasContent("572");
        run("stop");
        assertThat(count).hasContent("100");
    }

    @Test
    void theDirectorWaitsForItsHardware() {
        assertThat(Topologies.content(host, "/etc/systemd/system/twoarm-director.service"))
                .contains("Requires=twoarm-hardware.service\nAfter=twoarm-hardware.service\n");
        assertThat(host.services().stream().map(HostService::unit))
                .containsSubsequence(DirectorHardware.UNIT, DirectorArtifacts.DIRECTOR_UNIT);
    }
}
