package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.report.Counter;
import io.twoarm.director.service.Persistence;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.steer.HandoverRing;
import io.twoarm.director.wire.FragmentedFrames;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Two workers, one port each: what comes to one may belong to the other. */
class SharedWorkTest {
    private final Director director =
            Director.ofTwoWorkers(tables -> SteadyFlow.served(DirectorTables.withIpv6(tables)));
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @Test
    void flowsOfAllKindsAreSharedAndBothDirectionsMeetTheirSession() {
        List<SteadyFlow> flows = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            for (SteadyFlow.Way way : SteadyFlow.Way.values()) {
                flows.add(new SteadyFlow(director, way, true, number, random));
                flows.add(new SteadyFlow(director, way, false, number, random));
            }
        }
        flows.forEach(SteadyFlow::open);
        for (int round = 0; round < 10; round++) {
            flows.forEach(SteadyFlow::exchange);
        }
        for (Forwarder worker : director.forwarders) {
            assertThat(worker.status().sessionCount()).isBetween(60, 180);
        }
        assertThat(director.view().sessionCount()).isEqualTo(240);
        assertThat(director.view().sessions(1000, director.now)).hasSize(240);
        assertThat(director.count(Counter.SESSIONS_CREATED)).isEqualTo(240);
        assertThat(director.count(Counter.HANDED_OVER)).isGreaterThan(1000);
        assertThat(director.count(Counter.DROPPED_HANDOVER)).isZero();
        assertThat(director.view().services().stream()
                        .mapToLong(service -> service.total(RealserverStatus::connections))
                        .sum())
                .isEqualTo(240);
    }

    @Test
    void pingsOfBothFamiliesComeBackThroughTheWorkerThatSentThem() {
        for (int id = 0; id < 50; id++) {
            answerPing("icmp 172.16.0.1 > 10.0.96.205 echo id=" + id + " seq=1", "icmp");
            answerPing("icmp6 2001:db8:1::1 > 2001:db8:96::66 echo id=" + id + " seq=1", "icmp6");
            answerPing("icmp6 2001:db8:1::1 > 2001:db8:96::65 echo id=" + id + " seq=1", "icmp");
        }
        assertThat(director.count(Counter.FORWARDED_TO_CLIENT)).isEqualTo(150);
        for (Forwarder worker : director.forwarders) {
            assertThat(worker.status().sessionCount()).isBetween(40, 110);
        }
    }

    private void answerPing(String ping, String protocol) {
        director.deliver(Director.WAN, ping);
        List<String> sent = words(Director.LAN);
        director.deliver(
                Director.LAN, protocol + " " + sent.get(3) + " > " + sent.get(1) + " reply " + sent.get(5) + " seq=1");
        assertThat(words(Director.WAN)).contains("reply");
    }

    private List<String> words(int port) {
        List<byte[]> frames = director.sent(port);
        assertThat(frames).hasSize(1);
        return PacketReader.words(frames.getFirst());
    }

    @Test
    void errorsAboutSessionsFindTheirWorker() {
        for (int port = 40_000; port < 40_040; port++) {
            director.deliver(Director.WAN, "udp 172.16.0.1:" + port + " > 10.0.96.204:53 len=30");
            String local = words(Director.LAN).get(1);
            director.deliver(
                    Director.LAN,
                    "icmp 192.168.229.1 > 192.168.229.204 error type=3 code=3 quote=58 [ udp " + local
                            + " > 192.168.229.1:53 len=30 ]");
            assertThat(words(Director.WAN)).contains("172.16.0.1:" + port);
            director.deliver(
                    Director.WAN,
                    "icmp 172.16.0.1 > 10.0.96.204 error type=3 code=3 quote=58 [ udp 10.0.96.204:53 > 172.16.0.1:"
                            + port + " len=30 ]");
            assertThat(words(Director.LAN)).contains(local);
        }
        assertThat(director.count(Counter.FORWARDED_ICMP_ERROR)).isEqualTo(80);
    }

    @Test
    void laterFragmentsFollowTheFirst() {
        for (int port = 40_000; port < 40_020; port++) {
            byte[] whole = Director.frame(Director.WAN, "udp 172.16.0.1:" + port + " > 10.0.96.204:53 len=32 df=0");
            byte[] first = FragmentedFrames.piece(whole, 0, 24, true, port);
            byte[] second = FragmentedFrames.piece(whole, 24, 16, false, port);
            director.deliver(Director.WAN, List.of(first, second));
            assertThat(director.sent(Director.LAN)).as("the same pieces").hasSize(2);
        }
        assertThat(director.count(Counter.REASSEMBLED)).isEqualTo(20);
    }

    @Test
    void aQuestionOfTheLinkIsAnsweredOnceAndLearnedByAll() {
        Director unknowing = Director.ofTwoWorkers(DirectorTables::withoutNeighbours);
        unknowing.deliver(Director.LAN, "arp request sender=192.168.229.1 target=192.168.229.204");
        assertThat(unknowing.sent(Director.LAN)).hasSize(1);
        assertThat(unknowing.count(Counter.COPIED)).isEqualTo(1);
        for (Forwarder worker : unknowing.forwarders) {
            assertThat(worker.status().neighbours()).hasSize(1);
        }
        assertThat(unknowing.view().neighbours()).hasSize(1);
    }

    @Test
    void aPersistentClientKeepsItsRealserverThoughItsPortsLeadToBothWorkers() {
        Director persistent = Director.ofTwoWorkers(UnaryOperator.identity());
        persistent.change(SharedWorkTest::withPersistence);
        Map<String, Integer> chosen = new HashMap<>();
        for (int port = 40_000; port < 40_032; port++) {
            persistent.deliver(Director.WAN, "tcp 172.16.0.1:" + port + " > 10.0.96.204:80 S seq=1");
            chosen.merge(
                    PacketReader.words(persistent.sent(Director.LAN).getFirst()).get(3), 1, Integer::sum);
        }
        assertThat(chosen).hasSize(1);
    }

    private static ForwardingTables withPersistence(ForwardingTables tables) {
        ServiceDefinition plain = tables.services().getFirst();
        ServicePolicy policy = new ServicePolicy(
                plain.policy().scheduler(),
                plain.policy().hashTarget(),
                Optional.of(new Persistence(Duration.ofSeconds(60), 32, false)),
                false,
                false,
                Optional.empty());
        return DirectorTables.services(
                tables,
                new ServiceDefinition(
                        plain.address(),
                        plain.port(),
                        plain.protocol(),
                        plain.clientAddress(),
                        plain.establishTimeout(),
                        policy,
                        plain.localAddresses(),
                        plain.realservers()));
    }

    @Test
    void aFullRingDropsAndCounts() {
        List<byte[]> burst = new ArrayList<>();
        for (int port = 1; port <= 200; port++) {
            burst.add(Director.frame(Director.WAN, "udp 172.16.0.1:" + port + " > 10.0.96.204:53 len=1"));
        }
        for (int round = 0; round < 15; round++) {
            director.stall(Director.WAN, burst);
        }
        long handedOver = director.count(Counter.HANDED_OVER);
        long sent = director.count(Counter.FORWARDED_TO_REALSERVER);
        assertThat(handedOver + sent).as("received and sent through one ring").isEqualTo(HandoverRing.CAPACITY);
        assertThat(director.count(Counter.DROPPED_HANDOVER)).isPositive();
        assertThat(director.count(Counter.DROPPED_TRANSMIT)).isPositive();
    }
}
