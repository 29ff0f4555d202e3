package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.StaticBinding;
import io.twoarm.director.report.Counter;
import io.twoarm.director.siit.TranslationPrefix;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NAT64 that changes while packets flow: sessions that fit go on, others end, with one worker and with several. */
class Nat64ChangesTest {
    private static final Ipv4Address POOL = DirectorTables.ip("203.0.113.1");
    private static final Ipv4Address OTHER = DirectorTables.ip("203.0.113.2");
    private static final Ipv6Address HOST = Ipv6Address.parse("2001:db8:229::2");
    private static final String PREFIX = "64:ff9b::";

    private Director director;

    private static Nat64Definition definition(String prefix, int most, Ipv4Address... pool) {
        IpAddress at = IpAddress.parse(prefix);
        return Nat64Definition.of(
                new TranslationPrefix(at.high(), at.low(), 96),
                List.of(pool).stream().map(address -> (int) address.low()).toList(),
                most,
                most);
    }

    private static Nat64Definition standard() {
        return definition(PREFIX, 1000, POOL);
    }

    private static StaticBinding binding(int outsidePort, int insidePort) {
        return new StaticBinding(Nat64Protocol.UDP, POOL, outsidePort, HOST, insidePort);
    }

    private void start(int workers, Nat64Definition definition) {
        UnaryOperator<ForwardingTables> tables =
                all -> DirectorTables.withIpv6(all).withNat64(definition);
        director = workers == 1 ? Director.with(tables) : Director.ofWorkers(workers, tables);
    }

    private void change(Nat64Definition definition) {
        director.change(tables -> tables.withNat64(definition));
    }

    /** Lets a host send a datagram; returns where it is seen to come from, or nothing. */
    private String out(String host, int port) {
        return out(host, port, PREFIX);
    }

    private String out(String host, int port, String prefix) {
        director.deliver(Director.LAN, "udp [" + host + "]:" + port + " > [" + prefix + "ac10:1]:53 len=10");
        List<byte[]> sent = director.sent(Director.WAN);
        return sent.isEmpty() ? "" : PacketReader.words(sent.getFirst()).get(1);
    }

    /** Lets an IPv4 host answer; returns who gets it, or nothing. */
    private String in(String outside) {
        director.deliver(Director.WAN, "udp 172.16.0.1:53 > " + outside + " len=10");
        List<byte[]> sent = director.sent(Director.LAN);
        return sent.isEmpty() ? "" : PacketReader.words(sent.getFirst()).get(3);
    }

    private int sessions() {
        return director.view().nat64(0).sessionCount();
    }

    private int bindings() {
        return director.view().nat64(0).bindingCount();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void timesHoldForSessionsThatThereAre(int workers) {
        start(workers, standard());
        String outside = out("2001:db8:229::1", 40_000);
        director.pass(Duration.ofSeconds(200));
        Nat64Definition now = standard();
        change(new Nat64Definition(
                now.prefix(),
                now.pool(),
                false,
                1000,
                1000,
                Duration.ofSeconds(120),
                now.icmp(),
                now.tcpEstablished(),
                now.tcpTransitory(),
                List.of()));
        director.tick();
        assertThat(in(outside)).isEmpty();
        assertThat(director.count(Counter.DROPPED_NO_BINDING)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void configuredBindingsComeAndGoWhileOthersStay(int workers) {
        start(workers, standard());
        String other = out("2001:db8:229::1", 40_000);
        for (int port = 5300; port < 5308; port++) {
            change(standard().withBindings(List.of(binding(port, 53))));
            assertThat(in("203.0.113.1:" + port)).isEqualTo("[2001:db8:229::2]:53");
            assertThat(out("2001:db8:229::2", 53)).isEqualTo("203.0.113.1:" + port);
            assertThat(in("203.0.113.1:" + (port - 1))).isEmpty();
        }
        change(standard());
        assertThat(in("203.0.113.1:5307")).isEmpty();
        assertThat(in(other)).isEqualTo("[2001:db8:229::1]:40000");
        assertThat(sessions()).isOne();
        assertThat(bindings()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatIsConfiguredLikeABindingThatThereIsKeepsItsSessions(int workers) {
        start(workers, standard());
        assertThat(out("2001:db8:229::2", 5300)).isEqualTo("203.0.113.1:5300");
        change(standard().withBindings(List.of(binding(5300, 5300))));
        assertThat(sessions()).isOne();
        director.pass(Duration.ofSeconds(400));
        assertThat(sessions()).isZero();
        assertThat(in("203.0.113.1:5300")).isEqualTo("[2001:db8:229::2]:5300");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatIsConfiguredOtherwiseEndsBindingsWithEitherEnd(int workers) {
        start(workers, standard());
        assertThat(out("2001:db8:229::1", 5300)).isEqualTo("203.0.113.1:5300");
        assertThat(out("2001:db8:229::2", 53)).isEqualTo("203.0.113.1:53");
        change(standard().withBindings(List.of(binding(5300, 53))));
        assertThat(sessions()).isZero();
        assertThat(in("203.0.113.1:5300")).isEqualTo("[2001:db8:229::2]:53");
        assertThat(in("203.0.113.1:53")).isEmpty();
        assertThat(out("2001:db8:229::1", 5300)).startsWith("203.0.113.1:").isNotEqualTo("203.0.113.1:5300");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sessionsOfAddressesThatThePoolKeepsGoOn(int workers) {
        start(workers, definition(PREFIX, 1000, POOL, OTHER));
        List<String> outside = IntStream.range(1, 40)
                .mapToObj(host -> out("2001:db8:229:0:1::" + host, 40_000 + 2 * host))
                .toList();
        change(standard());
        for (int host = 1; host < 40; host++) {
            boolean stays = outside.get(host - 1).startsWith("203.0.113.1:");
            assertThat(director.forwarder.status().tables().nat64().pool()).hasSize(1);
            assertThat(arrives(outside.get(host - 1))).isEqualTo(stays);
        }
        long kept = outside.stream().filter(at -> at.startsWith("203.0.113.1:")).count();
        assertThat(kept).isBetween(5L, 35L);
        assertThat(sessions()).isEqualTo((int) kept);
        assertThat(out("2001:db8:229::1", 40_000)).startsWith("203.0.113.1:");
    }

    /** The hosts of this test have no Ethernet address, so what is translated waits. */
    private boolean arrives(String outside) {
        long before = director.count(Counter.WAITING) + director.count(Counter.DROPPED_NEIGHBOUR_QUEUE);
        director.deliver(Director.WAN, "udp 172.16.0.1:53 > " + outside + " len=10");
        director.sent(Director.LAN);
        return director.count(Counter.WAITING) + director.count(Counter.DROPPED_NEIGHBOUR_QUEUE) > before;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anotherPrefixEndsAllSessions(int workers) {
        start(workers, standard().withBindings(List.of(binding(5300, 53))));
        String outside = out("2001:db8:229::1", 40_000);
        assertThat(in("203.0.113.1:5300")).isEqualTo("[2001:db8:229::2]:53");
        change(definition("2001:db8:64::", 1000, POOL).withBindings(List.of(binding(5300, 53))));
        assertThat(sessions()).isZero();
        assertThat(in(outside)).isEmpty();
        assertThat(out("2001:db8:229::1", 40_000)).isEmpty();
        assertThat(out("2001:db8:229::1", 40_000, "2001:db8:64::")).isEqualTo("203.0.113.1:40000");
        assertThat(in("203.0.113.1:5300")).isEqualTo("[2001:db8:229::2]:53");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itIsSwitchedOnAndOff(int workers) {
        start(workers, Nat64Definition.NONE);
        assertThat(out("2001:db8:229::1", 40_000)).isEmpty();
        for (int round = 0; round < 3; round++) {
            change(standard().withBindings(List.of(binding(5300, 53))));
            assertThat(out("2001:db8:229::1", 40_000)).isEqualTo("203.0.113.1:40000");
            assertThat(in("203.0.113.1:5300")).isEqualTo("[2001:db8:229::2]:53");
            assertThat(director.view().nat64(0).bindingCapacity()).isBetween(1000, 1000 + workers);
            change(Nat64Definition.NONE);
            assertThat(in("203.0.113.1:40000")).isEmpty();
            assertThat(sessions()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whoMaySendIsAskedAnew(int workers) {
        start(workers, standard());
        String outside = out("2001:db8:229::1", 40_000);
        change(standard().filtering());
        director.deliver(Director.WAN, "udp 172.16.0.9:53 > " + outside + " len=10");
        assertThat(director.sent(Director.LAN)).isEmpty();
        assertThat(in(outside)).isEqualTo("[2001:db8:229::1]:40000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void configuredBindingsFindRoomInAFullTable(int workers) {
        start(workers, definition(PREFIX, 8, POOL));
        for (int port = 40_000; port < 40_020; port++) {
            out("2001:db8:229::1", port);
        }
        assertThat(bindings()).isEqualTo(8);
        List<StaticBinding> wanted =
                IntStream.range(0, 4).mapToObj(i -> binding(5300 + i, 53 + i)).toList();
        change(definition(PREFIX, 8, POOL).withBindings(wanted));
        for (int i = 0; i < 4; i++) {
            assertThat(in("203.0.113.1:" + (5300 + i))).isEqualTo("[2001:db8:229::2]:" + (53 + i));
        }
        assertThat(bindings()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void moreThanThereIsRoomForIsRefused(int workers) {
        start(workers, definition(PREFIX, 8, POOL));
        List<StaticBinding> wanted = IntStream.range(0, 9)
                .mapToObj(i -> binding(5300 + 4 * i, 53 + i))
                .toList();
        assertThatThrownBy(() -> change(definition(PREFIX, 8, POOL).withBindings(wanted)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 bindings of NAT64 are configured; " + 8 / workers + " are allowed")
                .hasMessageContaining("raise bindings in nat64_defs");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void thousandsOfSessionsEndWithinTheNextTurns(int workers) {
        start(workers, definition(PREFIX, 4000, POOL, OTHER));
        for (int port = 2000; port < 5000; port++) {
            out("2001:db8:229::1", port);
        }
        assertThat(sessions()).isEqualTo(3000);
        String address = out("2001:db8:229::1", 2000).split(":")[0];
        Ipv4Address left = address.equals("203.0.113.1") ? OTHER : POOL;
        change(definition(PREFIX, 4000, left));
        assertThat(sessions()).isZero();
        assertThat(bindings()).isZero();
        assertThat(out("2001:db8:229::1", 2000)).isEqualTo(left + ":2000");
        assertThat(sessions()).isOne();
    }
}
