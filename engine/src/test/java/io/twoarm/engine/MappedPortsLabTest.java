package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The starter whose NAT gateway maps ports independently of destinations, in a lab: UDP programs learn how others see them. Each
 * test has ports of its own.
 */
@Tag("lab")
class MappedPortsLabTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STARTER = "snat-mapped-ports";
    private static final String OUTSIDE = "203.0.113.10";
    private static final String MEETING = "203.0.113.80:7000";
    private static final String FRIEND = "203.0.113.90:7000";

    /** Sends words from a port and prints the answer. Arguments: own port (0: any), where to, words. */
    private static final String ASK = """
            import socket, sys
            own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            own.bind(("", int(sys.argv[1])))
            own.settimeout(2)
            address, port = sys.argv[2].rsplit(":", 1)
            own.sendto(sys.argv[3].encode(), (address, int(port)))
            try:
                print(own.recvfrom(2048)[0].decode())
            except TimeoutError:
                print("no answer")
            """;

    @TempDir
    static Path folder;

    private static final TwoArmEngine ENGINE = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));
    private static final SshConnections CONNECTIONS = new SshConnections();
    private static LabSession lab;

    @BeforeAll
    static void deploy() throws IOException {
        OpenProject project = ENGINE.create(STARTER, folder.resolve(STARTER));
        assertThat(project.deployable()).as(project.findings().toString()).isTrue();
        lab = ENGINE.startLab(project, "mapped-" + ProcessHandle.current().pid(), true, line -> {});
        ENGINE.deploy(project, lab.estate(), event -> {});
        start("meeting", 7000);
        start("friend", 7000);
    }

    @AfterAll
    static void stop() {
        CONNECTIONS.close();
        if (lab != null) {
            lab.stop();
        }
    }

    @Test
    void aPortIsTheSameTowardsAllDestinationsAndLetsInAddressesThatItsHostHasSentTo() throws IOException {
        start("pc1", 5000);
        start("pc2", 5000);

        assertThat(seen("pc1", 5000, MEETING)).isEqualTo(OUTSIDE + ":5000");
        assertThat(ask("meeting", 7001, OUTSIDE + ":5000"))
                .as("another port of an address that was sent to")
                .isEqualTo("is 203.0.113.80:7001");
        long keptOut = keptOut();
        assertThat(ask("friend", 7001, OUTSIDE + ":5000")).as("a stranger").isEqualTo("no answer");
        assertThat(keptOut()).isEqualTo(keptOut + 1);

        assertThat(seen("pc1", 5000, FRIEND)).isEqualTo(OUTSIDE + ":5000");
        assertThat(ask("friend", 7001, OUTSIDE + ":5000")).isEqualTo("is 203.0.113.90:7001");

        String other = seen("pc2", 5000, MEETING);
        assertThat(other).startsWith(OUTSIDE + ":").isNotEqualTo(OUTSIDE + ":5000");
        assertThat(seen("pc2", 5000, FRIEND)).isEqualTo(other);
        assertThat(mappings())
                .contains(
                        "\"inside\":\"192.168.229.11:5000\"",
                        "\"inside\":\"192.168.229.12:5000\"",
                        "\"" + other + "\"");
    }

    @Test
    void hostsInsideReachEachOtherByTheirOutsidePortsOnceBothHaveSent() throws IOException {
        start("pc1", 5001);
        start("pc2", 5002);
        String first = seen("pc1", 5001, MEETING);
        String second = seen("pc2", 5002, MEETING);

        long keptOut = keptOut();
        send("pc1", 5001, second);
        await("the first packet is kept out", () -> keptOut() == keptOut + 1);

        assertThat(seen("pc2", 5002, first))
                .as("pc1 sees the outside port of pc2")
                .isEqualTo(second);
        assertThat(seen("pc1", 5001, second)).as("and pc2 that of pc1").isEqualTo(first);
    }

    @Test
    void withTheFilterEndpointEverybodyIsLetIn() throws IOException {
        start("pc1", 5003);
        assertThat(seen("pc1", 5003, MEETING)).isEqualTo(OUTSIDE + ":5003");
        assertThat(ask("friend", 7003, OUTSIDE + ":5003")).isEqualTo("no answer");
        try {
            filter("address", "endpoint");
            assertThat(ask("friend", 7003, OUTSIDE + ":5003")).isEqualTo("is 203.0.113.90:7003");
        } finally {
            filter("endpoint", "address");
        }
    }

    /** Deploys the project with another filter, which a reload puts into force. */
    private static void filter(String from, String to) throws IOException {
        Path file = folder.resolve(STARTER).resolve("topology.yaml");
        String text = Files.readString(file);
        assertThat(text).contains("endpointIndependent: " + from);
        Files.writeString(file, text.replace("endpointIndependent: " + from, "endpointIndependent: " + to));
        ENGINE.deploy(ENGINE.open(folder.resolve(STARTER)), lab.estate(), event -> {});
    }

    private static SshConnection host(String name) {
        return CONNECTIONS.open(lab.estate().target(name).orElseThrow());
    }

    /** Starts the program at a port of a host, until it answers. */
    private static void start(String name, int port) throws IOException {
        String home = "/root/endpoint-" + port;
        SshConnection host = host(name);
        host.run("mkdir", "-p", home).orThrow();
        try (InputStream file = MappedPortsLabTest.class.getResourceAsStream("servers/endpoint.py")) {
            host.upload(file.readAllBytes(), home + "/endpoint.py", 0644);
        }
        host.script(
                        "exec systemd-run --quiet --unit \"endpoint-$2\" /usr/bin/python3 \"$1/endpoint.py\" \"$2\"",
                        home,
                        Integer.toString(port))
                .orThrow();
        await(
                name + " answers",
                () -> !ask(name, 0, "127.0.0.1:" + port, "heard").equals("no answer"));
    }

    /** How an end outside sees a port of a host inside. */
    private static String seen(String name, int port, String by) {
        send(name, port, by);
        Pattern answer = Pattern.compile("(?m)^" + Pattern.quote(by) + " is (.*)$");
        return await(
                name + " hears how " + by + " sees it",
                () -> {
                    Matcher heard = answer.matcher(ask(name, 0, "127.0.0.1:" + port, "heard"));
                    return heard.find() ? heard.group(1) : "";
                },
                text -> !text.isEmpty());
    }

    /** Lets a program send to an end. */
    private static void send(String name, int port, String to) {
        assertThat(ask(name, 0, "127.0.0.1:" + port, "send " + to)).isEqualTo("sent");
    }

    private static String ask(String name, int from, String to) {
        return ask(name, from, to, "who");
    }

    private static String ask(String name, int from, String to, String words) {
        return host(name)
                .run("python3", "-c", ASK, Integer.toString(from), to, words)
                .orThrow()
                .stdout()
                .strip();
    }

    private static String control(String command) {
        return host("director")
                .run("/opt/twoarm/director/current/bin/twoarm-directorctl", "--json", command)
                .orThrow()
                .stdout();
    }

    private static String mappings() {
        return control("mappings");
    }

    private static long keptOut() {
        Matcher counter = Pattern.compile("\"dropped_no_binding\":([0-9]+)").matcher(control("counters"));
        assertThat(counter.find()).isTrue();
        return Long.parseLong(counter.group(1));
    }

    private static void await(String what, BooleanSupplier holds) {
        await(what, holds::getAsBoolean, it -> it);
    }

    private static <T> T await(String what, Supplier<T> asked, Predicate<T> holds) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            T found = asked.get();
            if (holds.test(found)) {
                return found;
            }
            assertThat(System.nanoTime()).as(what).isLessThan(limit);
            LockSupport.parkNanos(200_000_000);
        }
    }
}
