package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.wire.PacketReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SNAT beyond single packets: many flows, full ports, several workers, changes while flows live. */
class OutboundFlowsTest {
    private static final int SOURCE_PORT = 34;

    private static List<String> words(Director director, int port) {
        List<byte[]> frames = director.sent(port);
        assertThat(frames).hasSize(1);
        return PacketReader.words(frames.getFirst());
    }

    /** Sends a datagram out and its answer back in; returns the end that the destination saw. */
    private static String exchange(Director director, String host, String destination) {
        director.deliver(Director.LAN, "udp " + host + " > " + destination + " len=30");
        String outside = words(director, Director.WAN).get(1);
        director.deliver(Director.WAN, "udp " + destination + " > " + outside + " len=30");
        assertThat(words(director, Director.LAN)).contains(host, destination);
        return outside;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersComeToTheWorkerThatHasTheFlow(boolean local) {
        Director director = Director.ofTwoWorkers(local ? Outbound::byLocalAddress : Outbound::tables);
        for (int i = 0; i < 60; i++) {
            exchange(director, "192.168.229.1:" + (40_000 + i), "203.0.113." + (i + 1) + ":53");
            exchange(director, "[2001:db8:229::1]:" + (40_000 + i), "[2001:db8:5::" + (i + 1) + "]:53");
        }
        assertThat(director.count(Counter.FORWARDED_TO_CLIENT)).isEqualTo(120);
        for (Forwarder worker : director.forwarders) {
            assertThat(worker.status().sessionCount()).isBetween(30, 90);
        }
    }

    @Test
    void pingsAndErrorsComeToTheWorkerThatHasTheFlow() {
        Director director = Director.ofTwoWorkers(Outbound::tables);
        for (int i = 1; i <= 40; i++) {
            String destination = "203.0.113." + i;
            director.deliver(Director.LAN, "icmp 192.168.229.1 > " + destination + " echo id=7 seq=1");
            List<String> ping = words(director, Director.WAN);
            director.deliver(
                    Director.WAN, "icmp " + destination + " > " + ping.get(1) + " reply " + ping.get(5) + " seq=1");
            assertThat(words(director, Director.LAN)).contains("192.168.229.1", "id=7");
            String outside = exchange(director, "192.168.229.1:5000", destination + ":33434");
            director.deliver(
                    Director.WAN,
                    "icmp 198.51.100.9 > " + outside.split(":")[0] + " error type=11 [ udp " + outside + " > "
                            + destination + ":33434 len=30 ]");
            assertThat(words(director, Director.LAN)).contains("198.51.100.9", "192.168.229.1:5000");
        }
        assertThat(director.count(Counter.FORWARDED_ICMP_ERROR)).isEqualTo(40);
    }

    @Test
    void flowsToOneDestinationGetPortsOfTheirOwn() {
        Director director =
                Director.with(tables -> DirectorTables.limits(Outbound.tables(tables), ForwardingLimits.defaults()));
        Set<String> outside = new HashSet<>();
        for (int port = 20_000; port < 23_000; port++) {
            director.deliver(Director.LAN, "udp 192.168.229.1:" + port + " > 203.0.113.5:53 len=1");
            outside.add(words(director, Director.WAN).get(1));
        }
        assertThat(outside).hasSize(3000);
        assertThat(outside.stream().filter(end -> end.startsWith("10.0.96.210:")))
                .hasSize(1500);
        assertThat(director.count(Counter.LOCAL_PORTS_EXHAUSTED)).isZero();
    }

    @Test
    void whenAllPortsTowardsADestinationAreTakenOthersStillHaveThem() {
        Director director = Director.with(tables -> DirectorTables.limits(
                        Outbound.tables(tables), ForwardingLimits.defaults().withSessions(1 << 17))
                .withServices(
                        List.of(Outbound.match(Protocol.UDP, "192.168.229.0", "192.168.229.255", "10.0.96.210"))));
        fill(director);
        assertThat(director.count(Counter.LOCAL_PORTS_EXHAUSTED)).isPositive();
        // A search looks at some of the ports only, so the last few may stay unused.
        assertThat(director.forwarder.status().sessionCount()).isBetween(63_500, 64_511);
        exchange(director, "192.168.229.1:1", "203.0.113.6:53");
        assertThat(director.forwarder.balance()).isZero();
    }

    /** One datagram from each port of two hosts to one destination. */
    private static void fill(Director director) {
        byte[] frame = Director.frame(Director.LAN, "udp 192.168.229.1:1 > 203.0.113.5:53 len=1 nosum");
        for (int i = 0; i < 70_000; i++) {
            byte[] one = frame.clone();
            one[29] = (byte) (i < 65_000 ? 1 : 2);
            int port = i % 65_000 + 1;
            one[SOURCE_PORT] = (byte) (port >> 8);
            one[SOURCE_PORT + 1] = (byte) port;
            repairHeader(one);
            director.deliver(Director.LAN, List.of(one));
            director.sent(Director.WAN);
        }
    }

    private static void repairHeader(byte[] frame) {
        frame[24] = 0;
        frame[25] = 0;
        int sum = 0;
        for (int at = 14; at < 34; at += 2) {
            sum += (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = ~((sum & 0xffff) + (sum >>> 16));
        frame[24] = (byte) (sum >> 8);
        frame[25] = (byte) sum;
    }

    @Test
    void figuresBelongToTheAddressThatAFlowLeavesWith() {
        Director director = Director.with(Outbound::tables);
        exchange(director, "192.168.229.1:5000", "203.0.113.5:53");
        exchange(director, "192.168.229.2:5000", "203.0.113.5:53");
        ServiceStatus service = director.view().services().stream()
                .filter(status -> status.definition().match().isPresent()
                        && status.definition().protocol() == Protocol.UDP
                        && status.definition().match().get().ipv4())
                .findFirst()
                .orElseThrow();
        assertThat(service.realservers())
                .extracting(RealserverStatus::connections)
                .containsExactly(1L, 1L);
        assertThat(service.realservers())
                .extracting(RealserverStatus::packetsIn)
                .containsExactly(1L, 1L);
        assertThat(service.realservers())
                .extracting(RealserverStatus::packetsOut)
                .containsExactly(1L, 1L);
        assertThat(service.realservers())
                .extracting(RealserverStatus::inactiveSessions)
                .containsExactly(1L, 1L);
    }

    @Test
    void aFlowGoesOnWhenItsAddressOrItsServiceIsTakenOut() {
        Director director = Director.with(Outbound::tables);
        String outside = exchange(director, "192.168.229.1:5000", "203.0.113.5:53");
        director.change(tables -> tables.withServices(tables.services().stream()
                .filter(service -> service.match().isEmpty())
                .toList()));
        director.deliver(Director.WAN, "udp 203.0.113.5:53 > " + outside + " len=30");
        assertThat(words(director, Director.LAN)).contains("192.168.229.1:5000");
        director.deliver(Director.LAN, "udp 192.168.229.1:5001 > 203.0.113.5:53 len=30");
        assertThat(director.sent(Director.WAN)).isEmpty();
        assertThat(director.count(Counter.DROPPED_NOT_LOCAL)).isEqualTo(1);
    }

    @Test
    void theFirstServiceThatMatchesTakesTheFlow() {
        ServiceDefinition one = Outbound.match(Protocol.UDP, "192.168.229.1", "192.168.229.1", "10.0.96.211");
        Director director = Director.with(tables -> {
            ForwardingTables all = Outbound.tables(tables);
            List<ServiceDefinition> services = new ArrayList<>(List.of(one));
            services.addAll(all.services());
            return all.withServices(services);
        });
        assertThat(exchange(director, "192.168.229.1:5000", "203.0.113.5:53")).startsWith("10.0.96.211:");
        assertThat(exchange(director, "192.168.229.1:5001", "203.0.113.5:53")).startsWith("10.0.96.211:");
        assertThat(exchange(director, "192.168.229.2:5000", "203.0.113.5:53")).startsWith("10.0.96.210:");
    }

    @Test
    void tablesThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> with(Outbound.match(Protocol.UDP, "192.168.0.1", "192.168.0.2", "10.0.96.99")))
                .hasMessageContaining("10.0.96.99 of the match service udp,from=192.168.0.1-192.168.0.2:0-0,oif=port0")
                .hasMessageContaining("no own address");
        assertThatThrownBy(() -> with(Outbound.match(Protocol.UDP, "192.168.0.1", "192.168.0.2", "192.168.229.204")))
                .hasMessageContaining("is a local address of FullNAT");
        assertThatThrownBy(() -> with(Outbound.match(Protocol.UDP, "192.168.0.1", "192.168.0.2", "2001:db8:96::210")))
                .hasMessageContaining("of the other family than its flows");
        ServiceDefinition good = Outbound.match(Protocol.UDP, "192.168.0.1", "192.168.0.2", "10.0.96.210");
        assertThatThrownBy(() -> with(good, good)).hasMessageContaining("given twice");
        assertThat(good.key()).isEqualTo(new ServiceKey(good.protocol(), good.address(), 0, good.match()));
        assertThat(good.match().orElseThrow().option(port -> "dpdk" + port))
                .isEqualTo("proto=udp,src-range=192.168.0.1-192.168.0.2:0-0,oif=dpdk0");
        assertThatThrownBy(() -> new FlowMatch(Protocol.ICMPV6, true, Optional.empty(), Optional.empty(), -1, -1))
                .hasMessageContaining("proto=icmpv6 is of the other family");
    }

    private static void with(ServiceDefinition... more) {
        UnaryOperator<ForwardingTables> change = tables -> {
            ForwardingTables all = Outbound.tables(tables);
            List<ServiceDefinition> services = new ArrayList<>(all.services());
            services.addAll(List.of(more));
            return all.withServices(services);
        };
        Director.with(change);
    }

    /** Flows that begin, are asked about, refused, and go both ways. */
    @Test
    void newFlowsAndTheirPacketsAllocateNothing() {
        Director director = Director.with(Outbound::denying);
        long burst = NativeMemory.ofProcess().allocate(32 * 8L, 64);
        byte[][] frames = {
            Director.frame(Director.LAN, "udp 192.168.229.1:1 > 203.0.113.5:53 len=64"),
            Director.frame(Director.LAN, "udp [2001:db8:229::1]:1 > [2001:db8:5::5]:53 len=64"),
            Director.frame(Director.LAN, "icmp 192.168.229.1 > 203.0.113.5 echo id=7 seq=1 len=56"),
        };
        byte[] refused = Director.frame(Director.WAN, "udp 172.16.7.1:1 > 10.0.96.204:53 len=64");
        director.wan.discardFrames();
        director.lan.discardFrames();
        int[] turn = {0};
        Runnable turns = () -> {
            for (int i = 0; i < 4000; i++) {
                put(director, burst, frames[turn[0] % frames.length], turn[0] % frames.length);
                director.forwarder.process(Director.LAN, burst, 1, director.now);
                put(director, burst, refused, 2);
                director.forwarder.process(Director.WAN, burst, 1, director.now);
                // Sessions expire faster than they come, so that new ones begin all the time.
                director.now += 2_000_000;
                director.forwarder.tick(director.now);
                turn[0]++;
            }
        };
        for (int round = 0; round < 10; round++) {
            turns.run();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        // The virtual machine itself may allocate once in a while when it compiles anew; packets would in every round.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            turns.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
        assertThat(director.count(Counter.DROPPED_DENIED)).isEqualTo(60_000);
        assertThat(director.count(Counter.SESSIONS_CREATED)).isGreaterThan(1000);
    }

    /** @param kind 0 IPv4 and 1 IPv6 with a source port that differs each time, 2 as it is */
    private static void put(Director director, long burst, byte[] frame, int kind) {
        director.buffers.allocate(burst, 1);
        long mbuf = Mem.getLong(burst);
        Mbuf.setLength(mbuf, frame.length);
        long data = Mbuf.data(mbuf);
        for (int b = 0; b < frame.length; b++) {
            Mem.putByte(data + b, frame[b]);
        }
        if (kind < 2) {
            Mem.putShortBE(data + (kind == 0 ? SOURCE_PORT : 54), 1024 + (int) (director.now / 2_000_000 % 60_000));
        }
    }
}
