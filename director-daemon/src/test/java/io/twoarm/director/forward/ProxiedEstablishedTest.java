package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Route;
import io.twoarm.director.wire.PacketReader;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plain segments of connections through a SYN proxy take the short way of {@link EstablishedStage} and {@link
 * WideEstablished}, and come out as the steps one by one make them.
 */
class ProxiedEstablishedTest {
    private static final int SEGMENTS = 400;
    private static final int SMALL_MTU = 68;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(23);

    /** A connection whose realserver has answered the proxy, with the words of both ends. */
    private record Connection(String forth, String back, long clientNext, long told, long serverNext, long expected) {}

    private static Director director() {
        return Director.with(SynProxyTest::proxied);
    }

    /** A route to nowhere with an MTU that no packet fits: all take the steps one by one, for they might have to be cut. */
    private static Director oneByOne() {
        return Director.with(tables -> {
            ForwardingTables proxied = SynProxyTest.proxied(tables);
            List<Route> routes = new ArrayList<>(proxied.routes());
            routes.add(new Route(
                    DirectorTables.ip("198.51.100.0"), 24, Ipv4Address.ANY, Director.LAN, Ipv4Address.ANY, SMALL_MTU));
            return proxied.withRoutes(routes);
        });
    }

    /** From now on only the short way is left. */
    private static void takeAwayTheOtherWays(Director director) throws ReflectiveOperationException {
        Field established = Forwarder.class.getDeclaredField("established");
        Field others = EstablishedStage.class.getDeclaredField("others");
        Field exceptions = Forwarder.class.getDeclaredField("exceptions");
        for (Field field : List.of(established, others, exceptions)) {
            field.setAccessible(true);
        }
        others.set(established.get(director.forwarder), null);
        exceptions.set(director.forwarder, null);
    }

    private static List<String> only(Director director, int port) {
        List<byte[]> frames = director.sent(port);
        assertThat(frames).hasSize(1);
        return PacketReader.words(frames.getFirst());
    }

    private static long next(List<String> words, String key, int more) {
        return Long.parseLong(SynProxyTest.value(words, key)) + more & 0xffff_ffffL;
    }

    /** Up to the client's acknowledgment; the realserver has got its SYN. */
    private static Connection begun(Director director, String client, String vip) {
        String forth = "tcp " + client + " > " + vip;
        director.deliver(Director.WAN, forth + " S seq=4294967000 mss=1400 sackok nop opt3=04");
        long told = next(only(director, Director.WAN), "seq", 1);
        director.deliver(Director.WAN, forth + " A seq=4294967001 win=100 ack=" + told);
        List<String> syn = only(director, Director.LAN);
        String back = "tcp " + syn.get(3) + " > " + syn.get(1);
        return new Connection(forth, back, 4_294_967_001L, told, 4_294_966_001L, next(syn, "seq", 1));
    }

    /** A client's segment of data acknowledges data of the realserver, so that its address is known to have arrived. */
    private static Connection open(Director director, String client, String vip, String scale) {
        Connection begun = begun(director, client, vip);
        director.deliver(
                Director.LAN,
                begun.back + " SA seq=4294966000 ack=" + begun.expected + " win=6000 mss=1400 sackok nop " + scale);
        director.deliver(Director.LAN, begun.back + " PA seq=4294966001 win=300 len=10 ack=" + begun.expected);
        long told = begun.told + 10 & 0xffff_ffffL;
        director.deliver(Director.WAN, begun.forth + " A seq=" + begun.clientNext + " win=100 ack=" + told);
        director.sent(Director.LAN);
        director.sent(Director.WAN);
        return new Connection(begun.forth, begun.back, begun.clientNext, told, begun.serverNext + 10, begun.expected);
    }

    @ParameterizedTest(name = "{0} by {1}, {2}")
    @CsvSource({
        "172.16.0.1:40000, 10.0.96.204:80, opt3=07",
        "172.16.0.1:40000, 10.0.96.204:81, opt3=09",
        "172.16.0.1:40000, 10.0.96.204:8253, opt3=05",
        "172.16.0.1:40000, 10.0.96.46:80, ''",
        "[2001:db8:172::1]:40000, [2001:db8:96::204]:80, opt3=07",
        "[2001:db8:172::1]:40000, [2001:db8:96::204]:81, ''",
        "[2001:db8:172::1]:40000, [2001:db8:96::64]:80, opt3=09"
    })
    void plainSegmentsTakeTheShortWayAndComeOutTheSame(String client, String vip, String scale) throws Exception {
        Director fast = director();
        Director slow = oneByOne();
        Connection connection = open(fast, client, vip, scale);
        assertThat(open(slow, client, vip, scale)).isEqualTo(connection);
        takeAwayTheOtherWays(fast);
        long toRealserver = fast.count(Counter.FORWARDED_TO_REALSERVER);
        long toClient = fast.count(Counter.FORWARDED_TO_CLIENT);

        for (int i = 0; i < SEGMENTS; i++) {
            String segment = random.nextBoolean() ? " PA " : " A ";
            String data = " win=" + random.nextInt(65_536) + " len=" + (SMALL_MTU + random.nextInt(1200));
            String forth = connection.forth + segment + numbers(connection.clientNext, connection.told) + data;
            String back = connection.back + segment + numbers(connection.serverNext, connection.expected) + data;

            assertThat(out(fast, Director.WAN, forth)).isEqualTo(out(slow, Director.WAN, forth));
            assertThat(out(fast, Director.LAN, back)).isEqualTo(out(slow, Director.LAN, back));
        }

        assertThat(fast.count(Counter.FORWARDED_TO_REALSERVER)).isEqualTo(toRealserver + SEGMENTS);
        assertThat(fast.count(Counter.FORWARDED_TO_CLIENT)).isEqualTo(toClient + SEGMENTS);
        assertThat(fast.forwarder.status().sessions(1, fast.now))
                .isEqualTo(slow.forwarder.status().sessions(1, slow.now));
    }

    /** Numbers on both sides of the end of their range. */
    private String numbers(long sequence, long acknowledgment) {
        return "seq=" + (sequence + random.nextInt(2000) & 0xffff_ffffL) + " ack="
                + (acknowledgment + 1 + random.nextInt(2000) & 0xffff_ffffL);
    }

    /** What one segment becomes, the port that it leaves by in front. */
    private static String out(Director director, int port, String text) {
        director.deliver(port, text);
        assertThat(director.sent(port)).isEmpty();
        List<byte[]> frames = director.sent(1 - port);
        assertThat(frames).hasSize(1);
        // The decoder checks lengths and checksums.
        assertThat(PacketReader.words(frames.getFirst())).isNotEmpty();
        return HexFormat.of().formatHex(frames.getFirst());
    }

    @Test
    void theOtherWayIsReallyGoneAndTheSecondDirectorTakesIt() throws Exception {
        Director slow = oneByOne();
        Connection connection = open(slow, "172.16.0.1:40000", "10.0.96.204:80", "opt3=07");
        takeAwayTheOtherWays(slow);
        String segment = connection.forth + " A len=100 " + numbers(connection.clientNext, connection.told);

        assertThatThrownBy(() -> slow.deliver(Director.WAN, segment)).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"172.16.0.1:40000, 10.0.96.204:80", "[2001:db8:172::1]:40000, [2001:db8:96::204]:80"})
    void segmentsBeforeTheRealserverHasAnsweredAreStillDropped(String client, String vip) {
        Director director = director();
        Connection connection = begun(director, client, vip);

        director.deliver(
                Director.WAN, connection.forth + " PA len=10 " + numbers(connection.clientNext, connection.told));
        director.deliver(Director.LAN, connection.back + " A " + numbers(connection.serverNext, connection.expected));

        assertThat(director.sent(Director.WAN)).isEmpty();
        assertThat(director.sent(Director.LAN)).isEmpty();
        assertThat(director.count(Counter.DROPPED_SYN_PROXY)).isEqualTo(2);
    }
}
