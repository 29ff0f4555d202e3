package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The starters of LVS with the bundled director in the kernel's place: real hosts, nginx and curl. */
@Tag("lab")
class ForwardingModesTest {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int REQUESTS = 20;

    private final TwoArmEngine engine = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "lvs-nat-two-networks, 192.168.2.110, 172.16.0.1, Masq",
        "lvs-nat-one-network, 192.168.1.110, 192.168.1.254, Masq",
        "lvs-nat-two-networks-one-nic, 192.168.1.110, 192.168.1.254, Masq",
        "lvs-nat-two-wires, 192.168.1.110, 172.16.0.1, Masq",
        "lvs-dr, 192.168.1.110, 172.16.0.1, Route",
        "lvs-tunnel, 192.168.2.110, 172.16.0.1, Tunnel"
    })
    void theBundledDirectorForwardsAsTheKernelDoes(String starter, String vip, String client, String method)
            throws Exception {
        OpenProject project = bundled(starter);
        assertThat(project.findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .extracting(Finding::message)
                .isEmpty();
        LabSession lab =
                engine.startLab(project, "modes-" + ProcessHandle.current().pid(), true, line -> {});
        try (SshConnections connections = new SshConnections()) {
            DeployReport deployment = engine.deploy(project, lab.estate(), event -> {});
            assertThat(deployment.succeeded()).as("%s", deployment).isTrue();

            Verification verification = engine.verify(project, lab.estate(), REQUESTS);

            assertThat(verification.passed()).as("%s", verification).isTrue();
            assertThat(verification.services()).singleElement().satisfies(proof -> {
                assertThat(proof.perRealserver()).hasSize(2);
                assertThat(proof.seenByRealserver()).as("the client itself").startsWith(client + ":");
            });
            SshConnection director =
                    connections.open(lab.estate().target("director").orElseThrow());
            assertThat(director.run("/opt/twoarm/director/current/bin/ipvsadm", "-ln")
                            .orThrow()
                            .stdout())
                    .contains(method);
            aFileArrivesByteForByte(connections, lab, vip);
        } finally {
            lab.stop();
        }
    }

    /** A starter whose director is the bundled one, on the interfaces that it has. */
    private OpenProject bundled(String starter) throws IOException {
        Path directory = engine.create(starter, folder.resolve(starter)).directory();
        Path file = directory.resolve("topology.yaml");
        String text = Files.readString(file);
        int begin = text.indexOf("kind: ipvs");
        int end = text.indexOf("\n\n", begin);
        String host = text.substring(begin, end)
                .replace("kind: ipvs", "kind: bundled")
                .replaceAll("(segment: .*\\]) \\}", "$1, attach: af_packet }");
        Files.writeString(file, text.substring(0, begin) + host + text.substring(end));
        return engine.open(directory);
    }

    private static void aFileArrivesByteForByte(SshConnections connections, LabSession lab, String vip) {
        for (String realserver : List.of("rs1", "rs2")) {
            connections
                    .open(lab.estate().target(realserver).orElseThrow())
                    .script("mkdir -p /srv/twoarm && head -c 20971520 /dev/zero"
                            + " | openssl enc -aes-128-ctr -pass pass:twoarm -nosalt -pbkdf2 >/srv/twoarm/file")
                    .orThrow();
        }
        String sent = connections
                .open(lab.estate().target("rs1").orElseThrow())
                .run("sha256sum", "/srv/twoarm/file")
                .orThrow()
                .stdout();

        String received = connections
                .open(lab.estate().target("client").orElseThrow())
                .run(RemoteCommand.script(
                                "curl --silent --show-error --fail --max-time 60 http://" + vip
                                        + "/files/file | sha256sum",
                                List.of())
                        .withLimit(LIMIT))
                .orThrow()
                .stdout();

        assertThat(received.split(" ")[0]).isEqualTo(sent.split(" ")[0]);
    }
}
