package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.templates.StarterTopologies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a deployment as a user types them, against one lab, in the order of a day's work. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployCommandsTest {
    private static final String NAME = "t-commands";
    private static final Pattern REACH =
            Pattern.compile("(?m)^ +(\\S+) +ssh -i (\\S+) -o UserKnownHostsFile=(\\S+) -p (\\d+) root@(\\S+)$");

    @TempDir
    private static Path directory;

    private static final Map<String, Reach> hosts = new LinkedHashMap<>();

    private record Reach(String identity, String knownHosts, String port, String address) {}

    private static CommandRun.Result twoarm(String command, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add(directory.toString());
        words.addAll(List.of(options));
        return CommandRun.run(words.toArray(String[]::new));
    }

    private static String topology() {
        return StarterTopologies.named("two-arm-fullnat")
                .orElseThrow()
                .topology()
                .replace("name: two-arm-fullnat", "name: " + NAME);
    }

    private static void project(String text) throws Exception {
        Files.writeString(directory.resolve("topology.yaml"), text);
    }

    @BeforeAll
    static void startLab() throws Exception {
        project(topology());
        CommandRun.Result up = twoarm("lab up");
        assertThat(up.status()).as(up.output()).isZero();
        Matcher reach = REACH.matcher(up.output());
        while (reach.find()) {
            hosts.put(reach.group(1), new Reach(reach.group(2), reach.group(3), reach.group(4), reach.group(5)));
        }
        assertThat(hosts).containsKeys("director", "rs1");
    }

    @AfterAll
    static void stopLab() throws Exception {
        project(topology());
        assertThat(twoarm("lab down").status()).isZero();
    }

    private static void onHost(String host, String script) throws Exception {
        Reach reach = hosts.get(host);
        Process ssh = new ProcessBuilder(
                        "ssh",
                        "-i",
                        reach.identity,
                        "-o",
                        "UserKnownHostsFile=" + reach.knownHosts,
                        "-p",
                        reach.port,
                        "root@" + reach.address,
                        script)
                .redirectErrorStream(true)
                .start();
        String output = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ssh.waitFor()).as(output).isZero();
    }

    @Test
    @Order(1)
    void aDirectorWithoutDpdkIsNamedWithThePackagesAndTheFix() throws Exception {
        onHost("director", """
                awk -v RS= -v ORS='\\n\\n' '!/^Package: librte-ethdev23\\n/' /var/lib/dpkg/status >/run/status
                mount --bind /run/status /var/lib/dpkg/status
                """);

        CommandRun.Result preflight = twoarm("preflight");
        CommandRun.Result deploy = twoarm("deploy");
        onHost("director", "umount /var/lib/dpkg/status");

        assertThat(preflight.output())
                .contains("note: not installed: librte-ethdev23")
                .contains("apt-get install librte-ethdev23");
        assertThat(deploy.output())
                .contains("director: these packages cannot be installed: librte-ethdev23")
                .contains("fix:");
        assertThat(deploy.status()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aPlanIsSavedAndExactlyItIsCarriedOut() throws Exception {
        Path plan = directory.resolve("first.plan");

        CommandRun.Result planned = twoarm("plan", "--out", plan.toString());
        assertThat(planned.output())
                .contains("write /etc/twoarm/dpvs.conf, mode 644 (new)")
                .contains("start twoarm-director.service")
                .contains("twoarm deploy " + directory + " --plan " + plan);
        CommandRun.Result deployed = twoarm("deploy", "--plan", plan.toString());
        assertThat(deployed.status()).as(deployed.output()).isZero();
        // What the hosts log while they change is for --verbose.
        assertThat(deployed.output()).contains("✓ director").doesNotContain("recording what is there");

        assertThat(twoarm("drift").output()).contains("no drift");
        assertThat(twoarm("deploy").output()).contains("nothing to do: every host is as designed");
    }

    @Test
    @Order(3)
    void whatWasChangedByHandIsDriftAndMakesAPlanStale() throws Exception {
        Path plan = directory.resolve("second.plan");
        project(topology().replace("scheduler: rr", "scheduler: wrr"));
        assertThat(twoarm("plan", "--out", plan.toString()).output())
                .contains("   | -")
                .contains("   | +");
        onHost("director", "echo '! by hand' >>/etc/twoarm/keepalived.conf");

        CommandRun.Result drift = twoarm("drift");
        assertThat(drift.output()).contains("/etc/twoarm/keepalived.conf", "changed in the project and on the host");
        assertThat(drift.status()).isEqualTo(1);
        CommandRun.Result stale = twoarm("deploy", "--plan", plan.toString());
        assertThat(stale.output()).contains("the plan is stale: the host has changed since the plan was made");
        assertThat(stale.status()).isEqualTo(1);

        CommandRun.Result deployed = twoarm("deploy", "--verbose");
        assertThat(deployed.status()).as(deployed.output()).isZero();
        assertThat(deployed.output()).contains("recording what is there");
    }

    @Test
    @Order(4)
    void theHistoryListsDeploymentsAndARollbackGoesBack() throws Exception {
        assertThat(twoarm("history").output()).contains("deployment").contains("committed");

        CommandRun.Result rollback = twoarm("rollback");
        assertThat(rollback.status()).as(rollback.output()).isZero();

        assertThat(twoarm("drift").output()).contains("not deployed yet");
        project(topology());
        assertThat(twoarm("drift").output()).contains("no drift");
        assertThat(twoarm("history").output()).contains("rollback to ");
    }

    @Test
    @Order(5)
    void aChangedHostKeyIsRefusedWithBothFingerprints() throws Exception {
        Path known = directory.resolve("known_hosts");
        Path other = directory.resolve("other");
        Process keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString())
                .inheritIO()
                .start();
        assertThat(keygen.waitFor()).isZero();
        Reach rs1 = hosts.get("rs1");
        String wrong = Files.readString(directory.resolve("other.pub")).split(" ")[1];
        Files.writeString(
                known,
                Files.readString(Path.of(rs1.knownHosts))
                        .replaceAll("(?m)^(\\[" + Pattern.quote(rs1.address) + "].*ssh-ed25519 )\\S+", "$1" + wrong));
        String text = topology();
        for (Map.Entry<String, Reach> host : hosts.entrySet()) {
            text = text.replaceAll(
                    "(?m)^(  " + host.getKey() + ":\\n    role: \\w+)$",
                    "$1\n    ssh: { address: %s, port: %s, user: root }"
                            .formatted(host.getValue().address, host.getValue().port));
        }
        project(text);

        CommandRun.Result refused =
                twoarm("deploy", "--on", "hosts", "--identity", rs1.identity, "--known-hosts", known.toString());

        assertThat(refused.output())
                .contains("THE HOST KEY OF " + rs1.address + " port " + rs1.port + " HAS CHANGED, so nothing was sent")
                .contains("found:")
                .contains("expected:")
                .contains("ssh-keygen -f '" + known + "' -R");
        assertThat(refused.status()).isEqualTo(1);

        CommandRun.Result doctor = twoarm(
                "doctor", "rs1", "rs2", "--on", "hosts", "--identity", rs1.identity, "--known-hosts", known.toString());
        assertThat(doctor.output())
                .contains("rs1\n")
                .contains("ok      server         SSH-2.0-OpenSSH")
                .contains("FAILED  login          rs1: THE HOST KEY OF")
                .contains("note    second opinion JSch does not get in either")
                .contains("not reached: rs1");
        assertThat(doctor.status()).isEqualTo(1);
    }

    @Test
    @Order(6)
    void theDoctorGoesTheWholeWayToEveryHost() throws Exception {
        project(topology());

        CommandRun.Result doctor = twoarm("doctor");

        assertThat(doctor.status()).as(doctor.output()).isZero();
        assertThat(doctor.output())
                .contains("ok      root           logged in as root")
                .contains("JSch gets in, too")
                .contains("every host can be reached");
        assertThat(twoarm("doctor", "nobody").output())
                .contains("has no host nobody")
                .contains("allowed: ");
    }

    @Test
    @Order(7)
    void aPasswordInTheProjectIsRefusedWithTheReason() throws Exception {
        project(topology() + "\npassword: hunter2\n");

        CommandRun.Result deploy = twoarm("deploy");

        assertThat(deploy.status()).isEqualTo(1);
        assertThat(deploy.output())
                .contains("[secret-in-project]")
                .contains("nothing was changed on any host")
                .doesNotContain("hunter2");
        CommandRun.Result secret = CommandRun.run("secret", "set", "sudo", "ann@rs1", "--store", "file");
        assertThat(secret.status()).isEqualTo(1);
        assertThat(secret.output()).contains("there is nobody to ask");
    }
}
