package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.SshConnections;
import io.twoarm.engine.LabSession;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.TwoArmEngine;
import io.twoarm.templates.StarterTopologies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Capture, trace and probe on a deployed two-arm lab, whole and with faults put into it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnoseCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String VIP = "10.0.96.204";
    private static final String LIP = "192.168.229.204";

    private final TwoArmEngine engine = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));
    private final SshConnections connections = new SshConnections();
    private final String name = "t-diagnose-" + ProcessHandle.current().pid();

    private Path directory;

    private LabSession lab;

    private record Output(int status, String text) {}

    @BeforeAll
    void startAndDeploy(@TempDir Path folder) throws IOException {
        directory = folder;
        String topology = StarterTopologies.named("two-arm-fullnat")
                .orElseThrow()
                .topology()
                .replace("name: two-arm-fullnat", "name: " + name);
        Files.writeString(directory.resolve("topology.yaml"), topology);
        OpenProject project = engine.open(directory);
        lab = engine.startLab(project, name, true, line -> {});
        assertThat(engine.deploy(project, lab.estate(), event -> {}).succeeded())
                .isTrue();
        awaitBothUp();
    }

    @AfterAll
    void stop() {
        connections.close();
        if (lab != null) {
            lab.stop();
        }
    }

    private CommandResult on(String host, String script) {
        return connections.open(lab.estate().target(host).orElseThrow()).script(script);
    }

    private void awaitBothUp() {
        await(
                "both realservers to be up",
                () -> on("director", "/opt/twoarm/director/current/bin/twoarm-directorctl --json services")
                                .stdout()
                                .split("\"up\":true", -1)
                                .length
                        == 3);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private Output twoarm(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new Output(run(out, arguments), out.toString(StandardCharsets.UTF_8));
    }

    private int run(ByteArrayOutputStream out, String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new TwoArm(engine, new Terminal(stream, stream, false)).run(arguments);
    }

    /** Captures for some seconds, with requests from the client once frames are taken. */
    private Output captureRequests(int requests, String... further) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("capture", directory.toString(), "--service", "web", "--seconds", "6"));
        arguments.addAll(List.of(further));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> run(out, arguments.toArray(String[]::new)));
        await("the capture", () -> out.toString(StandardCharsets.UTF_8).contains("capturing for") || status.isDone());
        for (int i = 0; i < requests; i++) {
            on("client", "curl --silent --max-time 1 http://" + VIP + "/");
        }
        return new Output(status.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theFourLinesOfAConnectionAreOneGroupInTheirOrder() throws Exception {
        Path file = directory.resolve("web.pcapng");

        Output capture = captureRequests(1, "--write", file.toString());

        assertThat(capture.status()).as(capture.text()).isZero();
        assertThat(capture.text()).contains("1 connections, 1 of them with all lines");
        assertThat(capture.text()
                        .lines()
                        .filter(line -> line.matches(" +\\d+\\.\\d{6} .*"))
                        .limit(8))
                .as(capture.text())
                .satisfiesExactly(
                        first -> assertThat(first).contains("client/eth0 out", "client → VIP", "SYN seq"),
                        second -> assertThat(second).contains("director/dpdk2 in", "client → VIP", "SYN seq"),
                        third -> assertThat(third).contains("director/dpdk0 out", "director → realserver", "SYN"),
                        fourth -> assertThat(fourth).contains("/eth0 in", "director → realserver", "SYN seq"),
                        fifth -> assertThat(fifth).contains("/eth0 out", "realserver → director", "SYN,ACK"),
                        sixth -> assertThat(sixth).contains("director/dpdk0 in", "realserver → director", "SYN,ACK"),
                        seventh -> assertThat(seventh).contains("director/dpdk2 out", "VIP → client", "SYN,ACK"),
                        eighth -> assertThat(eighth).contains("client/eth0 in", "VIP → client", "SYN,ACK"));
        Process tcpdump = new ProcessBuilder("tcpdump", "-n", "-r", file.toString(), "tcp[tcpflags] & tcp-syn != 0")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("> " + VIP + ".80: Flags [S]")
                .contains(VIP + ".80 > ");
        for (String host : List.of("client", "rs1", "rs2", "director")) {
            await(
                    "tcpdump on " + host + " to end",
                    () -> on(host, "pgrep -x tcpdump || pgrep -f 'directorctl.*[c]apture'")
                                    .status()
                            != 0);
        }
    }

    @Test
    void aWrongRealserverGatewayIsTheMissingLineAndIsFoundByTheProbe() throws Exception {
        on("rs1", "ip route add " + LIP + "/32 via 192.168.229.2").orThrow();
        try {
            Output capture = captureRequests(2);
            Output probe = twoarm("probe", directory.toString());

            assertThat(capture.status()).as(capture.text()).isEqualTo(1);
            assertThat(capture.text())
                    .contains("missing       the director gets the answer: the answer left rs1 but went elsewhere")
                    .contains("(wrong gateway)");
            assertBroken(probe, "rs1", "wrong gateway: they go via 192.168.229.2 dev eth0");
        } finally {
            on("rs1", "ip route del " + LIP + "/32 via 192.168.229.2");
            awaitBothUp();
        }
    }

    private static void assertBroken(Output probe, String host, String evidence) {
        assertThat(probe.status()).as(probe.text()).isEqualTo(1);
        assertThat(probe.text())
                .contains("broken:   " + host + ", not: ")
                .contains("evidence: ")
                .contains("fix:      ");
        assertThat(probe.text().substring(probe.text().indexOf("evidence: "))).contains(evidence);
    }

    @Test
    void aHealthyLabHasNothingBroken() {
        Output probe = twoarm("probe", directory.toString(), "--verbose");

        assertThat(probe.status()).as(probe.text()).isZero();
        assertThat(probe.text())
                .contains("nothing is broken: 4 of 4 connections from client came about")
                .contains("✓ rs1: its answers to 192.168.229.204 go directly, on the same wire")
                .contains("✓ rs2: programs see the client's address (TOA)");
    }

    @Test
    void everyInjectedFaultIsFoundAndNamed() {
        fault("rs1", "systemctl stop nginx", "systemctl start nginx", "rs1", "nobody listens");
        fault(
                "rs2",
                "nft 'add table inet fault; add chain inet fault input { type filter hook input priority 0; };"
                        + " add rule inet fault input tcp dport 80 drop'",
                "nft delete table inet fault",
                "rs2",
                "tcp dport 80 drop");
        fault(
                "rs1",
                "ip route del 192.168.229.0/24 dev eth0",
                "ip route add 192.168.229.0/24 dev eth0 src 192.168.229.1",
                "rs1",
                "no route");
        fault(
                "rs2",
                "ip route add " + LIP + "/32 via 192.168.229.77",
                "ip route del " + LIP + "/32 via 192.168.229.77",
                "rs2",
                "wrong gateway: they go via 192.168.229.77");
        fault("rs1", "systemctl stop twoarm-toa", "systemctl start twoarm-toa", "rs1", "twoarm-toa is inactive");
        fault(
                "gateway",
                "sysctl -qw net.ipv4.ip_forward=0",
                "sysctl -qw net.ipv4.ip_forward=1",
                "gateway",
                "net.ipv4.ip_forward is 0");
        fault("client", "ip route del default", "ip route add default via 172.16.0.254", "client", "unreachable");
    }

    private void fault(String host, String make, String undo, String broken, String evidence) {
        on(host, make).orThrow();
        try {
            assertBroken(twoarm("probe", directory.toString()), broken, evidence);
        } finally {
            on(host, undo).orThrow();
            awaitBothUp();
        }
    }

    @Test
    void aTraceHasTheNamesOfTheDesignAndAgreesWithThePrediction() {
        Output trace = twoarm("trace", directory.toString(), "--from", "client", "--to", VIP + ":80", "--tcp");

        assertThat(trace.status()).as(trace.text()).isZero();
        assertThat(trace.text())
                .containsPattern("1  172\\.16\\.0\\.254 +gateway eth0 +[0-9.]+ ms +as designed")
                .containsPattern("2  10\\.0\\.96\\.204 +director VIP of web +[0-9.]+ ms +as designed")
                .contains("reached in 2 hops")
                .contains("client sends via 172.16.0.254 dev eth0 src 172.16.0.1");
    }

    @Test
    void aRedirectThatAHostHasLearntIsFound() {
        on(
                        "rs2",
                        "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=1 net.ipv4.conf.eth0.send_redirects=1"
                                + " && ip route add " + VIP + "/32 via " + LIP)
                .orThrow();
        on(
                        "rs1",
                        "sysctl -qw net.ipv4.conf.all.accept_redirects=1 net.ipv4.conf.eth0.accept_redirects=1"
                                + " net.ipv4.conf.all.secure_redirects=0 net.ipv4.conf.eth0.secure_redirects=0"
                                + " && ip route add " + VIP + "/32 via 192.168.229.2")
                .orThrow();
        try {
            Output trace = twoarm("trace", directory.toString(), "--from", "rs1", "--to", VIP, "--icmp");

            assertThat(trace.text())
                    .contains("reached in 2 hops")
                    .contains("reached in 1 hops")
                    .contains("2 hops, then 1: an ICMP redirect of rs2 taught rs1 a way past it")
                    .contains("learnt by an ICMP redirect");
        } finally {
            on(
                    "rs1",
                    "ip route del " + VIP + "/32 via 192.168.229.2; ip route flush cache;"
                            + " sysctl -qw net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.eth0.accept_redirects=0");
            on(
                    "rs2",
                    "ip route del " + VIP + "/32 via " + LIP + "; sysctl -qw net.ipv4.ip_forward=0"
                            + " net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0");
        }
    }

    @Test
    void whatDoesNotExistIsSaidWithWhatDoes() {
        assertThat(twoarm("capture", directory.toString(), "--service", "mail").text())
                .contains("there is no service \"mail\"; the services are web");
        assertThat(twoarm("capture", directory.toString(), "--at", "rs9").text())
                .contains("there is no host \"rs9\"; the hosts are client, gateway, director, rs1, rs2");
        assertThat(twoarm("capture", directory.toString(), "--filter", "tcp prot 80", "--seconds", "1")
                        .text())
                .contains("nothing can be captured")
                .contains("rs1/eth0: ")
                .contains("prot");
        assertThat(twoarm("trace", directory.toString(), "--from", "client", "--to", "nowhere")
                        .text())
                .contains("--to is neither a service nor an address");
    }
}
