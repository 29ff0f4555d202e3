package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.TrafficLimits;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Datagrams and answers far beyond the bits per second of their service. */
class TrafficLimitTest {
    /** 250,000 bytes per second. */
    private static final TrafficLimits TWO_MEGABITS = new TrafficLimits(2, TrafficLimits.WHOLE, 0);

    private static final int DATA = 1000;
    private static final int PACKET = 20 + 8 + DATA;
    private static final int BURST = 32;
    private static final int STEP_MICROS = 10_000;
    private static final int SECONDS = 10;
    private static final String FLOW = "udp 172.16.0.1:5000 > 10.0.96.204:53 len=" + DATA;

    private final Director director = Director.with(tables -> tables.withServices(tables.services().stream()
            .map(service -> service.withPolicy(service.policy().withTraffic(TWO_MEGABITS), service.establishTimeout()))
            .toList()));
    private final long burst = NativeMemory.ofProcess().allocate(BURST * 8L, 64);

    @Test
    void soMuchPassesAndIsCountedAndNothingIsAllocated() {
        director.deliver(Director.WAN, FLOW);
        assertThat(director.sent(Director.LAN)).hasSize(1);
        byte[] frame = Director.frame(Director.WAN, FLOW);
        director.lan.discardFrames();
        // What the bucket holds at first, and what the virtual machine has to learn.
        seconds(frame, SECONDS);
        RealserverStatus before = figures();
        long dropped = director.count(Counter.DROPPED_TRAFFIC_LIMIT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        seconds(frame, SECONDS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
        RealserverStatus after = figures();

        assertThat(allocated).isZero();
        long passed = after.bytesIn() - before.bytesIn();
        assertThat(passed).isBetween(SECONDS * 250_000L - PACKET, SECONDS * 250_000L + PACKET);
        assertThat(passed).isEqualTo((after.packetsIn() - before.packetsIn()) * PACKET);
        long sent = SECONDS * 1_000_000L / STEP_MICROS * BURST;
        assertThat(director.count(Counter.DROPPED_TRAFFIC_LIMIT) - dropped).isEqualTo(sent - passed / PACKET);
        assertThat(director.forwarder.balance()).isZero();
        director.checkBuffers();
    }

    private RealserverStatus figures() {
        return director.forwarder.status().services().stream()
                .filter(service -> service.definition().port() == 53)
                .findFirst()
                .orElseThrow()
                .realservers()
                .getFirst();
    }

    private void seconds(byte[] frame, int seconds) {
        for (int step = 0; step < seconds * 1_000_000 / STEP_MICROS; step++) {
            director.buffers.allocate(burst, BURST);
            for (int i = 0; i < BURST; i++) {
                long mbuf = Mem.getLong(burst + i * 8L);
                Mbuf.setLength(mbuf, frame.length);
                long data = Mbuf.data(mbuf);
                for (int b = 0; b < frame.length; b++) {
                    Mem.putByte(data + b, frame[b]);
                }
            }
            director.forwarder.process(Director.WAN, burst, BURST, director.now);
            director.now += STEP_MICROS;
            director.forwarder.tick(director.now);
        }
    }
}
