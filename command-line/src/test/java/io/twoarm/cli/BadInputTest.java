package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.templates.StarterTopologies;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void aRecipeThatIsAskedForWronglyIsToldWhatIsAllowed() throws Exception {
        Path file = directory.resolve("topology.yaml");
        Files.writeString(file, topology);
        String project = directory.toString();

        assertRefused(twoarm("recipe", "soup", project), "no recipe \"soup\"", "allowed: toa-module");
        assertRefused(twoarm("recipe", "nginx"), "the project is not said");
        assertRefused(
                twoarm("recipe", "nginx", project, "--host", "lan"),
                "no host \"lan\"",
                "allowed: client, gateway, director, rs1, rs2");
        assertRefused(
                twoarm("recipe", "nginx", project, "--out", file.toString()), file.toString(), "cannot be written");
        assertRefused(
                twoarm("recipe", "nginx", directory.resolve("nowhere").toString()),
                "nowhere cannot be read as a project",
                "nowhere/topology.yaml");

        Files.writeString(
                file,
                topology.replaceFirst(
                        "(  rs1:\n    role: realserver\n    echo: \\[80]\n    ports:\n)",
                        "$1"
                                + "      eth9: { segment: lan, attach: \"vlan:eth0\", addresses: [192.168.229.99/24] }\n"));
        assertRefused(
                twoarm("recipe", "networkd", project),
                "VLAN eth9 of rs1 needs the number of segment lan",
                "twoarm lint");
        Files.writeString(file, topology.replace("scheduler: rr", "sheduler: rr"));
        assertRefused(twoarm("recipe", "nginx", project), "topology.yaml:", "sheduler");
    }

    @Test
    void anImpairmentThatIsWrongIsToldWhatIsAllowed() throws Exception {
        Files.writeString(directory.resolve("topology.yaml"), topology.replace("name: two-arm-fullnat", "name: idle"));
        String project = directory.toString();

        for (String rate :
                List.of("100000001", "101gbit", "99999999999999999999", "18446744073710gbit", "-1", "10 bit")) {
            assertRefused(
                    twoarm("lab", "impair", project, "--at", "rs1/eth0", "--rate=" + rate),
                    "--rate is \"" + rate + "\"",
                    "at most 100gbit");
        }
        assertRefused(twoarm("lab", "impair", project, "--delay", "10.1s"), "--delay is \"10.1s\"", "0 to 10 s");
        assertRefused(twoarm("lab", "impair", project, "--loss", "NaN"), "--loss is \"NaN\"", "0 to 100");
        assertRefused(twoarm("lab", "impair", project, "--at", "rs1", "--cut"), "--at is \"rs1\"", "HOST/PORT");
        assertRefused(twoarm("lab", "impair", project, "--cut"), "which cable", "--at HOST/PORT");
    }

    @Test
    void whatNeedsTheRunningLabSaysHowToStartIt() throws Exception {
        Files.writeString(directory.resolve("topology.yaml"), topology.replace("name: two-arm-fullnat", "name: idle"));
        String project = directory.toString();

        for (List<String> command : List.of(
                List.of("lab", "status", project),
                List.of("lab", "impair", project),
                List.of("show", project, "status", "--on", "lab"))) {
            assertRefused(
                    twoarm(command.toArray(String[]::new)),
                    "the lab of this project is not running",
                    "twoarm lab up " + project);
        }
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
