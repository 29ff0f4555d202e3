package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Route;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ConnectionLimits;
import io.twoarm.director.service.Persistence;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Persistence, limits, drain, sorry servers and one-packet services, and changes while packets flow. */
class ServiceChangesTest {
    private static final RealserverDefinition FIRST = DirectorTables.realserver("192.168.229.1", 53);
    private static final RealserverDefinition SECOND = DirectorTables.realserver("192.168.229.2", 53);
    private static final String FIRST_END = "192.168.229.1:53";
    private static final String SECOND_END = "192.168.229.2:53";
    private static final ServicePolicy PERSISTENT = new ServicePolicy(
            SchedulerKind.RR,
            HashTarget.SOURCE,
            Optional.of(new Persistence(Duration.ofSeconds(60), 24, false)),
            false,
            false,
            Optional.empty());

    private static ServiceDefinition dns(ServicePolicy policy, RealserverDefinition... realservers) {
        return new ServiceDefinition(
                DirectorTables.ip("10.0.96.204"),
                53,
                Protocol.UDP,
                ClientAddressWay.NONE,
                Optional.empty(),
                policy,
                List.of(DirectorTables.ip("192.168.229.204")),
                List.of(realservers));
    }

    private static UnaryOperator<ForwardingTables> only(ServiceDefinition... services) {
        return tables -> DirectorTables.services(tables, services);
    }

    private static RealserverDefinition weighted(RealserverDefinition realserver, int weight) {
        return new RealserverDefinition(
                realserver.address(), realserver.port(), weight, false, realserver.limits(), realserver.check());
    }

    private static RealserverDefinition limited(RealserverDefinition realserver, int upper, int lower) {
        return new RealserverDefinition(
                realserver.address(),
                realserver.port(),
                1,
                false,
                new ConnectionLimits(upper, lower),
                Optional.empty());
    }

    /** The realserver that a client's datagram reaches, or nothing. */
    private static String reached(Director director, String client) {
        director.sent(Director.LAN);
        director.deliver(Director.WAN, "udp " + client + " > 10.0.96.204:53 len=5");
        List<byte[]> sent = director.sent(Director.LAN);
        return sent.isEmpty() ? "" : PacketReader.words(sent.getFirst()).get(3);
    }

    @Test
    void clientsOfOneNetworkComeBackToTheirRealserverUntilTheyWereAwayTooLong() {
        Director director = Director.with(only(dns(PERSISTENT, FIRST, SECOND)));

        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.1.1:1000")).isEqualTo(SECOND_END);
        assertThat(reached(director, "172.16.0.9:1000")).isEqualTo(FIRST_END);
        director.pass(Duration.ofSeconds(50));
        assertThat(reached(director, "172.16.0.1:1001")).isEqualTo(FIRST_END);
        director.pass(Duration.ofSeconds(50));
        assertThat(reached(director, "172.16.0.1:1002")).isEqualTo(FIRST_END);
        assertThat(director.forwarder.status().templates(10, director.now)).hasSize(1);
        director.pass(Duration.ofSeconds(61));
        assertThat(director.forwarder.status().templates(10, director.now)).isEmpty();
        assertThat(reached(director, "172.16.9.1:1000")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1003")).as("the next in turn").isEqualTo(SECOND_END);
    }

    @Test
    void persistenceHoldsClientsAtADrainedRealserverUnlessToldOtherwise() {
        Director director = Director.with(only(dns(PERSISTENT, FIRST, SECOND)));
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);

        director.change(only(dns(PERSISTENT, weighted(FIRST, 0), SECOND)));
        assertThat(reached(director, "172.16.0.1:1001")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.5.1:1000")).isEqualTo(SECOND_END);

        ServicePolicy leaving = new ServicePolicy(
                SchedulerKind.RR,
                HashTarget.SOURCE,
                Optional.of(new Persistence(Duration.ofSeconds(60), 24, true)),
                false,
                false,
                Optional.empty());
        director.change(only(dns(leaving, weighted(FIRST, 0), SECOND)));
        assertThat(reached(director, "172.16.0.1:1002")).isEqualTo(SECOND_END);
    }

    @Test
    void weightZeroKeepsSessionsAndTakesNoNewOnes() {
        Director director = Director.with(only(dns(ServicePolicy.ROUND_ROBIN, FIRST, SECOND)));
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);

        director.change(only(dns(ServicePolicy.ROUND_ROBIN, weighted(FIRST, 0), SECOND)));

        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        for (int port = 2000; port < 2010; port++) {
            assertThat(reached(director, "172.16.0.1:" + port)).isEqualTo(SECOND_END);
        }
        director.change(only(dns(ServicePolicy.ROUND_ROBIN, FIRST, SECOND)));
        assertThat(List.of(reached(director, "172.16.0.1:2010"), reached(director, "172.16.0.1:2011")))
                .containsExactlyInAnyOrder(FIRST_END, SECOND_END);
    }

    @Test
    void sessionsOfADrainedRealserverEndWhereTheServiceWantsIt() {
        ServicePolicy expiring =
                new ServicePolicy(SchedulerKind.RR, HashTarget.SOURCE, Optional.empty(), false, true, Optional.empty());
        Director director = Director.with(only(dns(expiring, FIRST, SECOND)));
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1001")).isEqualTo(SECOND_END);

        director.change(only(dns(expiring, weighted(FIRST, 0), SECOND)));

        assertThat(director.forwarder.status().sessions(10, director.now))
                .singleElement()
                .satisfies(left -> assertThat(left.clientPort()).isEqualTo(1001));
        assertThat(director.count(Counter.SESSIONS_EXPIRED)).isOne();
    }

    @Test
    void aFullRealserverTakesNewSessionsOnlyBelowItsLowerLimit() {
        Director director =
                Director.with(only(dns(ServicePolicy.of(SchedulerKind.FO), weighted(limited(FIRST, 3, 2), 9), SECOND)));
        for (int port = 1000; port < 1003; port++) {
            assertThat(reached(director, "172.16.0.1:" + port)).isEqualTo(FIRST_END);
            director.pass(Duration.ofSeconds(60));
        }
        assertThat(reached(director, "172.16.0.1:2000")).isEqualTo(SECOND_END);
        assertThat(director.forwarder.status().services().getFirst().realservers())
                .extracting(RealserverStatus::full)
                .containsExactly(true, false);
        director.pass(Duration.ofSeconds(130));
        assertThat(reached(director, "172.16.0.1:2001"))
                .as("two sessions are left")
                .isEqualTo(SECOND_END);
        director.pass(Duration.ofSeconds(60));
        assertThat(reached(director, "172.16.0.1:2002"))
                .as("one session is left")
                .isEqualTo(FIRST_END);
    }

    @Test
    void theSorryServerServesWhileNobodyElseCan() {
        RealserverDefinition sorry = DirectorTables.realserver("192.168.229.2", 5300);
        ServicePolicy policy = new ServicePolicy(
                SchedulerKind.WLC, HashTarget.SOURCE, Optional.empty(), false, false, Optional.of(sorry));
        Director director = Director.with(only(dns(policy, FIRST)));
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);

        director.change(only(dns(policy, weighted(FIRST, 0))));
        assertThat(reached(director, "172.16.0.1:1001")).isEqualTo("192.168.229.2:5300");

        director.change(only(dns(policy, FIRST)));
        assertThat(reached(director, "172.16.0.1:1002")).isEqualTo(FIRST_END);
        assertThat(director.forwarder.status().services().getFirst().sorryServer())
                .hasValueSatisfying(status -> assertThat(status.connections()).isOne());
    }

    @Test
    void everyDatagramOfAOnePacketServiceIsScheduledAnewAndItsAnswerFindsBack() {
        ServicePolicy policy =
                new ServicePolicy(SchedulerKind.RR, HashTarget.SOURCE, Optional.empty(), true, false, Optional.empty());
        Director director = Director.with(only(dns(policy, FIRST, SECOND)));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            director.deliver(Director.WAN, "udp 172.16.0.1:1000 > 10.0.96.204:53 len=5");
            List<String> words = PacketReader.words(director.sent(Director.LAN).getFirst());
            reached.add(words.get(3));
            director.deliver(Director.LAN, "udp " + words.get(3) + " > " + words.get(1) + " len=7");
            assertThat(PacketReader.words(director.sent(Director.WAN).getFirst()))
                    .contains("10.0.96.204:53", "172.16.0.1:1000");
        }
        assertThat(reached).containsExactly(FIRST_END, SECOND_END, FIRST_END, SECOND_END);
        director.pass(Duration.ofSeconds(6));
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.forwarder.status().localAddresses()).allMatch(pool -> pool.used() == 0);
    }

    @Test
    void sessionsOutliveTheirRealserverTheirLocalAddressAndTheirService() {
        Director director = Director.with(only(dns(ServicePolicy.ROUND_ROBIN, FIRST)));
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);

        director.change(only(dns(ServicePolicy.ROUND_ROBIN, SECOND)));
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1001")).isEqualTo(SECOND_END);

        director.change(only());
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1002")).isEmpty();

        director.change(only(dns(ServicePolicy.ROUND_ROBIN, FIRST)));
        RealserverStatus back =
                director.forwarder.status().services().getFirst().realservers().getFirst();
        assertThat(back.inactiveSessions())
                .as("the session that was there all the time")
                .isOne();
        director.pass(Duration.ofSeconds(310));
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.forwarder.status().localAddresses()).allMatch(pool -> pool.used() == 0);
    }

    @Test
    void manyChangesUseNumbersAndPoolsAgain() {
        Director director = Director.with(only());
        for (int i = 0; i < 70_000; i += 100) {
            RealserverDefinition[] realservers = new RealserverDefinition[100];
            for (int n = 0; n < 100; n++) {
                realservers[n] = new RealserverDefinition(
                        new Ipv4Address(0xc0a8_e501), 1 + (i + n) % 65_000, 1, false, Optional.empty());
            }
            director.change(only(dns(ServicePolicy.ROUND_ROBIN, realservers)));
        }
        assertThat(reached(director, "172.16.0.1:1000")).startsWith("192.168.229.1:");
    }

    @Test
    void anAddressThatComesIsAnnouncedAndAnsweredForAndOneThatGoesIsNot() {
        Director director = Director.standard();
        String ask = "arp who-has 10.0.96.99 tell 10.0.96.254";
        Ipv4Address vip = DirectorTables.ip("10.0.96.99");
        director.change(tables -> {
            List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
            addresses.add(new OwnAddress(vip, Director.WAN, OwnAddress.Role.VIRTUAL));
            return new ForwardingTables(
                    addresses,
                    tables.routes(),
                    tables.neighbours(),
                    tables.services(),
                    tables.timeouts(),
                    tables.limits(),
                    tables.decrementTtl());
        });
        assertThat(director.count(Counter.SENT_GRATUITOUS_ARP)).isGreaterThan(9);
        director.deliver(Director.WAN, "icmp 10.0.96.254 > 10.0.96.99 type=8 code=0 id=1 icmpseq=1 len=8");
        assertThat(director.count(Counter.ANSWERED_ECHO)).as(ask).isOne();
        director.change(tables -> DirectorTables.tables());
        director.deliver(Director.WAN, "icmp 10.0.96.254 > 10.0.96.99 type=8 code=0 id=1 icmpseq=2 len=8");
        assertThat(director.count(Counter.ANSWERED_ECHO)).isOne();
        assertThat(director.count(Counter.DROPPED_NOT_LOCAL)).isOne();
    }

    @Test
    void aRouteThatComesServesNewFlows() {
        Director director = Director.with(tables -> DirectorTables.withWanRouteOnly(
                DirectorTables.services(tables, dns(ServicePolicy.ROUND_ROBIN, FIRST))));
        assertThat(reached(director, "10.0.96.254:1000")).isEmpty();
        director.change(tables -> {
            List<Route> routes = new ArrayList<>(tables.routes());
            routes.add(Route.onLink(DirectorTables.ip("192.168.229.0"), 24, Director.LAN));
            return new ForwardingTables(
                    tables.addresses(),
                    routes,
                    tables.neighbours(),
                    tables.services(),
                    tables.timeouts(),
                    tables.limits(),
                    tables.decrementTtl());
        });
        assertThat(reached(director, "10.0.96.254:1000")).isEqualTo(FIRST_END);
    }

    @Test
    void aChangeThatContradictsItselfLeavesEverythingAsItWas() {
        Director director = Director.with(only(dns(ServicePolicy.ROUND_ROBIN, FIRST)));
        ServiceDefinition service = dns(ServicePolicy.ROUND_ROBIN, SECOND);
        assertThatThrownBy(() -> director.change(only(service, service)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("given twice");
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
    }

    @Test
    void beyondItsRateAServiceTakesNoNewFlowsButAllPacketsOfThoseThatAre() {
        ServicePolicy rated = ServicePolicy.ROUND_ROBIN.withConnectionRate(20);
        Director director = Director.with(only(dns(rated, FIRST)));

        // Two at once are a tenth of a second's share.
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1001")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1002")).isEmpty();
        assertThat(director.count(Counter.DROPPED_CONNECTION_RATE)).isOne();
        assertThat(reached(director, "172.16.0.1:1000")).isEqualTo(FIRST_END);
        director.pass(Duration.ofMillis(60));
        assertThat(reached(director, "172.16.0.1:1002")).isEqualTo(FIRST_END);
        assertThat(reached(director, "172.16.0.1:1003")).isEmpty();

        director.change(only(dns(ServicePolicy.ROUND_ROBIN, FIRST)));
        assertThat(reached(director, "172.16.0.1:1003")).isEqualTo(FIRST_END);
        assertThat(director.count(Counter.DROPPED_CONNECTION_RATE)).isEqualTo(2);
    }
}
