package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.Timeouts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing takes memory from the heap for IPv6 clients either, to realservers of both families. */
class WideAllocationTest {
    private static final int PACKETS = 400_000;
    private static final int BURST = 32;
    private static final int CLIENTS = 20_000;
    private static final int PORTS_OFFSET = 54;
    private static final int FLAGS_OFFSET = 67;

    private final Director director = Director.with(tables -> withShortTimeouts(DirectorTables.withIpv6(tables)));
    private final long burst = NativeMemory.ofProcess().allocate(BURST * 8L, 64);
    private final List<byte[]> openings = List.of(
            frame("tcp [2001:db8:1::1]:1 > [2001:db8:96::204]:80 S seq=1 mss=1440"),
            frame("tcp [2001:db8:1::1]:1 > [2001:db8:96::64]:80 S seq=1 mss=1440"));
    private final List<byte[]> others = List.of(
            frame("icmp6 2001:db8:1::1 > 2001:db8:96::204 echo id=7 len=56"),
            frame("icmp6 2001:db8:1::1 > 2001:db8:96::65 echo id=7 len=56"),
            frame("udp [2001:db8:1::1]:5353 > [2001:db8:96::64]:53 len=40 first=60 ext=1100010400000000"),
            frame("ns 2001:db8:96::254 > ff02::1:ff00:204 target=2001:db8:96::204 hop=255 to=33:33:ff:00:02:04"));
    private int client;
    private int turns;

    private static byte[] frame(String text) {
        return Director.frame(Director.WAN, text);
    }

    private static ForwardingTables withShortTimeouts(ForwardingTables tables) {
        Timeouts timeouts = Timeouts.defaults();
        for (SessionState state : SessionState.values()) {
            timeouts = timeouts.with(state, Duration.ofMillis(200));
        }
        return new ForwardingTables(
                tables.addresses(),
                tables.routes(),
                tables.neighbours(),
                tables.services(),
                timeouts,
                tables.limits().withSessions(16_384),
                true);
    }

    @Test
    void flowsOfIpv6ClientsComeAndGoWithoutAllocation() {
        director.wan.discardFrames();
        director.lan.discardFrames();
        for (int i = 0; i < PACKETS; i += BURST) {
            turn();
        }
        long expired = director.count(Counter.SESSIONS_EXPIRED);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS; i += BURST) {
            turn();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        assertThat(director.count(Counter.SESSIONS_EXPIRED) - expired).isGreaterThan(PACKETS / 4);
        assertThat(director.count(Counter.ANSWERED_ND)).isPositive();
        assertThat(director.count(Counter.ANSWERED_ECHO)).isPositive();
        assertThat(director.count(Counter.SENT_EXPIRY_RESET)).isPositive();
        assertThat(director.forwarder.balance()).isZero();
    }

    private void turn() {
        director.buffers.allocate(burst, BURST);
        for (int i = 0; i < BURST; i++) {
            long mbuf = Mem.getLong(burst + i * 8L);
            if (i == 0) {
                fill(mbuf, others.get(turns++ % others.size()));
            } else {
                fill(mbuf, openings.get(client % 2));
                long data = Mbuf.data(mbuf);
                Mem.putShortBE(data + PORTS_OFFSET, 1024 + client % CLIENTS);
                // A SYN and, in the same burst, the ACK behind it.
                Mem.putByte(data + FLAGS_OFFSET, (byte) ((i & 1) == 1 ? 2 : 16));
                client += (i & 1) == 0 ? 1 : 0;
            }
        }
        director.forwarder.process(Director.WAN, burst, BURST, director.now);
        director.now += 200;
        director.forwarder.tick(director.now);
    }

    private static void fill(long mbuf, byte[] frame) {
        Mbuf.setLength(mbuf, frame.length);
        long data = Mbuf.data(mbuf);
        for (int i = 0; i < frame.length; i++) {
            Mem.putByte(data + i, frame[i]);
        }
    }
}
