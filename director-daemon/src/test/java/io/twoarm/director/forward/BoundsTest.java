package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Report;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.session.LocalPorts;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens where something is full or refuses, and that it recovers. */
class BoundsTest {
    private static final int SESSIONS = 1024;

    private static String datagram(int client) {
        return "udp 172.16." + (client / 50_000) + ".1:" + (1024 + client % 50_000) + " > 10.0.96.204:53 len=4";
    }

    private static String destination(byte[] frame) {
        return PacketReader.words(frame).get(3);
    }

    private static int localPort(byte[] frame) {
        String source = PacketReader.words(frame).get(1);
        return Integer.parseInt(source.substring(source.indexOf(':') + 1));
    }

    private static List<Report> reports(Director director) {
        List<Report> reports = new ArrayList<>();
        Optional<Report> report = director.forwarder.status().reports().poll();
        while (report.isPresent()) {
            reports.add(report.get());
            report = director.forwarder.status().reports().poll();
        }
        return reports;
    }

    @Test
    void fullTablesOfNat64AreReportedAsSuch() {
        Director director = Director.with(StatefulTranslation::small);
        for (int port = 40_000; port < 40_003; port++) {
            director.deliver(Director.LAN, "udp [2001:db8:229::1]:" + port + " > [64:ff9b::ac10:1]:53 len=30");
        }
        assertThat(reports(director)).extracting(Report::kind).contains(Report.Kind.NAT64_BINDINGS_FULL);
        for (int host = 2; host < 4; host++) {
            director.deliver(Director.LAN, "udp [2001:db8:229::1]:40000 > [64:ff9b::ac10:" + host + "]:53 len=30");
        }
        assertThat(reports(director)).extracting(Report::kind).contains(Report.Kind.NAT64_SESSIONS_FULL);
    }

    @Test
    void aFullSessionTableRefusesNewFlowsAndServesOldOnes() {
        Director director = Director.standard();
        for (int client = 0; client < SESSIONS + 10; client++) {
            director.deliver(Director.WAN, datagram(client));
        }
        assertThat(director.count(Counter.DROPPED_SESSIONS_FULL)).isEqualTo(10);
        assertThat(director.forwarder.status().sessionCount()).isEqualTo(SESSIONS);
        assertThat(reports(director)).anyMatch(report -> report.kind() == Report.Kind.SESSION_TABLE_FULL);
        director.sent(Director.LAN);
        director.deliver(Director.WAN, datagram(0));
        assertThat(director.sent(Director.LAN)).hasSize(1);
        director.pass(Duration.ofSeconds(310));
        director.deliver(Director.WAN, datagram(SESSIONS));
        assertThat(director.sent(Director.LAN)).hasSize(1);
        assertThat(director.count(Counter.SESSIONS_EXPIRED)).isEqualTo(SESSIONS);
    }

    @Test
    void allPortsOfALocalAddressServeAndThenFlowsAreRefused() {
        Director director = Director.with(
                tables -> DirectorTables.limits(tables, tables.limits().withSessions(1 << 17)));
        Set<Integer> ports = new HashSet<>();
        for (int client = 0; client < LocalPorts.PER_POOL; client++) {
            director.deliver(Director.WAN, datagram(client));
            ports.add(localPort(director.sent(Director.LAN).getFirst()));
        }
        assertThat(ports).hasSize(LocalPorts.PER_POOL).allMatch(port -> port >= 1025);
        director.deliver(Director.WAN, datagram(LocalPorts.PER_POOL));
        assertThat(director.sent(Director.LAN)).isEmpty();
        assertThat(director.count(Counter.DROPPED_NO_LOCAL_PORT)).isOne();
        assertThat(director.count(Counter.LOCAL_PORTS_EXHAUSTED)).isOne();
        assertThat(reports(director)).anyMatch(report -> report.kind() == Report.Kind.LOCAL_PORTS_EXHAUSTED);
        assertThat(director.forwarder.status().localAddresses())
                .filteredOn(pool -> pool.protocol().equals("UDP"))
                .singleElement()
                .extracting(LocalAddressStatus::used)
                .isEqualTo(LocalPorts.PER_POOL);
        director.pass(Duration.ofSeconds(310));
        director.deliver(Director.WAN, datagram(LocalPorts.PER_POOL));
        assertThat(director.sent(Director.LAN)).hasSize(1);
    }

    @Test
    void aPortThatWasGivenBackIsTakenAgainLast() {
        Director director = Director.with(tables -> new ForwardingTables(
                tables.addresses(),
                tables.routes(),
                tables.neighbours(),
                tables.services(),
                tables.timeouts().with(SessionState.UDP_ONEWAY, Duration.ofMillis(100)),
                tables.limits(),
                true));
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            director.deliver(Director.WAN, datagram(i));
            ports.add(localPort(director.sent(Director.LAN).getFirst()));
            director.pass(Duration.ofMillis(250));
            assertThat(director.forwarder.status().sessionCount()).isZero();
        }
        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void localAddressesServeInTurn() {
        Director director = Director.with(tables -> new ForwardingTables(
                plus(
                        tables.addresses(),
                        new OwnAddress(DirectorTables.ip("192.168.229.205"), Director.LAN, OwnAddress.Role.LOCAL)),
                tables.routes(),
                tables.neighbours(),
                List.of(new ServiceDefinition(
                        DirectorTables.ip("10.0.96.204"),
                        53,
                        Protocol.UDP,
                        false,
                        Optional.empty(),
                        List.of(DirectorTables.ip("192.168.229.204"), DirectorTables.ip("192.168.229.205")),
                        List.of(DirectorTables.realserver("192.168.229.1", 53)))),
                tables.timeouts(),
                tables.limits(),
                true));
        List<String> sources = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            director.deliver(Director.WAN, datagram(client));
            sources.add(PacketReader.words(director.sent(Director.LAN).getFirst())
                    .get(1)
                    .split(":")[0]);
        }
        assertThat(sources).containsExactly("192.168.229.204", "192.168.229.205", "192.168.229.204", "192.168.229.205");
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    @Test
    void realserversServeInTurnAndShareFlowsEvenly() {
        Director director = Director.standard();
        List<String> chosen = new ArrayList<>();
        for (int client = 0; client < 100; client++) {
            director.deliver(Director.WAN, "tcp 172.16.0.1:" + (2000 + client) + " > 10.0.96.204:80 S seq=1");
            chosen.add(destination(director.sent(Director.LAN).getFirst()));
        }
        assertThat(chosen).filteredOn("192.168.229.1:80"::equals).hasSize(50);
        assertThat(chosen).filteredOn("192.168.229.2:80"::equals).hasSize(50);
        assertThat(director.forwarder.status().services().getFirst().realservers())
                .allSatisfy(realserver -> {
                    assertThat(realserver.connections()).isEqualTo(50);
                    assertThat(realserver.inactiveSessions()).isEqualTo(50);
                    assertThat(realserver.activeSessions()).isZero();
                    assertThat(realserver.packetsIn()).isEqualTo(50);
                    assertThat(realserver.bytesIn()).isEqualTo(50 * 40);
                    assertThat(realserver.packetsOut()).isZero();
                });
    }

    @Test
    void aRealserverOfWeightZeroGetsNoNewFlows() {
        Director director = Director.with(tables -> DirectorTables.services(
                tables,
                DirectorTables.service(
                        DirectorTables.ip("10.0.96.204"),
                        53,
                        Protocol.UDP,
                        false,
                        new RealserverDefinition(DirectorTables.ip("192.168.229.1"), 53, 0, false, Optional.empty()),
                        DirectorTables.realserver("192.168.229.2", 53))));
        for (int client = 0; client < 10; client++) {
            director.deliver(Director.WAN, datagram(client));
            assertThat(destination(director.sent(Director.LAN).getFirst())).isEqualTo("192.168.229.2:53");
        }
    }

    @Test
    void whatAPortRefusesIsCountedAsDropped() {
        Director director = Director.standard();
        List<byte[]> burst = new ArrayList<>();
        for (int client = 0; client < 10; client++) {
            burst.add(Director.frame(Director.WAN, datagram(client)));
        }
        director.lan.setRoom(3);
        director.deliver(Director.WAN, burst);
        assertThat(director.count(Counter.FORWARDED_TO_REALSERVER)).isEqualTo(3);
        assertThat(director.count(Counter.DROPPED_TRANSMIT)).isEqualTo(7);
        director.sent(Director.LAN);
        director.checkBuffers();
    }

    @Test
    void aBurstOfManyKindsKeepsOrderPerPortAndLosesNothing() {
        Director director = Director.standard();
        List<byte[]> burst = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String packet = switch (i % 4) {
                case 0 -> datagram(i % 16 / 4);
                case 1 -> "icmp 172.16.0.1 > 10.0.96.204 echo id=" + i + " len=8";
                case 2 -> "tcp 172.16.0.1:" + (3000 + i) + " > 10.0.96.204:81 S seq=" + i;
                default -> "tcp 172.16.0.1:9 > 10.0.96.77:9 S seq=1";
            };
            burst.add(Director.frame(Director.WAN, packet));
        }
        director.deliver(Director.WAN, burst);
        assertThat(director.sent(Director.WAN).stream().map(PacketReader::words).map(words -> words.get(5)))
                .containsExactlyElementsOf(IntStream.range(0, 16)
                        .mapToObj(i -> "id=" + (4 * i + 1))
                        .toList());
        List<byte[]> toServers = director.sent(Director.LAN);
        assertThat(toServers).hasSize(32);
        assertThat(toServers.stream()
                        .map(PacketReader::words)
                        .map(List::getFirst)
                        .toList())
                .startsWith("udp", "tcp", "udp", "tcp");
        assertThat(director.count(Counter.DROPPED_NOT_LOCAL)).isEqualTo(16);
        director.checkBuffers();
    }

    @Test
    void aBurstLargerThanOneWalkIsCut() {
        Director director = Director.standard();
        List<byte[]> burst = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            burst.add(Director.frame(Director.WAN, datagram(i % 70)));
        }
        director.deliver(Director.WAN, burst);
        assertThat(director.sent(Director.LAN)).hasSize(150);
        assertThat(director.count(Counter.SESSIONS_CREATED)).isEqualTo(70);
    }

    @Test
    void sessionsAreListedWithAllTheirEnds() {
        Director director = Director.standard();
        director.deliver(Director.WAN, "tcp 172.16.0.1:40000 > 10.0.96.204:80 S seq=1");
        int port = localPort(director.sent(Director.LAN).getFirst());
        assertThat(director.forwarder.status().sessions(10, director.now))
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.client()).hasToString("172.16.0.1");
                    assertThat(session.clientPort()).isEqualTo(40000);
                    assertThat(session.virtual()).hasToString("10.0.96.204");
                    assertThat(session.virtualPort()).isEqualTo(80);
                    assertThat(session.local()).hasToString("192.168.229.204");
                    assertThat(session.localPort()).isEqualTo(port);
                    assertThat(session.realserver()).hasToString("192.168.229.1");
                    assertThat(session.realserverPort()).isEqualTo(80);
                    assertThat(session.protocol()).isEqualTo(Protocol.TCP);
                    assertThat(session.expiresIn()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
                });
    }

    @Test
    void neighboursWithSessionsKeepTheirPlaceAndOthersMakeRoom() {
        Director director = Director.with(tables -> DirectorTables.limits(
                DirectorTables.withoutNeighbours(tables),
                new ForwardingLimits(1024, 16, 2, Duration.ofSeconds(60), 1000)));
        director.deliver(Director.LAN, "arp request sender=192.168.229.1 target=192.168.229.204");
        for (int host = 1; host <= 15; host++) {
            director.deliver(Director.WAN, onLink(host, 53));
        }
        assertThat(director.count(Counter.SESSIONS_CREATED)).isEqualTo(15);
        director.deliver(Director.WAN, onLink(16, 53));
        director.deliver(Director.WAN, onLink(17, 9));
        assertThat(director.count(Counter.DROPPED_NEIGHBOUR_TABLE)).isEqualTo(2);
        director.pass(Duration.ofSeconds(310));
        assertThat(director.forwarder.status().sessionCount()).isZero();
        for (int host = 20; host < 60; host++) {
            director.deliver(Director.WAN, onLink(host, 9));
            director.pass(Duration.ofSeconds(4));
        }
        assertThat(director.count(Counter.DROPPED_NEIGHBOUR_TABLE)).isEqualTo(2);
        assertThat(director.forwarder.status().neighbours()).hasSize(16);
        director.checkBuffers();
    }

    private static String onLink(int host, int port) {
        return "udp 10.0.96." + host + ":1000 > 10.0.96.204:" + port + " len=4";
    }
}
