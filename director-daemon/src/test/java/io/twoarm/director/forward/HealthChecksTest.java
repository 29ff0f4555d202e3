package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Report;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.TcpCheck;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Health checks of the dataplane, seen from the wire and from the flows that they steer. */
class HealthChecksTest {
    private static final Duration LOOP = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final String VERDICT = "tcp 172.16.0.1:%d > 10.0.96.204:80 S seq=1";

    private final Director director = Director.fresh(tables -> DirectorTables.services(
            tables,
            DirectorTables.service(
                    DirectorTables.ip("10.0.96.204"),
                    80,
                    Protocol.TCP,
                    true,
                    checked("192.168.229.1", false),
                    DirectorTables.realserver("192.168.229.2", 80))));
    private int client = 2000;

    private static RealserverDefinition checked(String address, boolean downAtStart) {
        TcpCheck check = new TcpCheck(
                DirectorTables.ip(address), 80, Ipv4Address.ANY, TIMEOUT, LOOP, 1, RETRY_DELAY, downAtStart);
        return new RealserverDefinition(DirectorTables.ip(address), 80, 1, true, Optional.of(check));
    }

    /** The words of the health checks' segments that were sent since the last question. */
    private List<List<String>> checks() {
        director.sent(Director.WAN);
        return director.sent(Director.LAN).stream()
                .map(PacketReader::words)
                .filter(words -> words.getFirst().equals("tcp"))
                .filter(words -> port(words.get(1)) <= 1024)
                .toList();
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.indexOf(':') + 1));
    }

    private static long number(List<String> words, String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .mapToLong(word -> Long.parseLong(word.substring(key.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private List<String> syn() {
        director.pass(Duration.ofMillis(100));
        List<List<String>> sent = checks();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().get(4)).isEqualTo("S");
        return sent.getFirst();
    }

    private void answer(List<String> segment, String flags, long sequence, long acknowledged) {
        director.deliver(
                Director.LAN,
                "tcp " + segment.get(3) + " > " + segment.get(1) + " " + flags + " seq=" + sequence + " ack="
                        + (number(segment, "seq") + acknowledged & 0xffff_ffffL));
    }

    private RealserverStatus realserver() {
        return director.forwarder.status().services().getFirst().realservers().getFirst();
    }

    private String chosen() {
        director.sent(Director.LAN);
        director.deliver(Director.WAN, VERDICT.formatted(client++));
        return PacketReader.words(director.sent(Director.LAN).getFirst()).get(3);
    }

    private void fail(int attempts) {
        for (int i = 0; i < attempts; i++) {
            List<List<String>> sent;
            do {
                director.pass(Duration.ofMillis(100));
                sent = checks();
            } while (sent.isEmpty() || !sent.getFirst().get(4).equals("S"));
            answer(sent.getFirst(), "RA", 0, 1);
        }
    }

    @Test
    void aCheckComesFromTheLocalAddressAndAPortThatNoFlowUses() {
        List<String> syn = syn();
        assertThat(syn.get(1)).startsWith("192.168.229.204:");
        assertThat(port(syn.get(1))).isBetween(513, 1024);
        assertThat(syn.get(3)).isEqualTo("192.168.229.1:80");
        assertThat(syn).contains("mss=1460");
    }

    @Test
    void aCheckClosesItsConnectionAsAClientDoes() {
        List<String> syn = syn();
        answer(syn, "SA", 700, 1);
        List<String> close = checks().getFirst();
        assertThat(close.get(4)).isEqualTo("FA");
        assertThat(number(close, "seq")).isEqualTo(number(syn, "seq") + 1);
        assertThat(number(close, "ack")).isEqualTo(701);
        answer(syn, "FA", 701, 2);
        List<String> last = checks().getFirst();
        assertThat(last.get(4)).isEqualTo("A");
        assertThat(number(last, "seq")).isEqualTo(number(syn, "seq") + 2);
        assertThat(number(last, "ack")).isEqualTo(702);
        assertThat(director.count(Counter.CONSUMED_HEALTH)).isEqualTo(2);
        assertThat(director.count(Counter.HEALTH_PASSED)).isOne();
    }

    @Test
    void aRealserverThatGreetsFirstIsListenedTo() {
        List<String> syn = syn();
        answer(syn, "SA", 700, 1);
        checks();
        director.deliver(
                Director.LAN,
                "tcp " + syn.get(3) + " > " + syn.get(1) + " PA seq=701 ack=" + (number(syn, "seq") + 2) + " len=20");
        assertThat(number(checks().getFirst(), "ack")).isEqualTo(721);
        assertThat(realserver().up()).isTrue();
    }

    @Test
    void checksComeAtTheConfiguredInterval() {
        answer(syn(), "SA", 700, 1);
        checks();
        director.pass(LOOP.minusMillis(500));
        assertThat(checks()).noneMatch(words -> words.get(4).equals("S"));
        director.pass(Duration.ofSeconds(1));
        assertThat(checks()).anyMatch(words -> words.get(4).equals("S"));
    }

    @Test
    void oneFailureIsRepeatedSoonAndChangesNothing() {
        answer(syn(), "RA", 0, 1);
        assertThat(realserver().up()).isTrue();
        director.pass(RETRY_DELAY.plusMillis(50));
        assertThat(checks()).anyMatch(words -> words.get(4).equals("S"));
    }

    @Test
    void asManyFailuresAsConfiguredTakeTheRealserverOut() {
        fail(2);
        assertThat(realserver().up()).isFalse();
        assertThat(realserver().weight()).isZero();
        for (int i = 0; i < 6; i++) {
            assertThat(chosen()).isEqualTo("192.168.229.2:80");
        }
        assertThat(director.forwarder.status().reports().poll()).hasValueSatisfying(report -> {
            assertThat(report.kind()).isEqualTo(Report.Kind.REALSERVER_DOWN);
            assertThat(director.forwarder
                            .status()
                            .realserver((int) report.subject())
                            .address())
                    .hasToString("192.168.229.1");
        });
    }

    @Test
    void oneSuccessBringsItBack() {
        fail(2);
        director.pass(LOOP.minusSeconds(1));
        assertThat(realserver().up()).isFalse();
        List<List<String>> sent;
        do {
            director.pass(Duration.ofMillis(100));
            sent = checks();
        } while (sent.isEmpty());
        answer(sent.getFirst(), "SA", 9, 1);
        assertThat(realserver().up()).isTrue();
        assertThat(List.of(chosen(), chosen())).contains("192.168.229.1:80");
    }

    @Test
    void silenceFailsAfterTheTimeoutAndSynIsRepeatedMeanwhile() {
        syn();
        director.pass(Duration.ofMillis(1100));
        assertThat(checks())
                .singleElement()
                .satisfies(words -> assertThat(words.get(4)).isEqualTo("S"));
        director.pass(Duration.ofMillis(1900));
        assertThat(checks())
                .singleElement()
                .satisfies(words -> assertThat(words.get(4)).isEqualTo("R"));
        assertThat(director.count(Counter.HEALTH_FAILED)).isOne();
    }

    @Test
    void sessionsOfARealserverThatFailedGoOn() {
        assertThat(chosen()).isEqualTo("192.168.229.1:80");
        fail(2);
        director.sent(Director.LAN);
        director.deliver(
                Director.WAN,
                VERDICT.formatted(client - 1).replace(" S ", " A ").replace("seq=1", "seq=2 ack=1"));
        assertThat(PacketReader.words(director.sent(Director.LAN).getFirst()).get(3))
                .isEqualTo("192.168.229.1:80");
    }

    @Test
    void answersThatAcknowledgeAnotherNumberDoNotCount() {
        List<String> syn = syn();
        answer(syn, "SA", 700, 2);
        answer(syn, "RA", 0, 77);
        assertThat(director.count(Counter.HEALTH_PASSED)).isZero();
        assertThat(director.count(Counter.HEALTH_FAILED)).isZero();
    }

    @Test
    void aRealserverMayCountAsDownUntilItsFirstSuccess() {
        Director careful = Director.fresh(tables -> DirectorTables.services(
                tables,
                DirectorTables.service(
                        DirectorTables.ip("10.0.96.204"), 80, Protocol.TCP, true, checked("192.168.229.1", true))));
        careful.deliver(Director.WAN, VERDICT.formatted(2000));
        assertThat(careful.count(Counter.RESET_NO_REALSERVER)).isOne();
    }
}
