package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.report.Counter;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole TCP connections of simulated hosts through a director, on good and bad ways. */
class TcpExchangeTest {
    private static final String CLIENT = "172.16.0.1:40000";
    private static final String VIP = "10.0.96.204:80";
    private static final String SERVER = "192.168.229.1:80";
    private final Director director = Director.standard();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    private final TcpExchange network = new TcpExchange(director, random);

    private byte[] data(int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return data;
    }

    @Test
    void aConnectionCarriesDataBothWaysUnchanged() {
        byte[] request = data(20_000);
        byte[] answer = data(300_000);
        SimulatedHost client = new SimulatedHost("client", CLIENT, VIP, 4_294_960_000L, request, answer.length);
        SimulatedHost server = new SimulatedHost("server", SERVER, null, 4_294_900_000L, answer, request.length);
        network.exchange(client, server, 0);
        assertThat(client.incoming()).isEqualTo(answer);
        assertThat(server.incoming()).isEqualTo(request);
        assertThat(client.mss()).isEqualTo(1452);
        assertThat(server.mss()).isEqualTo(1460);
        assertThat(server.largestPacket()).isLessThanOrEqualTo(1500);
        assertThat(director.forwarder.status().sessions(1, director.now))
                .singleElement()
                .satisfies(session -> assertThat(session.state().name()).isIn("TIME_WAIT", "LAST_ACK", "CLOSE"));
        director.pass(Duration.ofSeconds(10));
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.forwarder.status().localAddresses())
                .allSatisfy(pool -> assertThat(pool.used()).isZero());
    }

    @Test
    void theRealserverLearnsTheClientsAddressBeforeAndNeverAgainAfterItWasHeard() {
        SimulatedHost client = new SimulatedHost("client", CLIENT, VIP, 1, data(50_000), 50_000);
        SimulatedHost server = new SimulatedHost("server", SERVER, null, 1, data(50_000), 50_000);
        network.exchange(client, server, 0);
        List<String> seen = server.addressOptions();
        assertThat(seen.getFirst()).isEqualTo(CLIENT);
        int last = seen.lastIndexOf(CLIENT);
        assertThat(seen.subList(0, last)).containsOnly(CLIENT);
        assertThat(seen.subList(last + 1, seen.size())).isNotEmpty().containsOnly("-");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15, 30})
    void lossReorderingAndRepetitionChangeNothing(int percentOfTrouble) {
        byte[] request = data(30_000);
        byte[] answer = data(60_000);
        SimulatedHost client = new SimulatedHost("client", CLIENT, VIP, 77, request, answer.length);
        SimulatedHost server = new SimulatedHost("server", SERVER, null, 0xffff_ff00L, answer, request.length);
        network.exchange(client, server, percentOfTrouble);
        assertThat(client.incoming()).isEqualTo(answer);
        assertThat(server.incoming()).isEqualTo(request);
        director.pass(Duration.ofSeconds(120));
        assertThat(director.forwarder.status().sessionCount()).isZero();
    }

    @Test
    void theSamePortsServeOneConnectionAfterAnother() {
        for (int i = 0; i < 20; i++) {
            byte[] request = data(100);
            SimulatedHost client = new SimulatedHost("client", CLIENT, VIP, i * 1_000_003L, request, 1000);
            SimulatedHost server = new SimulatedHost("server", SERVER, null, i * 77L, data(1000), request.length);
            network.exchange(client, server, 0);
            assertThat(server.incoming()).isEqualTo(request);
            assertThat(server.addressOptions()).contains(CLIENT);
            network.forget();
        }
        assertThat(director.count(Counter.SESSIONS_REUSED)).isEqualTo(19);
    }
}
