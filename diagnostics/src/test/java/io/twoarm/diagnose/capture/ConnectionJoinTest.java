package io.twoarm.diagnose.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.diagnose.TestTopologies;
import io.twoarm.diagnose.capture.MissingLine.Step;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import io.twoarm.model.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionJoinTest {
    private static final String CLIENT = "172.16.0.1:41244";
    private static final String VIRTUAL = "10.0.96.204:80";
    private static final String LOCAL = "192.168.229.204:1025";
    private static final String REALSERVER = "192.168.229.1:80";
    private static final CapturePoint AT_CLIENT = new CapturePoint("client", "eth0", false);
    private static final CapturePoint WAN = new CapturePoint("director", "dpdk2", true);
    private static final CapturePoint LAN = new CapturePoint("director", "dpdk0", true);
    private static final CapturePoint AT_RS1 = new CapturePoint("rs1", "eth0", false);
    private static final List<CapturePoint> ALL = List.of(AT_CLIENT, WAN, LAN, AT_RS1);
    private static final Topology TWO_ARM = TestTopologies.starter("two-arm-fullnat");

    private static Translation session() {
        return new Translation(
                Flow.TCP,
                Endpoint.parse(CLIENT),
                Endpoint.parse(VIRTUAL),
                Endpoint.parse(LOCAL),
                Endpoint.parse(REALSERVER),
                "ESTABLISHED");
    }

    /** The request of a FullNAT connection and its answer, as far as {@code steps} of the eight. */
    private static ConnectionJoin fullNat(int steps) {
        ConnectionJoin join = new ConnectionJoin(TWO_ARM, ALL, 100);
        TestFrame request = TestFrame.syn(CLIENT, VIRTUAL);
        TestFrame translated = TestFrame.syn(LOCAL, REALSERVER);
        TestFrame answer = TestFrame.synAck(REALSERVER, LOCAL);
        TestFrame back = TestFrame.synAck(VIRTUAL, CLIENT);
        List<SeenFrame> frames = List.of(
                request.seen(AT_CLIENT, Direction.OUT, 1),
                request.seen(WAN, Direction.IN, 2),
                translated.seen(LAN, Direction.OUT, 3),
                translated.seen(AT_RS1, Direction.IN, 4),
                answer.seen(AT_RS1, Direction.OUT, 5),
                answer.seen(LAN, Direction.IN, 6),
                back.seen(WAN, Direction.OUT, 7),
                back.seen(AT_CLIENT, Direction.IN, 8));
        frames.subList(0, steps).reversed().forEach(join::add);
        return join;
    }

    @Test
    void theFourLinesOfAConnectionAreOneGroupInTheOrderOfTime() {
        ConnectionJoin join = fullNat(8);
        join.sessions(List.of(session()));

        JoinedConnection connection = join.connections().getFirst();

        assertThat(join.connections()).hasSize(1);
        assertThat(connection.bySession()).isTrue();
        assertThat(connection.missing()).isEmpty();
        assertThat(connection.sightings().stream().map(Sighting::leg).distinct())
                .containsExactly(Leg.CLIENT_TO_VIRTUAL, Leg.TO_REALSERVER, Leg.FROM_REALSERVER, Leg.VIRTUAL_TO_CLIENT);
        assertThat(connection.sightings().stream().map(each -> each.frame().nanos()))
                .isSorted()
                .hasSize(8);
    }

    @Test
    void theFirstLineThatIsNotSeenIsNamed() {
        Step[] steps = Step.values();
        for (int seen = 1; seen < steps.length; seen++) {
            ConnectionJoin join = fullNat(seen);
            join.sessions(List.of(session()));

            assertThat(join.connections().getFirst().missing().map(MissingLine::step))
                    .as("with %d lines seen", seen)
                    .contains(steps[seen]);
        }
    }

    @Test
    void anAnswerThatGoesElsewhereIsAWrongGateway() {
        ConnectionJoin join = fullNat(5);
        join.sessions(List.of(session()));

        assertThat(join.connections().getFirst().missing().orElseThrow().cause())
                .contains("the answer left rs1")
                .contains("02:00:00:00:00:02")
                .contains("wrong gateway");
    }

    @Test
    void aConnectionThatBeganBeforeTheCaptureLacksNoLine() {
        ConnectionJoin join = new ConnectionJoin(TWO_ARM, ALL, 100);
        join.sessions(List.of(session()));
        join.add(TestFrame.synAck(REALSERVER, LOCAL).seen(AT_RS1, Direction.OUT, 1));

        assertThat(join.connections()).singleElement().satisfies(connection -> {
            assertThat(connection.begunBefore()).isTrue();
            assertThat(connection.missing()).isEmpty();
        });
        join.add(TestFrame.syn(CLIENT, VIRTUAL).seen(AT_CLIENT, Direction.OUT, 2));
        assertThat(join.connections()).singleElement().satisfies(connection -> {
            assertThat(connection.begunBefore()).isFalse();
            assertThat(connection.missing().map(MissingLine::step)).contains(Step.DIRECTOR_GETS);
        });
    }

    @Test
    void whatIsNotCapturedIsNotMissing() {
        ConnectionJoin join = new ConnectionJoin(TWO_ARM, List.of(AT_CLIENT), 100);
        join.add(TestFrame.syn(CLIENT, VIRTUAL).seen(AT_CLIENT, Direction.OUT, 1));
        join.add(TestFrame.synAck(VIRTUAL, CLIENT).seen(AT_CLIENT, Direction.IN, 2));

        assertThat(join.connections().getFirst().missing()).isEmpty();
    }

    @Test
    void withoutASessionTheClientAddressOptionTiesTheSides() {
        ConnectionJoin join = fullNat(8);
        join.add(TestFrame.ack(CLIENT, VIRTUAL).seen(AT_CLIENT, Direction.OUT, 9));
        join.add(TestFrame.ack(LOCAL, REALSERVER).withClient(CLIENT).seen(AT_RS1, Direction.IN, 10));

        assertThat(join.connections()).singleElement().satisfies(connection -> {
            assertThat(connection.bySession()).isFalse();
            assertThat(connection.translation().serverFlow()).hasToString(LOCAL + " → " + REALSERVER);
            assertThat(connection.sightings()).hasSize(10);
        });
    }

    @Test
    void withLvsNatTheClientKeepsItsAddress() {
        ConnectionJoin join = new ConnectionJoin(TWO_ARM, ALL, 100);
        join.sessions(List.of(new Translation(
                Flow.TCP,
                Endpoint.parse(CLIENT),
                Endpoint.parse(VIRTUAL),
                Endpoint.parse(CLIENT),
                Endpoint.parse(REALSERVER),
                "")));
        join.add(TestFrame.syn(CLIENT, VIRTUAL).seen(WAN, Direction.IN, 1));
        join.add(TestFrame.syn(CLIENT, REALSERVER).seen(LAN, Direction.OUT, 2));
        join.add(TestFrame.synAck(REALSERVER, CLIENT).seen(LAN, Direction.IN, 3));
        join.add(TestFrame.synAck(VIRTUAL, CLIENT).seen(WAN, Direction.OUT, 4));

        assertThat(join.connections().getFirst().sightings().stream().map(Sighting::leg))
                .containsExactly(Leg.values());
    }

    @Test
    void whatIsOfNoServiceIsOneGroupPerConversationAndLacksNoLine() {
        ConnectionJoin join = new ConnectionJoin(TWO_ARM, ALL, 100);
        join.add(TestFrame.syn(CLIENT, "10.0.96.204:22").seen(AT_CLIENT, Direction.OUT, 1));
        join.add(TestFrame.synAck("10.0.96.204:22", CLIENT).seen(AT_CLIENT, Direction.IN, 2));

        assertThat(join.connections()).singleElement().satisfies(connection -> {
            assertThat(connection.sightings()).hasSize(2);
            assertThat(connection.translation().client()).hasToString(CLIENT);
            assertThat(connection.missing()).isEmpty();
        });
    }

    @Test
    void framesBeyondTheLimitAreCounted() {
        ConnectionJoin join = new ConnectionJoin(TWO_ARM, ALL, 2);
        for (int i = 0; i < 5; i++) {
            join.add(TestFrame.syn(CLIENT, VIRTUAL).seen(AT_CLIENT, Direction.OUT, i));
        }

        assertThat(join.left()).isEqualTo(3);
        assertThat(join.connections().getFirst().sightings()).hasSize(2);
    }

    @Test
    void tablesOfBothKindsOfDirectorsAreRead() {
        assertThat(SessionTables.ofDirector("""
            {"total":1,"sessions":[{"protocol":"tcp","state":"ESTABLISHED","expires_seconds":89,
            "client":"172.16.0.1:41244","virtual":"10.0.96.204:80","local":"192.168.229.204:1025",
            "realserver":"192.168.229.1:80"}]}\
            """)).containsExactly(session());
        assertThat(SessionTables.ofIpvsadm("""
            IPVS connection entries
            pro expire state       source             virtual            destination
            TCP 14:58  ESTABLISHED 172.16.0.1:41244   10.0.96.204:80     192.168.229.1:80
            """)).singleElement().satisfies(each -> {
            assertThat(each.local()).isEqualTo(each.client());
            assertThat(each.state()).isEqualTo("ESTABLISHED");
        });
    }
}
