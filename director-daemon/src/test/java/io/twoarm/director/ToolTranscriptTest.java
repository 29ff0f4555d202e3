package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.command.ToolCommand;
import io.twoarm.director.control.Json;
import io.twoarm.director.control.JsonReader;
import io.twoarm.director.control.client.ControlConnection;
import io.twoarm.director.control.client.ToolClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types commands to a running director and compares what it says, byte by byte. */
class ToolTranscriptTest {
    private static final List<String> RING_PORTS =
            List.of("--no-huge", "--no-pci", "--vdev=net_ring0", "--vdev=net_ring1");

    @TempDir
    Path folder;

    private record Step(String command, List<String> expected) {}

    private record Said(long status, String out, String err) {}

    /** Steps of a transcript: {@code $ command}, then its output; {@code ? STATUS WORDS} for a failure. */
    private static List<Step> steps(String file) throws IOException {
        List<Step> steps = new ArrayList<>();
        try (InputStream stream = ToolCommand.class.getResourceAsStream(file)) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("$ ")) {
                    steps.add(new Step(line.substring(2), new ArrayList<>()));
                } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("! ")) {
                    steps.getLast().expected().add(line.replace('~', ' '));
                }
            }
        }
        return steps;
    }

    /** Names of the two devices: {@code ! devices LAN WAN} in a transcript, or the usual ones. */
    private static List<String> devices(String file) throws IOException {
        try (InputStream stream = ToolCommand.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("! devices "))
                    .findFirst()
                    .map(line -> List.of(line.substring("! devices ".length()).split(" ")))
                    .orElse(List.of("dpdk0", "dpdk2"));
        }
    }

    private DirectorProcess bareDirector() throws IOException {
        return bareDirector(List.of("dpdk0", "dpdk2"));
    }

    private DirectorProcess bareDirector(List<String> devices) throws IOException {
        DirectorFiles.twoArm().writeTo(folder);
        Path dpvs = folder.resolve("dpvs.conf");
        Files.writeString(
                dpvs, Files.readString(dpvs).replace("dpdk0", devices.get(0)).replace("dpdk2", devices.get(1)));
        Files.writeString(folder.resolve("keepalived.conf"), "");
        // What commands say does not depend on how fast packets are: the second compiler would only keep CPUs busy.
        return DirectorProcess.start(
                        folder, List.of(), RING_PORTS, Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"))
                .awaitReady();
    }

    private static Said said(Json answer) {
        assertThat(answer).isInstanceOf(Json.JsonObject.class);
        Json.JsonObject members = (Json.JsonObject) answer;
        assertThat(members.get("error")).as(answer.text()).isEmpty();
        return new Said(
                ((Json.JsonNumber) members.get("status").orElseThrow()).value().longValue(),
                ((Json.JsonString) members.get("out").orElseThrow()).value(),
                ((Json.JsonString) members.get("err").orElseThrow()).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full-nat-ipv4.transcript",
                "changes.transcript",
                "full-nat-ipv6.transcript",
                "nat64.transcript",
                "modes.transcript",
                "sctp.transcript",
                "seed-bonds.transcript",
                "seed-lvs.transcript",
                "snat.transcript",
                "access.transcript",
                "links.transcript",
                "vlan.transcript"
            })
    void everyCommandSaysWhatTheTranscriptSays(String file) throws Exception {
        try (DirectorProcess director = bareDirector(devices(file));
                ControlConnection connection = director.connect()) {
            for (Step step : steps(file)) {
                Said said = said(connection.ask(step.command()));
                if (!step.expected().isEmpty() && step.expected().getFirst().startsWith("? ")) {
                    String[] wanted = step.expected().getFirst().split(" ", 3);
                    assertThat(said.status()).as(step.command()).isEqualTo(Long.parseLong(wanted[1]));
                    assertThat(said.err()).as(step.command()).contains(wanted[2]);
                    assertThat(said.out()).isEmpty();
                } else if (step.command().startsWith("dpip vlan")) {
                    // Like DPVS's, it lists VLANs on standard error.
                    assertThat(said.status()).as(step.command() + said.err()).isZero();
                    assertThat(said.out()).isEmpty();
                    assertThat(said.err().lines().toList()).as(step.command()).isEqualTo(step.expected());
                } else {
                    assertThat(said.err()).as(step.command()).isEmpty();
                    assertThat(said.status()).as(step.command()).isZero();
                    assertThat(said.out()
                                    .lines()
                                    .filter(line -> !line.isEmpty())
                                    .toList())
                            .as(step.command())
                            .isEqualTo(step.expected());
                }
            }
        }
    }

    /** The tool itself, as a process. */
    private Said type(String input, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(DirectorProcess.tool());
        command.add(ToolClient.class.getName());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("DPVS_IPC_FILE", folder.resolve("director.ipc").toString());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Path in = Files.writeString(folder.resolve("in"), input);
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void theToolsCarryTextAndStatusToTheTerminal() throws Exception {
        try (DirectorProcess _ = bareDirector()) {
            assertThat(type("", "dpip", "addr", "add", "10.0.96.204/32", "dev", "dpdk2"))
                    .isEqualTo(new Said(0, "", ""));
            assertThat(type("", "dpip", "addr", "show").out())
                    .isEqualTo("inet 10.0.96.204/32 scope global dpdk2\n"
                            + "     valid_lft forever preferred_lft forever\n");
            Said wrong = type("", "dpip", "addr", "add", "50% \u00e4", "dev", "dpdk2");
            assertThat(wrong.status()).isOne();
            assertThat(wrong.err()).startsWith("dpip: \"50% \u00e4\" is no IPv4 address");
        }
        Said without = type("", "ipvsadm", "-ln");
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err()).contains("no director answers on", "systemctl start twoarm-director");
    }

    @Test
    void whatIsSavedCanBeRestored() throws Exception {
        try (DirectorProcess director = bareDirector()) {
            for (Step step : steps("full-nat-ipv4.transcript").subList(0, 7)) {
                director.ask(step.command());
            }
            String saved = type("", "ipvsadm", "-S", "-n").out();
            assertThat(saved).contains("-A -t 10.0.96.204:80", "-P -t 10.0.96.204:80 -z 192.168.229.204 -F dpdk0");
            assertThat(type("", "ipvsadm", "-C").status()).isZero();
            assertThat(type("", "ipvsadm", "-S", "-n").out()).isEmpty();
            assertThat(type(saved, "ipvsadm", "-R")).isEqualTo(new Said(0, "", ""));
            assertThat(type("", "ipvsadm", "-S", "-n").out()).isEqualTo(saved);
        }
    }

    @Test
    void aReloadPutsWhatTheFilesSayIntoForceAgain() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director =
                DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            Json before = JsonReader.read(director.ask("ipvsadm -Sn").text());
            director.ask("ipvsadm -A -u 10.0.96.204:53 -s rr");
            director.ask("ipvsadm -d -t 10.0.96.204:80 -r 192.168.229.2:80");
            assertThat(director.ask("ipvsadm -Sn")).isNotEqualTo(before);

            director.ask("reload");

            assertThat(director.ask("ipvsadm -Sn")).isEqualTo(before);
        }
    }
}
