package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.access.AccessRules;
import io.twoarm.director.access.AccessSubject;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.SynProxySettings;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections through a SYN proxy, what realservers hear of clients that are not there, and what becomes of the rest. */
class SynProxyTest {
    private static final String CLIENT = "172.16.0.1:40000";
    private static final String VIP = "10.0.96.204:80";
    private static final String SERVER = "192.168.229.1:80";
    private static final String LOCAL = "192.168.229.204:";

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(17);

    /** The standard proxy for every TCP service in FullNAT. */
    static ForwardingTables proxied(ForwardingTables tables) {
        return proxied(tables, SynProxySettings.STANDARD);
    }

    /** Every TCP service in FullNAT gets a proxy. */
    private static ForwardingTables proxied(ForwardingTables tables, SynProxySettings settings) {
        ForwardingLimits limits = ForwardingLimits.defaults();
        ForwardingTables wide = FourToSix.tables(tables);
        return DirectorTables.limits(
                DirectorTables.services(
                                wide,
                                Stream.concat(
                                                wide.services().stream(),
                                                DirectorTables.withProxies(tables).services().stream())
                                        .distinct()
                                        .map(SynProxyTest::guarded)
                                        .toArray(ServiceDefinition[]::new))
                        .withAddresses(wide.addresses()),
                new ForwardingLimits(
                        1024,
                        limits.neighbours(),
                        limits.waitingPerNeighbour(),
                        limits.neighbourTimeout(),
                        limits.answersPerSecond(),
                        settings));
    }

    private static ServiceDefinition guarded(ServiceDefinition service) {
        return service.protocol() == Protocol.TCP
                ? service.withPolicy(service.policy().withSynProxy(true), Optional.empty())
                : service;
    }

    /** What is behind a key and an equals sign. */
    static String value(List<String> words, String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + words));
    }

    private static List<String> only(Director director, int port) {
        List<byte[]> frames = director.sent(port);
        assertThat(frames).hasSize(1);
        return PacketReader.words(frames.getFirst());
    }

    private static void nothing(Director director, int port) {
        assertThat(director.sent(port)).isEmpty();
    }

    private byte[] data(int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return data;
    }

    @ParameterizedTest(name = "{0} by {1} to {2}, {3} % trouble")
    @CsvSource({
        "172.16.0.1:40000, 10.0.96.204:80, 192.168.229.1:80, 0",
        "172.16.0.1:40000, 10.0.96.204:80, 192.168.229.1:80, 15",
        "172.16.0.1:40000, 10.0.96.204:81, 192.168.229.1:8081, 15",
        "172.16.0.1:40000, 10.0.96.204:8001, 192.168.229.1:8001, 15",
        "172.16.0.1:40000, 10.0.96.204:8002, 192.168.229.1:8002, 15",
        "172.16.0.1:40000, 10.0.96.46:80, [2001:db8:229::1]:80, 15",
        "[2001:db8:172::1]:40000, [2001:db8:96::204]:80, [2001:db8:229::1]:80, 0",
        "[2001:db8:172::1]:40000, [2001:db8:96::204]:80, [2001:db8:229::1]:80, 15",
        "[2001:db8:172::1]:40000, [2001:db8:96::64]:80, 192.168.229.1:80, 15",
        "[2001:db8:172::1]:40000, [2001:db8:96::64]:8002, 192.168.229.1:8002, 15"
    })
    void aConnectionCarriesDataBothWaysUnchanged(String client, String vip, String server, int trouble) {
        Director director = Director.with(SynProxyTest::proxied);
        byte[] request = data(30_000);
        byte[] answer = data(60_000);
        boolean header = vip.endsWith(":8001") || vip.endsWith(":8002");
        int before = header ? headerSize(client, vip) : 0;
        SimulatedHost one = new SimulatedHost("client", client, vip, 4_294_960_000L, request, answer.length);
        SimulatedHost other = new SimulatedHost("server", server, null, 0xffff_ff00L, answer, request.length + before);

        new TcpExchange(director, random).exchange(one, other, trouble);

        assertThat(one.incoming()).isEqualTo(answer);
        assertThat(other.incoming()).endsWith(request);
        if (vip.endsWith(":80")) {
            assertThat(other.addressOptions().getFirst()).isEqualTo(seenBy(server, client));
        }
        assertThat(director.count(Counter.ANSWERED_SYN)).isPositive();
        assertThat(director.count(Counter.SENT_SYN_PROXY)).isPositive();
        director.pass(Duration.ofSeconds(120));
        assertThat(director.forwarder.status().sessionCount()).isZero();
        director.checkBuffers();
    }

    /** A realserver with IPv6 knows an IPv4 client by its mapped address. */
    private static String seenBy(String server, String client) {
        boolean mapped = server.startsWith("[") && !client.startsWith("[");
        return mapped ? "[::ffff:ac10:1]:40000" : client;
    }

    private static int headerSize(String client, String vip) {
        boolean wide = client.startsWith("[");
        return vip.endsWith(":8002") ? wide ? 52 : 28 : "PROXY TCP4 172.16.0.1 10.0.96.204 40000 8001\r\n".length();
    }

    @Test
    void aSynIsAnsweredAndNothingIsKept() {
        Director director = Director.with(SynProxyTest::proxied);

        director.deliver(
                Director.WAN, "tcp " + CLIENT + " > " + VIP + " S seq=1000 mss=1460 sackok ts=1/0 nop opt3=07");

        List<String> answer = only(director, Director.WAN);
        assertThat(answer).contains("SA", "ack=1001", "win=0", "ttl=63", "mss=1444", "sackok", "len=0");
        assertThat(answer.toString()).doesNotContain("ts=", "opt3");
        nothing(director, Director.LAN);
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.count(Counter.ANSWERED_SYN)).isEqualTo(1);
    }

    @Test
    void aFloodOfSynsTakesNoSessionAndReachesNoRealserver() {
        Director director = Director.with(SynProxyTest::proxied);
        for (int i = 0; i < 5000; i++) {
            director.deliver(
                    Director.WAN,
                    "tcp 172.16." + i / 250 + "." + (1 + i % 250) + ":" + (1024 + i) + " > " + VIP + " S seq=" + i);
            director.sent(Director.WAN);
        }
        nothing(director, Director.LAN);
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.count(Counter.ANSWERED_SYN)).isEqualTo(5000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"another number, 1, 0, 40000", "another client's number, 0, 1, 40000", "another port, 0, 0, 40001"})
    void whoGuessesANumberIsResetAndBeginsNothing(String what, int acknowledgment, int sequence, int port) {
        Director director = Director.with(SynProxyTest::proxied);
        director.deliver(Director.WAN, "tcp " + CLIENT + " > " + VIP + " S seq=1000 mss=1460");
        long cookie = Long.parseLong(value(only(director, Director.WAN), "seq"));

        director.deliver(
                Director.WAN,
                "tcp 172.16.0.1:" + port + " > " + VIP + " A seq=" + (1001 + 2 * sequence) + " ack="
                        + (cookie + 1 + acknowledgment & 0xffff_ffffL));

        assertThat(only(director, Director.WAN)).contains("R");
        nothing(director, Director.LAN);
        assertThat(director.forwarder.status().sessionCount()).isZero();
    }

    @Test
    void aNumberIsForgottenAfterTwoMinutesAndAQuarter() {
        Director director = Director.with(SynProxyTest::proxied);
        director.deliver(Director.WAN, "tcp " + CLIENT + " > " + VIP + " S seq=1000 mss=1460");
        long cookie = Long.parseLong(value(only(director, Director.WAN), "seq"));
        director.now += Duration.ofSeconds(135).toNanos() / 1000;

        director.deliver(Director.WAN, "tcp " + CLIENT + " > " + VIP + " A seq=1001 ack=" + (cookie + 1));

        assertThat(director.sent(Director.WAN).stream().map(PacketReader::words).filter(words -> words.contains("R")))
                .hasSize(1);
        assertThat(director.forwarder.status().sessionCount()).isZero();
    }

    /** Completes the client's part; returns the number of the first byte that it gets. */
    private static long acknowledged(Director director, String syn, String flags) {
        director.deliver(Director.WAN, "tcp " + CLIENT + " > " + VIP + " S seq=1000 mss=1400" + syn);
        long cookie = Long.parseLong(value(only(director, Director.WAN), "seq"));
        director.deliver(
                Director.WAN, "tcp " + CLIENT + " > " + VIP + " " + flags + " ack=" + (cookie + 1 & 0xffff_ffffL));
        return cookie + 1 & 0xffff_ffffL;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"A seq=1001 win=500, 500", "A seq=1000 win=500, 500"})
    void theRealserverGetsTheClientsSynOnceTheClientHasProvenItself(String flags, int window) {
        Director director = Director.with(SynProxyTest::proxied);

        acknowledged(director, " sackok", flags);

        nothing(director, Director.WAN);
        assertThat(only(director, Director.LAN)).contains("S", SERVER, "mss=1400", "sackok", "win=" + window);
    }

    @Test
    void aSilentRealserverIsAskedThreeTimesAndThenTheClientIsTold() {
        Director director = Director.with(SynProxyTest::proxied);
        long first = acknowledged(director, "", "A seq=1001");
        List<String> syn = only(director, Director.LAN);

        for (int i = 0; i < 2; i++) {
            director.pass(Duration.ofMillis(3200));
            List<String> again = only(director, Director.LAN);
            assertThat(again).contains("S", "seq=" + value(syn, "seq"), syn.get(1), syn.get(3));
            nothing(director, Director.WAN);
        }
        director.pass(Duration.ofMillis(3200));

        nothing(director, Director.LAN);
        assertThat(only(director, Director.WAN)).contains("R", "seq=" + first, VIP, CLIENT);
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.count(Counter.SENT_SYN_PROXY)).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"172.16.0.1:40000, 10.0.96.204:80", "[2001:db8:172::1]:40000, [2001:db8:96::204]:80"})
    void whereNoRealserverIsLeftTheClientIsTold(String client, String vip) {
        Director director = Director.with(SynProxyTest::proxied);
        director.deliver(Director.WAN, "tcp " + client + " > " + vip + " S seq=1000 mss=1400");
        long first = Long.parseLong(value(only(director, Director.WAN), "seq")) + 1 & 0xffff_ffffL;
        director.change(tables -> DirectorTables.services(
                        tables,
                        tables.services().stream()
                                .map(service -> service.withRealservers(List.of()))
                                .toArray(ServiceDefinition[]::new))
                .withAddresses(tables.addresses()));

        director.deliver(Director.WAN, "tcp " + client + " > " + vip + " A seq=1001 ack=" + first);

        assertThat(only(director, Director.WAN)).contains("R", "seq=" + first, vip, client);
        assertThat(director.forwarder.status().sessionCount()).isZero();
    }

    @Test
    void aClientThatAsksAgainHasTheRealserverAskedAgain() {
        Director director = Director.with(SynProxyTest::proxied);
        long first = acknowledged(director, "", "A seq=1001");
        only(director, Director.LAN);
        String probe = "tcp " + CLIENT + " > " + VIP + " A seq=1000 ack=" + first;

        director.deliver(Director.WAN, probe);
        nothing(director, Director.LAN);
        director.pass(Duration.ofMillis(1100));
        director.deliver(Director.WAN, probe);

        assertThat(only(director, Director.LAN)).contains("S");
        assertThat(director.count(Counter.DROPPED_SYN_PROXY)).isEqualTo(2);
    }

    @Test
    void aRefusalEndsTheClientsConnection() {
        Director director = Director.with(SynProxyTest::proxied);
        long first = acknowledged(director, "", "A seq=1001");
        List<String> syn = only(director, Director.LAN);

        director.deliver(
                Director.LAN,
                "tcp " + SERVER + " > " + syn.get(1) + " RA seq=0 ack="
                        + (Long.parseLong(value(syn, "seq")) + 1 & 0xffff_ffffL));

        assertThat(only(director, Director.WAN)).contains("seq=" + first, VIP, CLIENT);
        nothing(director, Director.LAN);
    }

    @ParameterizedTest(name = "realserver {0}: window {1} is told as {2}, then {3} as {4}, the client''s {5} as {6}")
    @CsvSource({
        "opt3=09, 51200, 400, 200, 800, 300, 300",
        "opt3=05, 51200, 400, 800, 200, 300, 300",
        "opt3=07, 51200, 400, 200, 200, 300, 300",
        "'', 51200, 400, 51200, 400, 300, 4800"
    })
    void windowsAreToldInTheScaleThatWasAgreedWithEachEnd(
            String scale, int opening, int opened, int sent, int told, int clients, int passed) {
        Director director = Director.with(tables -> proxied(tables, new SynProxySettings(1452, 63, true, 7, 3)));
        long first = acknowledged(director, " nop opt3=04", "A seq=1001 win=100");
        List<String> syn = only(director, Director.LAN);
        assertThat(syn).contains("opt3=04", "win=1600");
        long clientFirst = Long.parseLong(value(syn, "seq"));
        String answer = " ack=" + (clientFirst + 1 & 0xffff_ffffL);

        director.deliver(
                Director.LAN,
                "tcp " + SERVER + " > " + syn.get(1) + " SA seq=5000" + answer + " win=" + opening + " mss=1460 nop "
                        + scale);
        assertThat(only(director, Director.WAN)).contains("A", "seq=" + first, "ack=1001", "win=" + opened);
        assertThat(only(director, Director.LAN)).contains("A", "ack=5001");
        director.deliver(
                Director.LAN,
                "tcp " + SERVER + " > " + syn.get(1) + " PA seq=5001" + answer + " win=" + sent + " hex=aa");
        assertThat(only(director, Director.WAN)).contains("seq=" + first, "win=" + told);
        director.deliver(
                Director.WAN,
                "tcp " + CLIENT + " > " + VIP + " A seq=1001 ack=" + (first + 1 & 0xffff_ffffL) + " win=" + clients
                        + " nop nop sack=" + (first + 5 & 0xffff_ffffL) + "-" + (first + 9 & 0xffff_ffffL));
        assertThat(only(director, Director.LAN)).contains("ack=5002", "win=" + passed, "sack=5006-5010");
    }

    @Test
    void theRealserversAnswerIsTakenAgainWhenItComesAgain() {
        Director director = Director.with(SynProxyTest::proxied);
        acknowledged(director, "", "A seq=1001");
        List<String> syn = only(director, Director.LAN);
        String answer = "tcp " + SERVER + " > " + syn.get(1) + " SA seq=5000 ack="
                + (Long.parseLong(value(syn, "seq")) + 1 & 0xffff_ffffL) + " mss=1460";
        director.deliver(Director.LAN, answer);
        List<String> first = only(director, Director.LAN);
        List<String> opened = only(director, Director.WAN);

        director.deliver(Director.LAN, answer);

        assertThat(only(director, Director.LAN)).isEqualTo(first).contains("toa=" + CLIENT);
        assertThat(only(director, Director.WAN)).isEqualTo(opened);
    }

    @Test
    void anAnswerWithAWrongChecksumIsNotMadeRight() {
        Director director = Director.with(SynProxyTest::proxied);
        acknowledged(director, "", "A seq=1001");
        List<String> syn = only(director, Director.LAN);
        byte[] frame = Director.frame(
                Director.LAN,
                "tcp " + SERVER + " > " + syn.get(1) + " SA seq=5000 ack="
                        + (Long.parseLong(value(syn, "seq")) + 1 & 0xffff_ffffL) + " mss=1460");
        frame[frame.length - 1] ^= 1;

        director.deliver(Director.LAN, frame);

        nothing(director, Director.WAN);
        nothing(director, Director.LAN);
        assertThat(director.count(Counter.DROPPED_L4_CHECKSUM)).isEqualTo(1);
    }

    @Test
    void theSamePortsServeOneConnectionAfterAnother() {
        Director director = Director.with(SynProxyTest::proxied);
        TcpExchange network = new TcpExchange(director, random);
        for (int i = 0; i < 20; i++) {
            byte[] request = data(100);
            SimulatedHost client = new SimulatedHost("client", CLIENT, VIP, i * 1_000_003L, request, 1000);
            String realserver = i % 2 == 0 ? SERVER : "192.168.229.2:80";
            SimulatedHost server = new SimulatedHost("server", realserver, null, i * 77L, data(1000), request.length);
            network.exchange(client, server, 0);
            assertThat(server.incoming()).isEqualTo(request);
            network.forget();
        }
        assertThat(director.count(Counter.ANSWERED_SYN)).isEqualTo(20);
    }

    @Test
    void whoIsDeniedLearnsNothing() {
        Director director = Director.with(tables -> {
            ForwardingTables all = proxied(tables);
            AccessRules rules = new AccessRules(List.of(AccessSubject.parse("172.16.0.0/16")), List.of());
            return DirectorTables.services(
                    all,
                    all.services().stream()
                            .map(service -> service.withAccess(rules))
                            .toArray(ServiceDefinition[]::new));
        });

        director.deliver(Director.WAN, "tcp " + CLIENT + " > " + VIP + " S seq=1000 mss=1460");

        nothing(director, Director.WAN);
        assertThat(director.count(Counter.DROPPED_DENIED)).isEqualTo(1);
    }

    @Test
    void quotedPacketsGetTheNumbersOfTheirSender() {
        Director director = Director.with(SynProxyTest::proxied);
        long first = acknowledged(director, "", "A seq=1001");
        List<String> syn = only(director, Director.LAN);
        director.deliver(
                Director.LAN,
                "tcp " + SERVER + " > " + syn.get(1) + " SA seq=5000 ack="
                        + (Long.parseLong(value(syn, "seq")) + 1 & 0xffff_ffffL) + " mss=1460");
        director.sent(Director.LAN);
        director.sent(Director.WAN);

        director.deliver(
                Director.WAN,
                "icmp 10.0.96.254 > 10.0.96.204 type=3 code=4 mtu=1400 [ tcp " + VIP + " > " + CLIENT + " A seq="
                        + (first + 10 & 0xffff_ffffL) + " ack=1001 ]");

        assertThat(only(director, Director.LAN).toString()).contains("seq=5011");
    }

    @Test
    void onlyTcpInFullNatMayHaveOne() {
        ServiceDefinition udp = DirectorTables.service(DirectorTables.ip("10.0.96.204"), 53, Protocol.UDP, false);
        assertThatThrownBy(() -> udp.withPolicy(udp.policy().withSynProxy(true), Optional.empty()))
                .hasMessageContaining("SYN proxy");
        RealserverDefinition routed = Modes.realserver("192.168.229.1", 80, ForwardingMode.DIRECT);
        ServiceDefinition direct =
                DirectorTables.service(DirectorTables.ip("10.0.96.204"), 80, Protocol.TCP, false, routed);
        assertThatThrownBy(() -> direct.withPolicy(direct.policy().withSynProxy(true), Optional.empty()))
                .hasMessageContaining("FullNAT");
    }

    @Test
    void theStateOfAConnectionIsSeen() {
        Director director = Director.with(SynProxyTest::proxied);
        acknowledged(director, "", "A seq=1001");

        assertThat(director.forwarder.status().sessions(1, director.now))
                .singleElement()
                .satisfies(session -> assertThat(session.state()).isEqualTo(SessionState.SYN_RECV));
    }

    @Test
    void theOptionOfKind253IsTold() {
        Director director = Director.with(SynProxyTest::proxied);
        assertThat(director.forwarder.status().tables().services())
                .filteredOn(service -> service.clientAddress() == ClientAddressWay.TOA_253)
                .isNotEmpty()
                .allMatch(service -> service.policy().synProxy());
        director.deliver(Director.WAN, "tcp " + CLIENT + " > 10.0.96.204:8253 S seq=1 mss=1460");
        assertThat(only(director, Director.WAN)).contains("mss=1444");
    }
}
