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
import org.junit.jupiter.api.Test;

/** Nothing on the packet path takes memory from the heap, not even while sessions come and go. */
class AllocationTest {
    private static final int PACKETS = 1_000_000;
    private static final int BURST = 32;
    private static final int CLIENTS = 20_000;
    private static final int PORTS_OFFSET = 34;
    private static final int FLAGS_OFFSET = 47;

    private final Director director = Director.with(tables -> new ForwardingTables(
            tables.addresses(),
            tables.routes(),
            tables.neighbours(),
            tables.services(),
            shortTimeouts(),
            tables.limits().withSessions(16_384),
            true));
    private final long burst = NativeMemory.ofProcess().allocate(BURST * 8L, 64);
    private final byte[] frame = Director.frame(Director.WAN, "tcp 172.16.0.1:1 > 10.0.96.204:80 S seq=1 mss=1460");
    private final byte[] ping = Director.frame(Director.WAN, "icmp 172.16.0.1 > 10.0.96.204 echo id=7 len=56");
    private int client;

    private static Timeouts shortTimeouts() {
        Timeouts timeouts = Timeouts.defaults();
        for (SessionState state : SessionState.values()) {
            timeouts = timeouts.with(state, Duration.ofMillis(200));
        }
        return timeouts;
    }

    @Test
    void aMillionPacketsWithSessionsComingAndGoingAllocateNothing() {
        director.wan.discardFrames();
        director.lan.discardFrames();
        for (int i = 0; i < PACKETS / 2; i += BURST) {
            turn();
        }
        long created = director.count(Counter.SESSIONS_CREATED);
        long expired = director.count(Counter.SESSIONS_EXPIRED);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS; i += BURST) {
            turn();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isZero();
        assertThat(director.count(Counter.SESSIONS_CREATED) - created).isGreaterThan(PACKETS / 4);
        assertThat(director.count(Counter.SESSIONS_EXPIRED) - expired).isGreaterThan(PACKETS / 4);
        assertThat(director.count(Counter.ANSWERED_ECHO)).isPositive();
        assertThat(director.count(Counter.SENT_EXPIRY_RESET)).isPositive();
        assertThat(director.forwarder.balance()).isZero();
    }

    private void turn() {
        director.buffers.allocate(burst, BURST);
        for (int i = 0; i < BURST; i++) {
            long mbuf = Mem.getLong(burst + i * 8L);
            if (i == 0) {
                fill(mbuf, ping);
            } else {
                fill(mbuf, frame);
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
