package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.VirtualService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Starters whose hosts a lab can play do there what their pictures say. Beside the starter's own service there are some
 * more on the first realserver, whose programs know nothing of load balancers.
 */
@Tag("lab")
class StarterLabTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Duration LIMIT = Duration.ofSeconds(180);

    /**
     * A program that answers with its peer's address.
     *
     * @param command what starts it on a realserver, in a folder with its file
     */
    private record Program(String name, int port, String file, String command) {}

    private static final List<Program> PROGRAMS = List.of(
            new Program("python", 8001, "server.py", "/usr/bin/python3 server.py 8001"),
            new Program("node", 8002, "server.js", "/usr/bin/node server.js 8002"),
            new Program("java", 8003, "Server.java", JAVA + " Server.java 8003"),
            new Program("haproxy", 8004, "haproxy.cfg", "/usr/sbin/haproxy -db -f haproxy.cfg"));

    @TempDir
    Path folder;

    private final TwoArmEngine engine = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));

    /** FullNAT between IPv4 and IPv4, IPv6 and IPv6, and from IPv6 to IPv4. The two-arm starter has a test of its own. */
    static List<String> starters() {
        return List.of("one-arm-fullnat", "fullnat-ipv6", "nat64");
    }

    @ParameterizedTest
    @MethodSource("starters")
    void clientsReachEveryRealserverAndEveryProgramThereSeesThem(String starter) throws IOException {
        OpenProject project = withPrograms(starter);
        InetAddress client = clientAddress(project);
        LabSession lab =
                engine.startLab(project, starter + "-" + ProcessHandle.current().pid(), true, line -> {});
        try (SshConnections connections = new SshConnections()) {
            engine.deploy(project, lab.estate(), event -> {});
            SshConnection realserver =
                    connections.open(lab.estate().target("rs1").orElseThrow());
            for (Program program : PROGRAMS) {
                start(realserver, program);
            }

            provenByNginx(project, lab, client);
            SshConnection from = connections.open(lab.estate().target("client").orElseThrow());
            VirtualService web = service(project);
            for (Program program : PROGRAMS) {
                assertThat(peerSeenBy(from, web, program)).as(program.name()).isEqualTo(client);
            }
        } finally {
            lab.stop();
        }
    }

    /** DPVS's starters with a director of the bundled kind; the lab's bridges play the switch's trunks. */
    @ParameterizedTest
    @ValueSource(strings = {"bonded-two-arm-lacp", "bonded-two-arm-round-robin"})
    void bondedStartersRunOnTheBundledDirector(String starter) throws IOException {
        Path directory = folder.resolve(starter);
        engine.create(starter, directory);
        Path file = directory.resolve("topology.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("kind: dpvs", "kind: bundled")
                        .replaceAll(
                                "\\{ workers: 4, memory: 8 GiB, hugepages: true \\}",
                                "{ workers: 1, memory: 512 MiB, hugepages: false }")
                        .replace("pci:0000:3b:00.", "af_packet:lan")
                        .replace("pci:0000:5e:00.", "af_packet:wan"));
        OpenProject project = engine.open(directory);
        assertThat(project.deployable()).as(project.findings().toString()).isTrue();
        LabSession lab =
                engine.startLab(project, starter + "-" + ProcessHandle.current().pid(), true, line -> {});
        try (SshConnections connections = new SshConnections()) {
            engine.deploy(project, lab.estate(), event -> {});
            SshConnection director =
                    connections.open(lab.estate().target("director").orElseThrow());
            for (String bond : List.of("bond1", "bond2")) {
                awaitBothMembers(director, bond);
            }
            provenByNginx(project, lab, clientAddress(project));
        } finally {
            lab.stop();
        }
    }

    /** Also where the cable is a bond, and where a realserver shares its own, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {"attach: af_packet", "bond: { mode: 4, members: [\"af_packet:nic0\", \"af_packet:nic1\"] }"})
    void bothArmsAreVlansOfOneCable(String cable) throws IOException {
        Path directory = folder.resolve("two-arm-one-nic");
        engine.create("two-arm-one-nic", directory);
        Path file = directory.resolve("topology.yaml");
        boolean bond = cable.startsWith("bond");
        String text = Files.readString(file).replace("attach: af_packet }", cable + " }");
        if (bond) {
            text = text.replace(
                    "eth0: { segment: lan, addresses: [192.168.229.1/24] }",
                    "eth0: { segment: cable }\n"
                            + "      eth0.200: { segment: lan, attach: \"vlan:eth0\", addresses: [192.168.229.1/24] }");
        }
        Files.writeString(file, text);
        OpenProject project = engine.open(directory);
        assertThat(project.deployable()).as(project.findings().toString()).isTrue();
        LabSession lab =
                engine.startLab(project, "vlans-" + ProcessHandle.current().pid(), true, line -> {});
        try (SshConnections connections = new SshConnections()) {
            engine.deploy(project, lab.estate(), event -> {});
            SshConnection director =
                    connections.open(lab.estate().target("director").orElseThrow());
            if (bond) {
                awaitBothMembers(director, "dpdk0");
            }
            provenByNginx(project, lab, clientAddress(project));

            // A VLAN counts frames with its number only.
            for (String vlan : List.of("dpdk0.100", "dpdk0.200")) {
                String link = director.run("/opt/twoarm/director/current/bin/dpip", "-s", "link", "show", vlan)
                        .orThrow()
                        .stdout();
                assertThat(link).as(vlan).containsPattern("ipackets .*\\R +[1-9][0-9]{2,} ");
            }
        } finally {
            lab.stop();
        }
    }

    /** Until the trunk has agreed. */
    private static void awaitBothMembers(SshConnection director, String bond) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            CommandResult answer =
                    director.run("/opt/twoarm/director/current/bin/dpip", "link", "show", bond, "status");
            if (answer.stdout().contains("ative/slaves 2/2")) {
                return;
            }
            assertThat(System.nanoTime())
                    .as("%s: %s%s", bond, answer.stdout(), answer.stderr())
                    .isLessThan(limit);
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** Hosts of the inside open connections and ping; the server outside sees the director's address, and knows no route in. */
    @Test
    void hostsBehindAnSnatGatewayReachTheOutsideWithTheDirectorsAddress() throws IOException {
        OpenProject project = engine.create("snat-gateway", folder.resolve("snat-gateway"));
        assertThat(project.deployable()).as(project.findings().toString()).isTrue();
        LabSession lab =
                engine.startLab(project, "snat-" + ProcessHandle.current().pid(), true, line -> {});
        try (SshConnections connections = new SshConnections()) {
            engine.deploy(project, lab.estate(), event -> {});
            for (String host : List.of("pc1", "pc2")) {
                SshConnection from = connections.open(lab.estate().target(host).orElseThrow());
                String seen = answerTo(from, "http://203.0.113.80/");
                assertThat(seen).as(host).contains("203.0.113.10:");
                String pings = from.run("ping", "-n", "-c", "3", "-i", "0.2", "-W", "2", "203.0.113.80")
                        .orThrow()
                        .stdout();
                assertThat(pings).contains("3 received");
            }
            SshConnection director =
                    connections.open(lab.estate().target("director").orElseThrow());
            String listed = director.run("/opt/twoarm/director/current/bin/ipvsadm", "-ln", "--stats")
                    .orThrow()
                    .stdout();
            assertThat(listed)
                    .containsPattern("MATCH tcp,from=192\\.168\\.229\\.0-192\\.168\\.229\\.255:0-0,oif=eth0 +2 ")
                    .containsPattern("MATCH icmp,\\S+ +2 ");
        } finally {
            lab.stop();
        }
    }

    /** Asks until the server has started. */
    private static String answerTo(SshConnection client, String url) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            CommandResult answer = client.run("curl", "--silent", "--show-error", "--fail", "--max-time", "10", url);
            if (answer.succeeded()) {
                return answer.stdout();
            }
            assertThat(System.nanoTime()).as("%s: %s", url, answer.stderr()).isLessThan(limit);
            LockSupport.parkNanos(200_000_000);
        }
    }

    private void provenByNginx(OpenProject project, LabSession lab, InetAddress client) {
        Verification verification = engine.verify(project, lab.estate(), 20);
        assertThat(verification.services())
                .filteredOn(proof -> proof.service().equals("web"))
                .singleElement()
                .satisfies(proof -> {
                    assertThat(proof.answered()).as(verification.toString()).isEqualTo(20);
                    assertThat(proof.perRealserver().values()).containsExactly(10L, 10L);
                    String text = IpLiteral.format(client);
                    assertThat(proof.seenByRealserver())
                            .startsWith((IpLiteral.isIpv4(client) ? text : "[" + text + "]") + ":");
                });
        assertThat(verification.pings()).allMatch(ping -> ping.received() == ping.sent());
    }

    /** The starter with a pool and a service for each program, at the VIP of its own service. */
    private OpenProject withPrograms(String starter) throws IOException {
        Path directory = folder.resolve(starter);
        OpenProject plain = engine.create(starter, directory);
        String realserver = IpLiteral.format(plain.topology()
                .orElseThrow()
                .realserverPool("web")
                .orElseThrow()
                .members()
                .getFirst()
                .address());
        Path file = directory.resolve("topology.yaml");
        String text = Files.readString(file);
        int services = text.indexOf("\nvirtualServices:\n");
        String service = text.substring(text.indexOf("\n  web:\n", services)).stripTrailing();
        StringBuilder pools = new StringBuilder(text.substring(0, services).stripTrailing());
        StringBuilder all = new StringBuilder(text.substring(services).stripTrailing());
        for (Program program : PROGRAMS) {
            pools.append("\n  %1$s:\n    members:\n      - { host: rs1, address: \"%2$s\", port: %3$d, weight: 1 }"
                    .formatted(program.name(), realserver, program.port()));
            all.append(service.replace("\n  web:\n", "\n  " + program.name() + ":\n")
                    .replace("servicePort: 80", "servicePort: " + program.port())
                    .replace("realservers: web", "realservers: " + program.name()));
        }
        Files.writeString(file, pools.append('\n').append(all).append('\n').toString());
        OpenProject project = engine.open(directory);
        assertThat(project.deployable()).as(project.findings().toString()).isTrue();
        return project;
    }

    private static void start(SshConnection realserver, Program program) throws IOException {
        String home = "/root/" + program.name();
        realserver.run("mkdir", "-p", home).orThrow();
        try (InputStream file = StarterLabTest.class.getResourceAsStream("servers/" + program.file())) {
            realserver.upload(file.readAllBytes(), home + "/" + program.file(), 0644);
        }
        realserver
                .script(
                        "exec systemd-run --quiet --unit \"$1\" --working-directory \"$2\" $3",
                        "peer-" + program.name(),
                        home,
                        program.command())
                .orThrow();
    }

    /** Asks until the program has started. */
    private static InetAddress peerSeenBy(SshConnection client, VirtualService web, Program program)
            throws IOException {
        String vip = IpLiteral.format(web.vip());
        String url = "http://%s:%d/".formatted(IpLiteral.isIpv4(web.vip()) ? vip : "[" + vip + "]", program.port());
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            CommandResult answer = client.run("curl", "--silent", "--show-error", "--fail", "--max-time", "10", url);
            if (answer.succeeded()) {
                return InetAddress.getByName(answer.stdout().strip());
            }
            assertThat(System.nanoTime())
                    .as("%s: %s", program.name(), answer.stderr())
                    .isLessThan(limit);
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static VirtualService service(OpenProject project) {
        return project.topology().orElseThrow().virtualServices().stream()
                .filter(service -> service.name().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    private static InetAddress clientAddress(OpenProject project) {
        Host client = project.topology().orElseThrow().host("client").orElseThrow();
        return client.ports().getFirst().addresses().getFirst().address();
    }
}
