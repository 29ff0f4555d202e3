package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.engine.Verification.RoleProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The pair of bundled directors with four realservers, from nothing to verified over SSH, then with failures. */
@Tag("lab")
class PairLabTest {
    private static final String VIP = "10.0.96.201";
    private static final Duration LIMIT = Duration.ofSeconds(180);
    /** Of a machine that does much else; on an idle one it is half a second. */
    private static final double LONGEST_OUTAGE_SECONDS = 10;

    @TempDir
    Path folder;

    private final TwoArmEngine engine = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));
    private final SshConnections connections = new SshConnections();
    private OpenProject project;
    private LabSession lab;

    @BeforeEach
    void start() {
        project = engine.create("bundled-pair", folder.resolve("pair"));
        lab = engine.startLab(project, "pair-" + ProcessHandle.current().pid(), true, line -> {});
    }

    @AfterEach
    void stop() {
        connections.close();
        if (lab != null) {
            lab.stop();
        }
    }

    private SshConnection host(String name) {
        return connections.open(lab.estate().target(name).orElseThrow());
    }

    @Test
    void fromNothingToVerifiedThenChangedThenWithFailures(TestReporter reporter) throws Exception {
        DeployReport first = engine.deploy(project, lab.estate(), event -> {});
        assertThat(first.hosts())
                .hasSize(8)
                .allSatisfy(host -> assertThat(host.outcome()).isInstanceOf(DeployReport.Outcome.Changed.class));
        verified();

        assertThat(engine.deploy(project, lab.estate(), event -> {}).changedNothing())
                .as("the second deployment changes nothing")
                .isTrue();

        aWeightChangesWithoutHarmToSessions();

        Map<String, String> outages = new LinkedHashMap<>();
        outages.put("director killed", outage("systemctl kill --signal=SIGKILL twoarm-director.service"));
        verified();
        outages.put("keepalived killed", outage("systemctl kill --signal=SIGKILL keepalived.service"));
        verified();
        outages.put("wire cut", outage("ip link set dev dpdk2 down"));
        reporter.publishEntry(outages);
        assertThat(outages.values()).allMatch(seconds -> Double.parseDouble(seconds) < LONGEST_OUTAGE_SECONDS);
    }

    private Verification verified() {
        Verification verification = engine.verify(project, lab.estate(), 40);
        assertThat(verification.passed()).as(verification.toString()).isTrue();
        assertThat(verification.roles())
                .hasSize(2)
                .allSatisfy(role -> assertThat(role.states()).containsOnlyKeys("lb1", "lb2"));
        assertThat(verification.services())
                .allSatisfy(proof -> assertThat(proof.perRealserver().values())
                        .as("of every realserver")
                        .hasSize(4)
                        .allMatch(count -> count > 0));
        return verification;
    }

    private String master() {
        RoleProof role = engine.verify(project, lab.estate(), 1).roles().getFirst();
        return role.states().entrySet().stream()
                .filter(state -> state.getValue().equals("MASTER"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody is master: " + role));
    }

    /** A download goes on while the weight of its realserver changes. */
    private void aWeightChangesWithoutHarmToSessions() throws Exception {
        for (int i = 1; i <= 4; i++) {
            host("rs" + i)
                    .script("mkdir -p /srv/twoarm && head -c 4000000 /dev/urandom >/srv/twoarm/slow")
                    .orThrow();
        }
        CompletableFuture<String> download = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                download.complete(host("client")
                        .run(RemoteCommand.of(
                                        "curl",
                                        "--silent",
                                        "--show-error",
                                        "--fail",
                                        "--limit-rate",
                                        "400k",
                                        "--output",
                                        "/dev/null",
                                        "--write-out",
                                        "%{size_download}",
                                        "http://" + VIP + "/files/slow")
                                .withLimit(LIMIT))
                        .orThrow()
                        .stdout());
            } catch (RuntimeException e) {
                download.completeExceptionally(e);
            }
        });
        Path file = folder.resolve("pair/topology.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "address: 192.168.229.1, port: 80, weight: 10",
                                "address: 192.168.229.1, port: 80, weight: 20"));
        project = engine.open(folder.resolve("pair"));

        DeployReport changed = engine.deploy(project, lab.estate(), event -> {});

        for (DeployReport.HostReport host : changed.hosts()) {
            if (host.host().startsWith("lb")) {
                assertThat(host.outcome())
                        .isEqualTo(new DeployReport.Outcome.Changed(
                                List.of("/etc/twoarm/keepalived.conf"),
                                List.of("reload-or-restart twoarm-director.service")));
            } else {
                assertThat(host.outcome()).isInstanceOf(DeployReport.Outcome.Unchanged.class);
            }
        }
        assertThat(download.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("4000000");
        Verification verification = verified();
        assertThat(verification.services())
                .allSatisfy(proof -> assertThat(proof.perRealserver()).containsEntry("192.168.229.1:80", 16L));
    }

    /**
     * Lets the master fail while the client connects again and again. @return the longest time without a connection, in
     * seconds
     */
    private String outage(String failure) {
        String master = master();
        SshConnection client = host("client");
        client.script("exec systemd-run --quiet --unit connects --property=StandardOutput=file:/run/connects bash -c '"
                        + "while :; do curl --silent --output /dev/null --max-time 0.2 http://" + VIP
                        + "/ && date +%s.%N; done'")
                .orThrow();
        try {
            awaitConnections(client, 10);
            host(master).script(failure).orThrow();
            String other = master.equals("lb1") ? "lb2" : "lb1";
            long limit = System.nanoTime() + LIMIT.toNanos();
            while (!host(other)
                    .run(DaemonBundle.CONTROL_COMMAND, "status", "--json")
                    .stdout()
                    .contains("\"MASTER\"")) {
                assertThat(System.nanoTime()).as("%s becomes master", other).isLessThan(limit);
                LockSupport.parkNanos(50_000_000);
            }
            awaitConnections(client, count(client) + 20);
            double longest = 0;
            double last = Double.NaN;
            for (String line : client.run("cat", "/run/connects").stdout().split("\n")) {
                double at = Double.parseDouble(line);
                longest = Double.isNaN(last) ? longest : Math.max(longest, at - last);
                last = at;
            }
            return String.valueOf(longest);
        } finally {
            client.run("systemctl", "stop", "connects.service");
            client.run("rm", "-f", "/run/connects");
        }
    }

    private static int count(SshConnection client) {
        return (int) client.run("cat", "/run/connects").stdout().lines().count();
    }

    private static void awaitConnections(SshConnection client, int wanted) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (count(client) < wanted) {
            assertThat(System.nanoTime()).as("connections through the VIP").isLessThan(limit);
            LockSupport.parkNanos(100_000_000);
        }
    }
}
