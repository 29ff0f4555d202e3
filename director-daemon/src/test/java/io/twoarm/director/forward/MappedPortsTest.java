package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.wire.PacketReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports of hosts behind the director that are mapped independently of destinations, beyond single packets. */
class MappedPortsTest {
    private static final int SOURCE_PORT = 34;

    private static UnaryOperator<ForwardingTables> mapped(OutsideFilter filter) {
        return tables -> Outbound.mapped(tables, filter);
    }

    private static List<String> words(Director director, int port) {
        List<byte[]> frames = director.sent(port);
        assertThat(frames).hasSize(1);
        return PacketReader.words(frames.getFirst());
    }

    /** Sends a datagram out; returns the end that the destination sees. */
    private static String outside(Director director, String host, String destination) {
        director.deliver(Director.LAN, "udp " + host + " > " + destination + " len=30");
        return words(director, Director.WAN).get(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void everyPortOfEveryHostIsMappedOnceAndReachedByAll(int workers) {
        Director director = Director.ofWorkers(workers, mapped(OutsideFilter.ENDPOINT));
        Set<String> outside = new HashSet<>();
        for (int i = 0; i < 80; i++) {
            String host = "192.168.229." + (1 + i % 2) + ":" + (20_000 + i / 2);
            String end = outside(director, host, "203.0.113.5:53");
            assertThat(outside(director, host, "203.0.113." + (6 + i) + ":" + (100 + i)))
                    .isEqualTo(end);
            assertThat(outside.add(end)).isTrue();
            director.deliver(Director.WAN, "udp 198.51.100." + (1 + i) + ":" + (7000 + i) + " > " + end + " len=30");
            assertThat(words(director, Director.LAN)).contains(host);
        }
        assertThat(director.count(Counter.SESSIONS_CREATED)).isEqualTo(240);
        MappingStatus mappings = director.view().mappings(100);
        assertThat(mappings.count()).isEqualTo(80);
        assertThat(mappings.mappings())
                .allSatisfy(mapping -> assertThat(mapping.sessions()).isEqualTo(3))
                .extracting(mapping -> mapping.outside().withPort(mapping.outsidePort()))
                .containsExactlyInAnyOrderElementsOf(outside);
        for (Forwarder worker : director.forwarders) {
            assertThat(worker.status().sessionCount()).isGreaterThan(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void hostsReachEachOtherWhicheverWorkersTheirPortsBelongTo(int workers) {
        Director director = Director.ofWorkers(workers, mapped(OutsideFilter.ADDRESS_PORT));
        for (int i = 0; i < 40; i++) {
            String one = "192.168.229.1:" + (20_000 + 2 * i);
            String other = "192.168.229.2:" + (30_000 + 14 * i);
            String oneOutside = outside(director, one, "203.0.113.5:53");
            String otherOutside = outside(director, other, "203.0.113.5:53");
            // Each opens its filter for the other; the first one's packet still finds it closed.
            director.deliver(Director.LAN, "udp " + one + " > " + otherOutside + " len=30");
            assertThat(director.sent(Director.LAN)).isEmpty();
            director.deliver(Director.LAN, "udp " + other + " > " + oneOutside + " len=30");
            assertThat(words(director, Director.LAN)).contains(otherOutside, one);
            director.deliver(Director.LAN, "udp " + one + " > " + otherOutside + " len=30");
            assertThat(words(director, Director.LAN)).contains(oneOutside, other);
        }
        assertThat(director.count(Counter.DROPPED_NO_BINDING)).isEqualTo(40);
    }

    @Test
    void aMappingWhoseAddressIsTakenOutIsMadeAnewAndTheOldSessionsGoOn() {
        Director director = Director.with(mapped(OutsideFilter.ENDPOINT));
        assertThat(outside(director, "192.168.229.1:5000", "203.0.113.5:53")).isEqualTo("10.0.96.210:5000");
        director.change(tables -> tables.withServices(tables.services().stream()
                .map(service -> service.policy().endpointIndependent().isEmpty()
                        ? service
                        : Outbound.mapped(
                                Outbound.match(service.protocol(), "192.168.229.0", "192.168.229.203", "10.0.96.211"),
                                OutsideFilter.ENDPOINT))
                .toList()));
        assertThat(outside(director, "192.168.229.1:5000", "203.0.113.6:53")).isEqualTo("10.0.96.211:5000");
        director.deliver(Director.WAN, "udp 203.0.113.5:53 > 10.0.96.210:5000 len=30");
        assertThat(words(director, Director.LAN)).contains("203.0.113.5:53", "192.168.229.1:5000");
        director.deliver(Director.WAN, "udp 203.0.113.9:53 > 10.0.96.210:5000 len=30");
        assertThat(words(director, Director.WAN)).contains("type=3", "code=3");
    }

    @Test
    void aFilterIsChangedForPortsThatAreMappedAlready() {
        Director director = Director.with(mapped(OutsideFilter.ENDPOINT));
        outside(director, "192.168.229.1:5000", "203.0.113.5:53");
        director.change(tables -> tables.withServices(tables.services().stream()
                .map(service -> service.policy().endpointIndependent().isEmpty()
                        ? service
                        : Outbound.mapped(service, OutsideFilter.ADDRESS))
                .toList()));
        director.deliver(Director.WAN, "udp 203.0.113.6:53 > 10.0.96.210:5000 len=30");
        assertThat(director.count(Counter.DROPPED_NO_BINDING)).isEqualTo(1);
        assertThat(outside(director, "192.168.229.1:5000", "203.0.113.6:54")).isEqualTo("10.0.96.210:5000");
        director.deliver(Director.WAN, "udp 203.0.113.6:53 > 10.0.96.210:5000 len=30");
        assertThat(words(director, Director.LAN)).contains("203.0.113.6:53");
    }

    @Test
    void aServiceMayBecomeEndpointIndependentAndBackWhileFlowsLive() {
        Director director = Director.with(Outbound::tables);
        director.deliver(Director.LAN, "udp 192.168.229.1:5000 > 203.0.113.5:53 len=30");
        String before = words(director, Director.WAN).get(1);
        director.change(tables -> tables.withServices(
                Outbound.mapped(DirectorTables.tables(), OutsideFilter.ENDPOINT).services()));
        assertThat(outside(director, "192.168.229.1:5000", "203.0.113.6:53")).isEqualTo("10.0.96.210:5000");
        assertThat(outside(director, "192.168.229.1:5000", "203.0.113.5:53")).isEqualTo(before);
        director.change(tables ->
                tables.withServices(Outbound.tables(DirectorTables.tables()).services()));
        director.deliver(Director.WAN, "udp 203.0.113.6:53 > 10.0.96.210:5000 len=30");
        assertThat(words(director, Director.LAN)).contains("192.168.229.1:5000");
        director.deliver(Director.WAN, "udp 203.0.113.7:53 > 10.0.96.210:5000 len=30");
        assertThat(words(director, Director.WAN)).contains("type=3");
        director.pass(Duration.ofSeconds(400));
        assertThat(director.forwarder.status().sessionCount()).isZero();
    }

    @Test
    void anIdleConnectionBetweenTwoHostsIsResetOnBothSides() {
        Director director = Director.with(mapped(OutsideFilter.ENDPOINT));
        director.deliver(Director.LAN, "tcp 192.168.229.1:40000 > 203.0.113.5:443 S seq=1");
        director.sent(Director.WAN);
        director.deliver(Director.LAN, "tcp 192.168.229.2:6002 > 10.0.96.210:40000 S seq=700");
        director.deliver(Director.LAN, "tcp 192.168.229.1:40000 > 10.0.96.210:6002 SA seq=90 ack=701");
        director.deliver(Director.LAN, "tcp 192.168.229.2:6002 > 10.0.96.210:40000 A seq=701 ack=91");
        director.sent(Director.LAN);
        director.pass(Duration.ofSeconds(200));
        List<String> resets = director.sent(Director.LAN).stream()
                .map(PacketReader::words)
                .filter(words -> words.contains("R"))
                .map(words -> words.get(3))
                .distinct()
                .sorted()
                .toList();
        assertThat(resets).containsExactly("192.168.229.1:40000", "192.168.229.2:6002");
        assertThat(director.forwarder.status().sessionCount()).isZero();
        assertThat(director.forwarder.balance()).isZero();
    }

    @Test
    void servicesThatLeaveOpenWhosePortsAreMappedAreRefused() {
        ServiceDefinition udp = Outbound.match(Protocol.UDP, "192.168.230.1", "192.168.230.9", "10.0.96.211");
        assertRefused(
                Outbound.match(Protocol.UDP, "192.168.229.200", "192.168.229.210", "10.0.96.211"), "hosts in common");
        assertRefused(Outbound.match(Protocol.UDP, "192.168.230.1", "192.168.230.9", "10.0.96.210"), "10.0.96.210");
        assertRefused(
                Outbound.mapped(
                        Outbound.match(Protocol.UDP, "10.0.96.200", "10.0.96.250", "10.0.96.211"),
                        OutsideFilter.ENDPOINT),
                "10.0.96.210 in its src-range");
        assertRefused(
                Outbound.mapped(
                        Outbound.match(Protocol.UDP, "2001:db8:230::1", "2001:db8:230::9", "2001:db8:96::210"),
                        OutsideFilter.ENDPOINT),
                "flows of IPv6");
        Ipv4Address own = DirectorTables.ip("10.0.96.210");
        assertRefused(
                DirectorTables.service(own, 21, Protocol.TCP, false, DirectorTables.realserver("192.168.229.9", 21)),
                "FTP");
        assertRefused(
                DirectorTables.service(
                        DirectorTables.ip("10.0.96.205"),
                        82,
                        Protocol.TCP,
                        false,
                        DirectorTables.realserver("192.168.229.9", 82).withMode(ForwardingMode.NAT)),
                "in mode Masq");
        assertThat(with(udp).forwarder.balance()).isZero();
    }

    private static void assertRefused(ServiceDefinition more, String why) {
        assertThatThrownBy(() -> with(more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("endpoint_independent")
                .hasMessageContaining(why);
    }

    private static Director with(ServiceDefinition more) {
        return Director.with(tables -> {
            ForwardingTables all = Outbound.mapped(tables, OutsideFilter.ENDPOINT);
            List<ServiceDefinition> services = new ArrayList<>(all.services());
            services.add(more);
            return all.withServices(services);
        });
    }

    /** Flows that begin on either side, and between hosts. */
    @Test
    void mappedFlowsAllocateNothing() {
        Director director = Director.with(mapped(OutsideFilter.ADDRESS));
        long burst = NativeMemory.ofProcess().allocate(32 * 8L, 64);
        byte[][] frames = {
            Director.frame(Director.LAN, "udp 192.168.229.1:20000 > 203.0.113.5:53 len=64"),
            Director.frame(Director.WAN, "udp 203.0.113.5:1 > 10.0.96.210:20000 len=64 nosum"),
            Director.frame(Director.LAN, "udp 192.168.229.2:1 > 10.0.96.210:20000 len=64 nosum"),
            Director.frame(Director.WAN, "udp 203.0.113.6:1 > 10.0.96.210:20000 len=64 nosum"),
            // From then on the filter lets in what turns around.
            Director.frame(Director.LAN, "udp 192.168.229.1:20000 > 10.0.96.210:2009 len=64"),
        };
        director.wan.discardFrames();
        director.lan.discardFrames();
        int[] turn = {0};
        Runnable turns = () -> {
            for (int i = 0; i < 4000; i++) {
                int kind = turn[0]++ % frames.length;
                put(director, burst, frames[kind], kind);
                director.forwarder.process(kind % 2 == 0 ? Director.LAN : Director.WAN, burst, 1, director.now);
                director.now += 500_000;
                director.forwarder.tick(director.now);
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
        assertThat(director.count(Counter.SESSIONS_CREATED)).isGreaterThan(10_000);
        assertThat(director.count(Counter.SESSIONS_EXPIRED)).isGreaterThan(10_000);
        assertThat(director.count(Counter.DROPPED_NO_BINDING)).isEqualTo(12_001);
    }

    /** The first kind and the last one keep their source port, which differs each time for others. */
    private static void put(Director director, long burst, byte[] frame, int kind) {
        director.buffers.allocate(burst, 1);
        long mbuf = Mem.getLong(burst);
        Mbuf.setLength(mbuf, frame.length);
        long data = Mbuf.data(mbuf);
        for (int b = 0; b < frame.length; b++) {
            Mem.putByte(data + b, frame[b]);
        }
        if (kind % 4 != 0) {
            Mem.putShortBE(data + SOURCE_PORT, 2048 + (int) (director.now / 500_000 % 16_000));
        }
    }
}
