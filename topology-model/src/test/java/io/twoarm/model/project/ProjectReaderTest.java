package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.Finding;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.SourceMap;
import io.twoarm.model.SshAccess;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.lint.Lint;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {
    private static final Path FILE = Path.of("lab", "topology.yaml");
    private static final String STARTER =
            StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();

    @TempDir
    private Path directory;

    @Test
    void theStarterIsTheTopologyThatItDraws() {
        ProjectReading reading = ProjectReader.readText(STARTER, FILE);

        assertThat(reading.findings()).isEmpty();
        Topology topology = reading.topology().orElseThrow();
        assertThat(topology.name()).isEqualTo("two-arm-fullnat");
        assertThat(topology.hosts())
                .extracting(Host::name)
                .containsExactly("client", "gateway", "director", "rs1", "rs2");
        VirtualService service = topology.virtualService("web").orElseThrow();
        assertThat(service.vip()).isEqualTo(IpLiteral.parse("10.0.96.204"));
        assertThat(service.port()).isEqualTo("dpdk2");
        assertThat(topology.localAddressPool("lan-lips").orElseThrow().addresses())
                .containsExactly(IpLiteral.parse("192.168.229.204"));
        Host.Director director = topology.director("director").orElseThrow();
        assertThat(director.port("dpdk2").orElseThrow().attachment()).isEqualTo(new Attachment.AfPacket("dpdk2"));
        assertThat(director.routes().getFirst().destination()).isEqualTo(Prefix.parse("0.0.0.0/0"));
        assertThat(topology.realserverPool("web").orElseThrow().check()).isEqualTo(HealthCheck.TcpConnect.STANDARD);
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Topology topology = good(SoleFinding.HEAD + """
                segments: { lan: { subnets: [] } }
                hosts:
                  lb: { role: director, ports: { eth0: { segment: lan } }, ssh: { address: 192.0.2.10 } }
                realserverPools:
                  web: { members: [{ host: rs1, address: 192.168.229.1, port: 80 }] }
                  tcp: { check: { type: tcp }, members: [] }
                virtualServices:
                  web: { director: lb, port: eth0, vip: 10.0.0.1, protocol: udp, servicePort: 53, mode: fullnat,
                         scheduler: rr, realservers: web }
                """);

        assertThat(topology.title()).isEqualTo("lab");
        assertThat(topology.description()).isEmpty();
        assertThat(topology.segments().getFirst().mtu()).isEqualTo(Segment.ETHERNET_MTU);
        Host.Director director = topology.director("lb").orElseThrow();
        assertThat(director.dataplane()).isEqualTo(DataplaneSettings.MODEST);
        assertThat(director.ssh()).contains(new SshAccess("192.0.2.10", 22, "root"));
        assertThat(director.ports().getFirst().attachment()).isEqualTo(new Attachment.Kernel());
        assertThat(topology.realserverPool("web").orElseThrow().check()).isEqualTo(new HealthCheck.None());
        assertThat(topology.realserverPool("web")
                        .orElseThrow()
                        .members()
                        .getFirst()
                        .weight())
                .isEqualTo(1);
        assertThat(topology.realserverPool("tcp").orElseThrow().check()).isEqualTo(HealthCheck.TcpConnect.STANDARD);
        assertThat(topology.virtualServices().getFirst().clientAddress()).isEqualTo(VirtualService.ClientAddress.NONE);
        assertThat(topology.virtualServices().getFirst().localAddresses()).isEmpty();
    }

    @Test
    void timesMemoryAndAttachmentsHaveTheirUnits() {
        Topology topology = good(SoleFinding.HEAD + """
                hosts:
                  lb:
                    role: director
                    dataplane: { workers: 2, memory: 8 GiB, hugepages: true }
                    ports:
                      a: { segment: lan, attach: kernel }
                      b: { segment: lan, attach: af_packet }
                      c: { segment: lan, attach: af_packet:ens3f0 }
                      d: { segment: lan, attach: pci:0000:3b:00.0 }
                realserverPools:
                  web:
                    check: { type: tcp, interval: 1m, connectTimeout: 500ms, retries: 0, retryDelay: 0s }
                    members: []
                """);

        Host.Director director = topology.director("lb").orElseThrow();
        assertThat(director.dataplane()).isEqualTo(new DataplaneSettings(2, 8192, true));
        assertThat(director.ports())
                .extracting(port -> port.attachment())
                .containsExactly(
                        new Attachment.Kernel(),
                        new Attachment.AfPacket("b"),
                        new Attachment.AfPacket("ens3f0"),
                        new Attachment.Pci("0000:3b:00.0"));
        assertThat(topology.realserverPools().getFirst().check())
                .isEqualTo(new HealthCheck.TcpConnect(Duration.ofMinutes(1), Duration.ofMillis(500), 0, Duration.ZERO));
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineTheAllowedKeysAndTheNearestOne() {
        String text = STARTER.replace("    scheduler: rr", "    schedular: rr");

        Finding unknown = findings(text, "unknown-key").getFirst();

        int line = lineOf(text, "schedular");
        assertThat(unknown.place().line()).isEqualTo(line);
        assertThat(unknown.place().column()).isEqualTo(5);
        assertThat(unknown.place().object()).isEqualTo("virtualServices.web.schedular");
        assertThat(unknown.text())
                .isEqualTo(FILE + ":" + line
                        + ":5: error: \"schedular\" has no meaning in virtualServices.web; allowed here is"
                        + " director, port, vip, protocol, servicePort, mode, scheduler, realservers, localAddresses,"
                        + " clientAddress, synProxy, bandwidth, packetRate. [unknown-key]\n"
                        + "  fix: Did you mean \"scheduler\"? Correct or remove it.");
        assertThat(findings(text, "missing-key").getFirst().message())
                .isEqualTo("virtualServices.web has no \"scheduler\", which is required.");
    }

    @Test
    void aKeyOfAnotherRoleIsUnknown() {
        Finding unknown = SoleFinding.of(SoleFinding.HEAD + "hosts: { c: { role: client, echo: [80] } }\n");

        assertThat(unknown.rule()).isEqualTo("unknown-key");
        assertThat(unknown.message())
                .isEqualTo("\"echo\" has no meaning in hosts.c; allowed here is role, ports, routes, ssh.");
    }

    @Test
    void aPasswordIsNotTaken() {
        Finding unknown = SoleFinding.of(
                SoleFinding.HEAD + "hosts: { c: { role: client, ssh: { address: 192.0.2.1, password: hunter2 } } }\n");

        assertThat(unknown.rule()).isEqualTo("secret-in-project");
        assertThat(unknown.text())
                .contains("\"password\" would be a secret in a file that many read")
                .contains("twoarm secret set")
                .doesNotContain("hunter2");
    }

    @Test
    void aMissingKeyIsAskedForAtItsObjectWithAnExample() {
        Finding missing = SoleFinding.of(SoleFinding.HEAD + "segments:\n  lan: {}\n");

        assertThat(missing.rule()).isEqualTo("missing-key");
        assertThat(missing.place().line()).isEqualTo(4);
        assertThat(missing.place().column()).isEqualTo(3);
        assertThat(missing.fix()).isEqualTo("Add it, such as: subnets: [192.168.229.0/24]");
    }

    @Test
    void aKeyThatStandsTwiceIsNamedWithBothLines() {
        Finding duplicate =
                SoleFinding.of(SoleFinding.HEAD + "segments:\n  lan: { subnets: [] }\n  lan: { subnets: [] }\n");

        assertThat(duplicate.rule()).isEqualTo("duplicate-key");
        assertThat(duplicate.place().line()).isEqualTo(5);
        assertThat(duplicate.message()).contains("\"lan\" stands here and in line 4");
    }

    @Test
    void anotherFormatVersionIsTheOnlyThingToSay() {
        Finding finding = SoleFinding.of("twoarm: 2\nfuture: things\n");

        assertThat(finding.rule()).isEqualTo("unsupported-version");
        assertThat(finding.message()).isEqualTo("the file has format version 2; this TwoArm reads version 1.");
        assertThat(SoleFinding.of("twoarm: \"1\"\nname: lab\n").message()).contains("twoarm is the text \"1\"");
        assertThat(SoleFinding.of("name: lab\n").message()).isEqualTo("the file has no \"twoarm\", which is required.");
    }

    @Test
    void brokenYamlIsToldWithPlaceAndFix() {
        assertSyntax("segments:\n\tlan: {}\n", 4, 1, "blanks instead of tabs");
        assertSyntax("title: a: b\n", 3, 9, "in quotes");
        assertSyntax("segments: { lan: { subnets: [10.0.0.0/8 }\n", 3, 41, "Close the bracket");
        assertSyntax("---\n" + SoleFinding.HEAD, 3, 1, "one project per file");
        assertSyntax("title: \"open\n", 4, 1, "quotes");
        assertSyntax("title: \u0001\n", 3, 8, "Remove the character");
        assertThat(SoleFinding.of("").message()).isEqualTo("the file is empty.");
        assertThat(SoleFinding.of("# only a comment\n").rule()).isEqualTo("yaml-syntax");
    }

    @Test
    void anchorsAndDeepNestingAreRefused() {
        List<Finding> findings = ProjectReader.readText(
                        SoleFinding.HEAD + "segments: { a: &x { subnets: [] }, b: *x }\n", FILE)
                .findings();
        assertThat(findings).extracting(Finding::rule).containsOnly("yaml-feature");
        assertThat(findings).extracting(finding -> finding.place().column()).containsExactly(16, 39);
        assertThat(SoleFinding.of("[".repeat(100_000)).message()).contains("deeper than 32 levels");
    }

    @Test
    void aByteThatIsNotUtf8IsToldWithItsPlace() throws IOException {
        byte[] text = (SoleFinding.HEAD + "title: Z?rich\n").getBytes(StandardCharsets.US_ASCII);
        text[SoleFinding.HEAD.length() + 8] = (byte) 0xfc;
        Files.write(directory.resolve(ProjectFiles.TOPOLOGY), text);

        Finding finding = ProjectReader.read(directory).findings().getFirst();

        assertThat(finding.rule()).isEqualTo("not-utf8");
        assertThat(finding.place().line()).isEqualTo(3);
        assertThat(finding.place().column()).isEqualTo(9);
        assertThat(finding.message()).isEqualTo("the byte 0xFC is not UTF-8 here.");
    }

    @Test
    void aMissingFileIsAFinding() throws IOException {
        Finding missing = ProjectReader.read(directory).findings().getFirst();

        assertThat(missing.rule()).isEqualTo("project-file");
        assertThat(missing.text()).startsWith(directory.resolve("topology.yaml") + ": error: there is no such file");

        Files.createDirectory(directory.resolve(ProjectFiles.TOPOLOGY));
        assertThat(ProjectReader.read(directory).findings().getFirst().message())
                .startsWith("the file cannot be read");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsToldSo() throws IOException {
        Path file = Files.writeString(directory.resolve(ProjectFiles.TOPOLOGY), STARTER);

        Finding finding = ProjectReader.read(file).findings().getFirst();

        assertThat(finding.rule()).isEqualTo("project-file");
        assertThat(finding.fix()).isEqualTo("Give the directory instead of a file in it.");
    }

    @Test
    void aFileWithByteOrderMarkAndDosLinesIsRead() throws IOException {
        Files.writeString(directory.resolve(ProjectFiles.TOPOLOGY), "\uFEFF" + STARTER.replace("\n", "\r\n"));

        ProjectReading reading = ProjectReader.read(directory);

        assertThat(reading.findings()).isEmpty();
        assertThat(reading.topology())
                .isEqualTo(ProjectReader.readText(STARTER, FILE).topology());
    }

    @Test
    void everythingThatIsWrongIsFoundAtOnceAndInOrder() {
        ProjectReading reading = ProjectReader.readText("""
                twoarm: 1
                name: bad name
                segments:
                  lan: { subnets: [10.0.0.1/8, 300.0.0.0/8], speed: 5 }
                hosts:
                  rs 1: { role: realserver, echo: [0], ports: { eth0: { addresses: [10.0.0.1] } } }
                  lb: { role: balancer, routes: [{ to: x, via: y }] }
                """, FILE);

        assertThat(reading.topology()).isEmpty();
        assertThat(reading.findings())
                .extracting(finding -> finding.place().line() + " " + finding.rule() + " "
                        + finding.place().object())
                .containsExactly(
                        "2 invalid-value name",
                        "4 invalid-value segments.lan.subnets[0]",
                        "4 invalid-value segments.lan.subnets[1]",
                        "4 unknown-key segments.lan.speed",
                        "6 invalid-value hosts.\"rs 1\"",
                        "6 invalid-value hosts.\"rs 1\".echo[0]",
                        "6 missing-key hosts.\"rs 1\".ports.eth0",
                        "6 invalid-value hosts.\"rs 1\".ports.eth0.addresses[0]",
                        "7 invalid-value hosts.lb.role",
                        "7 invalid-value hosts.lb.routes[0].to",
                        "7 invalid-value hosts.lb.routes[0].via");
    }

    @Test
    void aSegmentsVlanIsFrom1To4094() {
        ProjectReading reading = ProjectReader.readText("""
                twoarm: 1
                name: trunk
                segments:
                  lan: { subnets: [], vlan: 4094 }
                  none: { subnets: [], vlan: 0 }
                  above: { subnets: [], vlan: 4095 }
                hosts:
                  a: { role: client, ports: { eth0: { segment: lan }, eth0.7: { segment: lan, attach: "vlan:eth0" } } }
                """, FILE);

        assertThat(reading.findings())
                .extracting(finding -> finding.place().line() + " " + finding.message())
                .containsExactly(
                        "5 segments.none.vlan is 0; allowed is 1 to 4094.",
                        "6 segments.above.vlan is 4095; allowed is 1 to 4094.");
    }

    @Test
    void whomAnOutsidePortLetsInIsOneOfThreeWords() {
        String gateway = """
                natGateways:
                  way-out:
                    director: lb
                    port: eth0
                    addresses: [203.0.113.10]
                    sources: [192.168.229.0/24]
                    endpointIndependent: %s
                """;

        Finding wrong = SoleFinding.of(SoleFinding.HEAD + gateway.formatted("everybody"));

        assertThat(wrong.place().line()).isEqualTo(9);
        assertThat(wrong.message())
                .isEqualTo("natGateways.way-out.endpointIndependent is \"everybody\"; allowed is endpoint, address,"
                        + " address_port.");
        assertThat(good(SoleFinding.HEAD + gateway.formatted("address_port"))
                        .natGateways()
                        .getFirst()
                        .endpointIndependent())
                .contains(NatGateway.OutsideFilter.ADDRESS_PORT);
    }

    @Test
    void noMutationOfAGoodFileMakesTheReaderThrow() {
        Random random = new Random(1);
        String alphabet = "abz019 :,-[]{}\"'\n\t#&*!|>%@`?~./\\\u0000\u00e9\uD83D";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(STARTER);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                char replacement = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, replacement);
                    case 1 -> text.insert(at, replacement);
                    case 2 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(80))));
                }
            }
            String mutated = text.toString();
            assertThatCode(() -> {
                        ProjectReading reading = ProjectReader.readText(mutated, FILE);
                        assertThat(reading.topology().isEmpty())
                                .isEqualTo(!reading.findings().isEmpty());
                        Lint.check(reading);
                    })
                    .as(mutated)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSourceMapKnowsWhereEachFieldStands() {
        SourceMap sources = ProjectReader.readText(STARTER, FILE).sources();
        ObjectPath lip =
                ObjectPath.of("localAddressPools", "lan-lips", "addresses").index(0);

        assertThat(sources.position(lip))
                .hasValueSatisfying(position ->
                        assertThat(position.line()).isEqualTo(lineOf(STARTER, "addresses: [192.168.229.204]")));
        assertThat(sources.place(lip).object()).isEqualTo("localAddressPools.lan-lips.addresses[0]");
        ObjectPath leftOut = ObjectPath.of("hosts", "rs1", "ssh");
        assertThat(sources.position(leftOut)).isEmpty();
        assertThat(sources.place(leftOut).line()).isEqualTo(lineOf(STARTER, "  rs1:"));
    }

    private static void assertSyntax(String lines, int line, int column, String fix) {
        Finding finding = SoleFinding.of(SoleFinding.HEAD + lines);
        assertThat(finding.rule()).isEqualTo("yaml-syntax");
        assertThat(finding.place().line()).as(finding.text()).isEqualTo(line);
        assertThat(finding.place().column()).as(finding.text()).isEqualTo(column);
        assertThat(finding.fix()).contains(fix);
    }

    private static Topology good(String text) {
        ProjectReading reading = ProjectReader.readText(text, FILE);
        assertThat(reading.findings()).isEmpty();
        return reading.topology().orElseThrow();
    }

    private static List<Finding> findings(String text, String rule) {
        return ProjectReader.readText(text, FILE).findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    private static int lineOf(String text, String part) {
        return (int) text.substring(0, text.indexOf(part))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }
}
