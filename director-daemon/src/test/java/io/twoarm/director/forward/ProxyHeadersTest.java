package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of the PROXY protocol in whole connections. */
class ProxyHeadersTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private final Director director = Director.with(DirectorTables::withProxies);
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(12);

    private byte[] data(int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return data;
    }

    private static byte[] header(boolean wide, int port) {
        String end = "9c40" + HexFormat.of().toHexDigits((short) port);
        if (port == 8001) {
            String text = wide
                    ? "PROXY TCP6 2001:db8:1::1 2001:db8:96::64 40000 8001\r\n"
                    : "PROXY TCP4 172.16.0.1 10.0.96.204 40000 8001\r\n";
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        return HexFormat.of()
                .parseHex(
                        wide
                                ? SIGNATURE + "21210024" + "20010db8000100000000000000000001"
                                        + "20010db8009600000000000000000064" + end
                                : SIGNATURE + "2111000c" + "ac100001" + "0a0060cc" + end);
    }

    @ParameterizedTest
    @CsvSource({
        "8001, false, 0",
        "8001, false, 20",
        "8002, false, 0",
        "8002, false, 20",
        "8001, true, 0",
        "8001, true, 20",
        "8002, true, 0",
        "8002, true, 20"
    })
    void theHeaderStandsBeforeTheClientsDataOnceWhateverIsLost(int port, boolean wide, int percent) {
        byte[] request = data(30_000);
        byte[] answer = data(40_000);
        byte[] header = header(wide, port);
        String from = wide ? "[2001:db8:1::1]:40000" : "172.16.0.1:40000";
        String to = (wide ? "[2001:db8:96::64]:" : "10.0.96.204:") + port;
        SimulatedHost client = new SimulatedHost("client", from, to, 4_294_960_000L, request, answer.length);
        String own = "192.168.229.1:" + port;
        SimulatedHost server =
                new SimulatedHost("server", own, null, 4_294_900_000L, answer, header.length + request.length);
        new TcpExchange(director, random).exchange(client, server, percent, percent);
        assertThat(client.incoming()).isEqualTo(answer);
        assertThat(Arrays.copyOf(server.incoming(), header.length)).isEqualTo(header);
        assertThat(Arrays.copyOfRange(server.incoming(), header.length, server.incoming().length))
                .isEqualTo(request);
        assertThat(client.mss()).isEqualTo(1460 - header.length);
        assertThat(server.largestPacket()).isLessThanOrEqualTo(1500);
    }
}
