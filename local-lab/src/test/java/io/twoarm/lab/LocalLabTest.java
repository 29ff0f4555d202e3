package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("lab")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalLabTest {
    private static final String NAME = OwnName.of("main");
    private static final LocalLab LABS = new LocalLab();
    private static final List<LabEvent> EVENTS = new ArrayList<>();
    private static RunningLab lab;

    @BeforeAll
    static void start() {
        lab = LABS.start(TopologyFixture.twoArmed(), LabOptions.ownedLab(NAME), EVENTS::add);
    }

    @AfterAll
    static void stop() {
        LabFootprint footprint = lab.footprint();
        lab.stop();
        assertThat(footprint.remains()).isEmpty();
    }

    private static LabHost host(String name) {
        return lab.host(name).orElseThrow();
    }

    @Test
    void everyHostRunsItsOwnSystemdAndAnswersOnSsh() throws Exception {
        for (LabHost host : lab.hosts()) {
            assertThat(Ssh.output(host, "cat /proc/1/comm; hostname; systemctl is-system-running --wait"))
                    .isEqualTo("systemd\n" + host.name() + "\nrunning");
        }
        assertThat(lab.status().values()).containsOnly(HostStatus.READY);
    }

    @Test
    void theListenerHearsOfTheNumberAndOfEveryHostGettingReady() {
        assertThat(EVENTS.getFirst())
                .isInstanceOfSatisfying(
                        LabEvent.NumberTaken.class,
                        taken -> assertThat(taken.number()).isEqualTo(lab.number()));
        for (LabHost host : lab.hosts()) {
            assertThat(EVENTS.stream()
                            .filter(event -> event instanceof LabEvent.HostChanged changed
                                    && changed.host().equals(host.name()))
                            .map(event -> ((LabEvent.HostChanged) event).status()))
                    .containsExactly(HostStatus.BOOTING, HostStatus.READY);
        }
    }

    @Test
    void hostsHaveTheirNamespacesToThemselves() throws Exception {
        String list = "readlink /proc/1/ns/{mnt,pid,uts,ipc,net,cgroup}";
        List<String> first =
                Ssh.output(host("rs1"), "bash -c '" + list + "'").lines().toList();
        List<String> second =
                Ssh.output(host("rs2"), "bash -c '" + list + "'").lines().toList();
        assertThat(first).hasSize(6).doesNotContainAnyElementsOf(second);
        for (String namespace : List.of("mnt", "pid", "uts", "ipc", "net", "cgroup")) {
            assertThat(first)
                    .doesNotContain(Files.readSymbolicLink(Path.of("/proc/self/ns", namespace))
                            .toString());
        }
    }

    @Test
    void kernelPortsHaveTheTopologysNamesAndAddresses() throws Exception {
        assertThat(Ssh.output(host("gateway"), "ip -brief -4 address show"))
                .containsPattern("inside@\\S+ +UP +172.16.0.254/24")
                .containsPattern("outside@\\S+ +UP +10.0.96.254/24");
        assertThat(Ssh.output(host("rs2"), "ip -brief -6 address show dev eth0"))
                .contains("fd00:229::2/64");
        assertThat(Ssh.output(host("rs2"), "ping -c 1 -W 2 rs1")).contains(" 0% packet loss");
        assertThat(Ssh.output(host("rs2"), "ping -6 -c 1 -W 2 fd00:229::1")).contains(" 0% packet loss");
    }

    @Test
    void dataplanePortsAreUpAndSilent() throws Exception {
        for (String port : List.of("dpdk0", "dpdk2")) {
            assertThat(Ssh.output(host("director"), "ip -brief address show dev " + port))
                    .matches(port + "@\\S+ +UP *");
        }
    }

    @Test
    void noPortHasOffloads() throws Exception {
        for (LabHost host : lab.hosts()) {
            assertThat(Ssh.output(
                            host,
                            "for nic in $(ls /sys/class/net | grep -v lo); do ethtool -k $nic; done | grep -E"
                                    + " '^(tx-checksumming|rx-checksumming|tcp-segmentation-offload"
                                    + "|generic-segmentation-offload|generic-receive-offload|tx-vlan-offload"
                                    + "|rx-vlan-offload): on' || echo none"))
                    .isEqualTo("none");
        }
    }

    @Test
    void theMachinesNetworkSettingsDoNotLeakIn() throws Exception {
        assertThat(Ssh.output(
                                host("gateway"),
                                "cd /proc/sys/net/ipv4; cat ip_forward conf/*/rp_filter conf/*/send_redirects"
                                        + " conf/*/accept_redirects conf/*/proxy_arp")
                        .lines())
                .containsOnly("0");
    }

    @Test
    void aHostCannotChangeTheMachinesKernelOrClock() throws Exception {
        LabHost host = host("rs1");
        String before = Files.readString(Path.of("/proc/sys/kernel/pid_max"));
        assertThat(Ssh.run(host, "echo 4711 >/proc/sys/kernel/pid_max").succeeded())
                .isFalse();
        assertThat(Ssh.run(host, "date --set '2001-01-01'").succeeded()).isFalse();
        assertThat(Files.readString(Path.of("/proc/sys/kernel/pid_max"))).isEqualTo(before);
        assertThat(Ssh.output(host, "sysctl -w net.ipv4.ip_forward=0")).contains("= 0");
    }

    @Test
    void nothingOfTheLabIsAnInterfaceOrMountOfTheMachine() {
        assertThat(lab.footprint().remains())
                .noneMatch(line -> line.startsWith("interface") || line.startsWith("mount"));
        assertThat(Machine.lines(Path.of("/proc/self/mounts")))
                .noneMatch(line -> line.contains("/twoarm/lab/" + lab.name()));
    }

    @Test
    void noServiceRunsThatNobodyDeployed() throws Exception {
        assertThat(Ssh.output(host("rs1"), "systemctl is-active nginx || true; ss -Hltn | wc -l"))
                .isEqualTo("inactive\n0");
        assertThat(Ssh.output(host("rs1"), "nginx -v")).contains("nginx version");
    }

    @Test
    void aDeployedServiceRunsAndItsFilesAreTheHostsOwn() throws Exception {
        assertThat(Ssh.output(
                        host("rs2"),
                        "printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n'"
                                + " >/etc/systemd/system/t-sleep.service && systemctl daemon-reload"
                                + " && systemctl enable --now --quiet t-sleep && systemctl is-active t-sleep"
                                + " && mkdir -p /opt/t /usr/local/t && systemctl disable --now --quiet t-sleep"))
                .isEqualTo("active");
        assertThat(Ssh.run(host("rs1"), "ls /etc/systemd/system/t-sleep.service")
                        .succeeded())
                .isFalse();
        assertThat(Path.of("/opt/t")).doesNotExist();
        assertThat(Path.of("/usr/local/t")).doesNotExist();
        assertThat(Path.of("/etc/systemd/system/t-sleep.service")).doesNotExist();
    }

    @Test
    void privateKeysCanBeReadByTheirOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(host("rs1").identity())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(host("rs1").identity().getParent())))
                .isEqualTo("rwx------");
        assertThat(Ssh.output(host("rs1"), "stat -c %a /etc/ssh/ssh_host_ed25519_key"))
                .isEqualTo("600");
    }

    @Test
    void aHostWithAnotherHostsKeyIsNotTrusted() throws Exception {
        LabHost first = host("rs1");
        LabHost second = host("rs2");
        Path wrong = Files.createTempFile("t-known", "hosts");
        try {
            Files.writeString(
                    wrong,
                    Files.readString(second.knownHosts())
                            .replace("[" + second.address() + "]", "[" + first.address() + "]")
                            .lines()
                            .skip(4)
                            .findFirst()
                            .orElseThrow());
            LabHost imposter =
                    new LabHost(first.name(), first.address(), first.sshPort(), first.user(), first.identity(), wrong);
            assertThat(Ssh.run(imposter, "true").output())
                    .anyMatch(line -> line.contains("Host key verification failed"));
        } finally {
            Files.delete(wrong);
        }
    }

    @Test
    void aRebootedHostComesBackWithItsFilesAndCleanNics() throws Exception {
        LabHost client = host("client");
        Ssh.output(client, "echo kept >/etc/t-kept; ip address add 10.99.0.1/32 dev eth0");
        String boot = Ssh.output(client, "readlink /proc/1/ns/pid");
        Ssh.run(client, "systemctl reboot");
        Awaited.within(Duration.ofSeconds(180), () -> hasBootedSince(client, boot));
        assertThat(Ssh.output(client, "systemctl is-system-running --wait; cat /etc/t-kept; ip -brief address"))
                .startsWith("running\nkept\n")
                .contains("172.16.0.1/24")
                .doesNotContain("10.99.0.1");
        assertThat(Ssh.output(client, "ping -c 1 -W 2 172.16.0.254")).contains(" 0% packet loss");
    }

    private static boolean hasBootedSince(LabHost host, String boot) {
        try {
            Command.Outcome outcome = Ssh.run(host, "readlink /proc/1/ns/pid");
            return outcome.succeeded() && !outcome.output().contains(boot);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHostThatIsSwitchedOffIsGoneAndRefusesConnections() throws Exception {
        try (RunningLab other = LABS.start(
                new TopologyFixture()
                        .client("stays", TopologyFixture.kernel("eth0", "wire", "10.9.0.1/24"))
                        .client("goes", TopologyFixture.kernel("eth0", "wire", "10.9.0.2/24"))
                        .topology(),
                LabOptions.ownedLab(OwnName.of("off")),
                _ -> {})) {
            LabHost goes = other.host("goes").orElseThrow();
            Ssh.run(goes, "systemctl poweroff");
            Awaited.within(Duration.ofSeconds(180), () -> other.status().get("goes") == HostStatus.GONE);
            assertThatThrownBy(() -> new Socket(goes.address(), goes.sshPort()).close())
                    .hasMessageContaining("refused");
            assertThat(other.status()).containsEntry("goes", HostStatus.GONE).containsEntry("stays", HostStatus.READY);
        }
    }

    @Test
    void twoLabsRunSideBySideWithTheSameAddressesInside() throws Exception {
        try (RunningLab other =
                LABS.start(TopologyFixture.twoArmed(), LabOptions.ownedLab(OwnName.of("other")), _ -> {})) {
            assertThat(other.number()).isNotEqualTo(lab.number());
            assertThat(LABS.list()).extracting(RunningLab::name).contains(NAME, OwnName.of("other"));
            assertThat(Ssh.output(other.host("rs1").orElseThrow(), "ping -c 1 -W 2 192.168.229.2"))
                    .contains(" 0% packet loss");
            assertThat(Ssh.output(host("rs1"), "ping -c 1 -W 2 192.168.229.2")).contains(" 0% packet loss");
        }
    }

    @Test
    void aSecondLabOfTheSameNameIsRefused() {
        assertThatThrownBy(() -> LABS.start(TopologyFixture.single(), LabOptions.ownedLab(NAME), _ -> {}))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("a lab named \"" + NAME + "\" is already running")
                .hasMessageContaining("twoarm lab down " + NAME);
    }

    @Test
    void ofTwoStartsOfOneNameAtTheSameTimeOneWins() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<RunningLab> start = () -> {
            together.await();
            return LABS.start(TopologyFixture.single(), LabOptions.ownedLab(OwnName.of("race")), _ -> {});
        };
        List<RunningLab> winners = new ArrayList<>();
        List<Throwable> losers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RunningLab> result : executor.invokeAll(List.of(start, start))) {
                if (result.state() == Future.State.SUCCESS) {
                    winners.add(result.resultNow());
                } else {
                    losers.add(result.exceptionNow());
                }
            }
        }
        assertThat(losers).singleElement().asString().contains("already running");
        assertThat(winners).singleElement().satisfies(winner -> {
            assertThat(winner.running()).isTrue();
            winner.stop();
        });
    }

    @Test
    void aSegmentAndAPortCanBeListenedTo() throws Exception {
        try (Capture segment = lab.captureSegment("lan", "icmp");
                Capture port = lab.capturePort("rs2", "eth0", "icmp")) {
            Ssh.output(host("rs1"), "ping -c 2 -i 0.2 -W 2 192.168.229.2");
            segment.end();
            port.end();
            for (Capture capture : List.of(segment, port)) {
                byte[] pcap = capture.pcap().readAllBytes();
                // Header of 24 bytes, then four frames of 98 bytes with 16 bytes before each.
                assertThat(pcap).hasSize(24 + 4 * (16 + 98));
            }
        }
    }

    @Test
    void aCaptureWithABadFilterSaysWhatIsWrong() {
        assertThatThrownBy(() -> lab.captureSegment("lan", "no such filter"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("syntax error");
        assertThatThrownBy(() -> lab.captureSegment("moon", ""))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("there is no segment \"moon\"")
                .hasMessageContaining("client-lan, wan, lan");
        assertThatThrownBy(() -> lab.capturePort("rs1", "eth7", ""))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("gateway inside");
    }
}
