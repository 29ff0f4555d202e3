package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.templates.StarterTopologies;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads after a mistake: where it is, what was found, what to do. */
class BadInputTest {
    @TempDir
    private Path directory;

    private String topology;

    @BeforeEach
    void takeTheStarter() {
        topology = StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();
    }

    private CommandRun.Result twoarm(String... arguments) throws Exception {
        return CommandRun.run(arguments);
    }

    private CommandRun.Result validate(String found, String replacement) throws Exception {
        assertThat(topology).contains(found);
        Files.writeString(directory.resolve("topology.yaml"), topology.replace(found, replacement));
        return twoarm("validate", directory.toString());
    }

    private void assertRefused(CommandRun.Result result, String... said) {
        assertThat(result.output()).contains(said).contains("fix:");
        assertThat(result.output().lines().count()).as("one screen").isLessThan(25);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void anUnknownKeyIsNamedWithItsPlaceAndTheNearestKnownOne() throws Exception {
        assertRefused(validate("scheduler: rr", "sheduler: rr"), "topology.yaml:", "sheduler", "scheduler");
    }

    @Test
    void overlappingSubnetsAreNamedWithBothSegments() throws Exception {
        assertRefused(
                validate("192.168.229.0/24]", "10.0.0.0/8]"),
                "topology.yaml:",
                "10.0.0.0/8",
                "10.0.96.0/24",
                "overlap");
    }

    @Test
    void aLipOutsideEverySubnetOfItsPortIsNamed() throws Exception {
        assertRefused(
                validate("[192.168.229.204]", "[192.168.230.204]"),
                "topology.yaml:",
                "192.168.230.204",
                "192.168.229.0/24");
    }

    @Test
    void theCauseIsSaidBeforeItsConsequences() throws Exception {
        CommandRun.Result result = validate("  lan: {", "  lna: {");

        assertThat(result.output().lines().filter(line -> line.endsWith("]")))
                .first()
                .asString()
                .contains("there is no segment \"lan\"");
        assertThat(result.output().indexOf("[unknown-segment]"))
                .isLessThan(result.output().indexOf("[director-cannot-reach-realserver]"));
    }

    @Test
    void aFileThatIsNoPlanIsNamedWithTheLine() throws Exception {
        Files.writeString(directory.resolve("a.plan"), "no plan\n");
        Files.writeString(directory.resolve("topology.yaml"), withSsh(1));

        assertRefused(
                twoarm(
                        "deploy",
                        directory.toString(),
                        "--on",
                        "hosts",
                        "--plan",
                        directory.resolve("a.plan").toString()),
                "a.plan is not a plan",
                "line 1");
    }

    @Test
    void anUnknownStarterIsNamedWithTheKnownOnes() throws Exception {
        CommandRun.Result result =
                twoarm("new", "two-arm", directory.resolve("new").toString());

        assertThat(result.output()).contains("two-arm", "two-arm-fullnat", "lvs-dr");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void theListHasOneStarterALineNameFirst() throws Exception {
        CommandRun.Result result = twoarm("new", "--list");

        assertThat(result.status()).isZero();
        assertThat(result.output().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactlyElementsOf(StarterTopologies.all().stream()
                        .map(StarterTopologies.Starter::name)
                        .toList());
    }

    @Test
    void lintRepairsWhatItCanAndNamesTheRest() throws Exception {
        Files.writeString(
                directory.resolve("topology.yaml"),
                topology.replace("clientAddress: toa", "clientAddress: uoa # who asks")
                        .replace("[192.168.229.204]", "[192.168.230.204]"));

        CommandRun.Result result = twoarm("lint", directory.toString(), "--fix");

        assertThat(result.output())
                .contains("repaired service web: ", "[lip-outside-subnet]", "0 warnings")
                .doesNotContain("error: TCP service web asks for UOA");
        assertThat(result.status()).isEqualTo(1);
        assertThat(directory.resolve("topology.yaml")).content().contains("clientAddress: none # who asks");
    }

    @Test
    void lintTellsOtherProgramsInJson() throws Exception {
        Files.writeString(directory.resolve("topology.yaml"), topology.replace("weight: 1 }", "weight: 0 }"));

        CommandRun.Result result = twoarm("lint", directory.toString(), "--json");

        assertThat(result.output())
                .startsWith("[{\"rule\": \"all-weights-zero\", \"severity\": \"warning\", \"file\": \"")
                .endsWith("}]\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void aPairIsMadeFromItsStarterAndGenerated() throws Exception {
        Path project = directory.resolve("pair");
        assertThat(twoarm("new", "keepalived-pair", project.toString()).status())
                .isZero();

        CommandRun.Result result = twoarm(
                "generate",
                project.toString(),
                "--out",
                directory.resolve("out").toString());

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(directory.resolve("out/lb2/etc/keepalived/keepalived.conf")).isNotEmptyFile();
    }

    @Test
    void aBrokenProjectIsNotDeployed() throws Exception {
        Files.writeString(directory.resolve("topology.yaml"), topology.replace("scheduler: rr", "sheduler: rr"));

        assertRefused(twoarm("deploy", directory.toString()), "sheduler", "nothing was changed on any host");
    }

    @Test
    void aDirectoryWithoutAProjectIsNamed() throws Exception {
        assertRefused(twoarm("validate", directory.toString()), directory.toString(), "topology.yaml");
    }

    @Test
    void hostsWithoutAnAddressAreNamed() throws Exception {
        Files.writeString(
                directory.resolve("topology.yaml"), topology.replace("name: two-arm-fullnat", "name: nowhere"));

        assertRefused(twoarm("deploy", directory.toString()), "client, gateway, director, rs1, rs2", "ssh");
    }

    @Test
    void aHostThatCannotBeReachedIsNamedWithAddressAndPort() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Path identity = newKey();
        Files.writeString(directory.resolve("known_hosts"), "");
        Files.writeString(directory.resolve("topology.yaml"), withSsh(closed));

        assertRefused(
                twoarm(
                        "deploy",
                        directory.toString(),
                        "--on",
                        "hosts",
                        "--identity",
                        identity.toString(),
                        "--known-hosts",
                        directory.resolve("known_hosts").toString()),
                "127.0.0.1",
                Integer.toString(closed));
    }

    /** Every host on a loopback address of its own. */
    private String withSsh(int port) {
        AtomicInteger number = new AtomicInteger();
        return Pattern.compile("(?m)^    role: \\w+$")
                .matcher(topology.replace("name: two-arm-fullnat", "name: unreachable"))
                .replaceAll(role -> role.group()
                        + "\n    ssh: { address: 127.0.0.%d, port: %d, user: root }"
                                .formatted(number.incrementAndGet(), port));
    }

    private Path newKey() throws Exception {
        Path identity = directory.resolve("id_ed25519");
        Process keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", identity.toString())
                .inheritIO()
                .start();
        assertThat(keygen.waitFor()).isZero();
        return identity;
    }
}
