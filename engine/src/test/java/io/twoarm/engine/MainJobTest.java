package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.engine.CapturedSegment.Option;
import io.twoarm.lab.Capture;
import io.twoarm.lab.LocalLab;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole chain on a real lab: the starter is deployed once, then looked at from all sides. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {
    private static final String VIP = "10.0.96.204";
    private static final String LIP = "192.168.229.204";
    private static final int TOA = 254;
    private static final int MSS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(180);

    private final TwoArmEngine engine = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));
    private final SshConnections connections = new SshConnections();
    private OpenProject project;
    private LabSession lab;
    private DeployReport firstDeployment;

    @BeforeAll
    void startAndDeploy() {
        project = engine.starter("two-arm-fullnat");
        lab = engine.startLab(project, "main-job-" + ProcessHandle.current().pid(), true, line -> {});
        firstDeployment = engine.deploy(project, lab.estate(), event -> {});
    }

    @AfterAll
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
    void theFirstDeploymentChangesEveryHost() {
        assertThat(firstDeployment.hosts())
                .hasSize(5)
                .allSatisfy(host -> assertThat(host.outcome()).isInstanceOf(DeployReport.Outcome.Changed.class));
    }

    @Test
    void aSecondDeploymentChangesNothing() {
        String before = processes();

        DeployReport again = engine.deploy(project, lab.estate(), event -> {});

        assertThat(again.changedNothing()).isTrue();
        assertThat(processes()).isEqualTo(before);
    }

    private String processes() {
        return host("director")
                .run("systemctl", "show", "--property=MainPID", "twoarm-director.service")
                .orThrow()
                .stdout();
    }

    @Test
    void requestsThroughTheVipAreSpreadOverBothRealserversAndTheVipAnswersPing() {
        Verification verification = engine.verify(project, lab.estate(), 100);

        assertThat(verification.passed()).isTrue();
        assertThat(verification.services()).singleElement().satisfies(proof -> {
            assertThat(proof.answered()).isEqualTo(100);
            assertThat(proof.perRealserver()).containsOnlyKeys("192.168.229.1:80", "192.168.229.2:80");
            assertThat(proof.perRealserver().values()).allMatch(count -> count == 50);
            assertThat(proof.seenByRealserver()).as("the client, named by TOA").startsWith("172.16.0.1:");
        });
    }

    @Test
    void aHundredMegabytesArriveByteForByte() {
        for (String realserver : List.of("rs1", "rs2")) {
            host(realserver)
                    .script("mkdir -p /srv/twoarm && head -c 104857600 /dev/zero"
                            + " | openssl enc -aes-128-ctr -pass pass:twoarm -nosalt -pbkdf2 >/srv/twoarm/hundred")
                    .orThrow();
        }
        String sent =
                host("rs1").run("sha256sum", "/srv/twoarm/hundred").orThrow().stdout();

        CommandResult received = host("client")
                .run(RemoteCommand.script(
                                "curl --silent --show-error --fail --max-time 60 http://" + VIP
                                        + "/files/hundred | sha256sum",
                                List.of())
                        .withLimit(LIMIT));

        assertThat(received.orThrow().stdout().split(" ")[0]).isEqualTo(sent.split(" ")[0]);
        for (String realserver : List.of("rs1", "rs2")) {
            host(realserver).run("rm", "/srv/twoarm/hundred").orThrow();
        }
    }

    @Test
    void theLanWireShowsTheClientAddressOptionAndRightChecksums() throws Exception {
        List<CapturedSegment> segments =
                captureOneRequest("lan", "tcp and host " + LIP + " and port 80 and portrange 1025-65535");

        String client = lastRequestsClient(segments);
        List<CapturedSegment> request = segments.stream()
                .filter(segment ->
                        segment.source().equals(client) || segment.destination().equals(client))
                .toList();
        assertThat(request).allSatisfy(segment -> {
            assertThat(segment.ipChecksumRight()).isTrue();
            assertThat(segment.tcpChecksumRight()).isTrue();
        });
        List<CapturedSegment> fromDirector = request.stream()
                .filter(segment -> segment.source().equals(client))
                .toList();
        CapturedSegment syn = fromDirector.getFirst();
        CapturedSegment thirdAck = fromDirector.get(1);
        CapturedSegment firstData = fromDirector.stream()
                .filter(segment -> segment.payloadBytes() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(syn.has(CapturedSegment.SYN)).isTrue();
        assertThat(syn.option(TOA)).isEmpty();
        assertThat(thirdAck.payloadBytes()).isZero();
        assertThat(clientOf(thirdAck)).isEqualTo("172.16.0.1");
        assertThat(clientOf(firstData)).isEqualTo("172.16.0.1");
        assertThat(thirdAck.option(TOA).orElseThrow().data())
                .isEqualTo(firstData.option(TOA).orElseThrow().data());
    }

    @Test
    void theClientIsToldASegmentSizeThatLeavesRoomForTheOption() throws Exception {
        int onTheLan = mss(captureOneRequest("lan", "tcp and host " + LIP), ":80");
        int onTheWan = mss(captureOneRequest("wan", "tcp and host " + VIP), VIP + ":80");

        assertThat(onTheWan).isEqualTo(onTheLan - 8);
    }

    @Test
    void aKilledDaemonIsBackByItself() throws Exception {
        String before = processes();
        host("director")
                .run("systemctl", "kill", "--signal=SIGKILL", "twoarm-director.service")
                .orThrow();
        AtomicReference<LiveSnapshot> last = new AtomicReference<>();
        CountDownLatch back = new CountDownLatch(1);

        try (LiveWatch watch = engine.watch(project, lab.estate(), Duration.ofSeconds(1), snapshot -> {
            last.set(snapshot);
            boolean serving = snapshot.directors().containsKey("director")
                    && snapshot.hosts().get("director").healthy()
                    && snapshot.directors().get("director").services().stream()
                            .flatMap(service -> service.realservers().stream())
                            .allMatch(LiveSnapshot.RealserverState::up);
            if (serving && !processes().equals(before)) {
                back.countDown();
            }
        })) {
            assertThat(watch).isNotNull();
            assertThat(back.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("last seen: %s", last.get())
                    .isTrue();
        }
        assertThat(engine.verify(project, lab.estate(), 20).passed()).isTrue();
    }

    /** What passes a segment while the client makes one request, read until the connection's end was seen. */
    private List<CapturedSegment> captureOneRequest(String segment, String filter) throws Exception {
        try (Capture capture = new LocalLab().find(lab.name()).orElseThrow().captureSegment(segment, filter)) {
            CompletableFuture<List<CapturedSegment>> seen = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> readUntilClosed(capture.pcap(), seen));
            host("client")
                    .run("curl", "--silent", "--fail", "--max-time", "60", "http://" + VIP + "/")
                    .orThrow();
            return seen.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void readUntilClosed(InputStream pcap, CompletableFuture<List<CapturedSegment>> seen) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[65536];
        try {
            for (int n = pcap.read(buffer); n > 0; n = pcap.read(buffer)) {
                bytes.write(buffer, 0, n);
                if (bytes.size() < 24) {
                    continue;
                }
                List<CapturedSegment> segments = CapturedSegment.ofPcap(bytes.toByteArray());
                boolean answered = segments.stream().anyMatch(segment -> segment.payloadBytes() > 0);
                long ends = segments.stream()
                        .filter(segment -> segment.payloadBytes() == 0 && segment.has(CapturedSegment.FIN))
                        .count();
                if (answered && ends >= 2) {
                    seen.complete(segments);
                    return;
                }
            }
            seen.completeExceptionally(new IOException("the capture ended early"));
        } catch (IOException e) {
            seen.completeExceptionally(e);
        }
    }

    /** {@code LIP:LPORT} of the connection that carried data; health checks carry none. */
    private static String lastRequestsClient(List<CapturedSegment> segments) {
        return segments.stream()
                .filter(segment ->
                        segment.payloadBytes() > 0 && segment.source().startsWith(LIP))
                .map(CapturedSegment::source)
                .findFirst()
                .orElseThrow();
    }

    private static int mss(List<CapturedSegment> segments, String source) {
        Option mss = segments.stream()
                .filter(segment -> segment.has(CapturedSegment.SYN)
                        && segment.has(CapturedSegment.ACK)
                        && segment.source().endsWith(source))
                .findFirst()
                .flatMap(segment -> segment.option(MSS))
                .orElseThrow();
        return CapturedSegment.unsigned16(mss.data(), 0);
    }

    /** The address in a client address option: port (2 bytes), IPv4 address (4 bytes). */
    private static String clientOf(CapturedSegment segment) throws IOException {
        byte[] data = segment.option(TOA).orElseThrow().data();
        assertThat(data).hasSize(6);
        return InetAddress.getByAddress(Arrays.copyOfRange(data, 2, 6)).getHostAddress();
    }
}
