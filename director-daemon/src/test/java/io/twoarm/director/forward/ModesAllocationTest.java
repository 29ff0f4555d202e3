package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModesAllocationTest {
    private static final int PACKETS = 400_000;
    private static final int BURST = 64;
    private static final int PORTS_OFFSET = 34;
    private static final int WIDE_PORTS_OFFSET = 54;

    private final Director director = Director.with(Modes::tables);
    private final long burst = NativeMemory.ofProcess().allocate(BURST * 8L, 64);
    private final byte[][] frames = List.of(
                    "udp 172.16.0.1:1 > 10.0.96.204:53 len=64",
                    "udp 172.16.0.1:1 > 10.0.96.204:5300 len=64",
                    "udp 172.16.0.1:1 > 10.0.96.204:90 len=64",
                    "udp 172.16.0.1:1 > 10.0.96.204:91 len=64",
                    "udp [2001:db8:1::1]:1 > [2001:db8:96::204]:53 len=64",
                    "udp [2001:db8:1::1]:1 > [2001:db8:96::204]:5300 len=64",
                    "udp [2001:db8:1::1]:1 > [2001:db8:96::204]:90 len=64",
                    "udp [2001:db8:1::1]:1 > [2001:db8:96::204]:91 len=64")
            .stream()
            .map(text -> Director.frame(Director.WAN, text))
            .toArray(byte[][]::new);
    private int turns;

    @Test
    void flowsInEveryModeAllocateNothing() {
        director.wan.discardFrames();
        director.lan.discardFrames();
        for (int i = 0; i < PACKETS / 2; i += BURST) {
            turn();
        }
        long forwarded = director.count(Counter.FORWARDED_TO_REALSERVER);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS; i += BURST) {
            turn();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isZero();
        assertThat(director.count(Counter.FORWARDED_TO_REALSERVER) - forwarded).isGreaterThan(PACKETS / 2);
        assertThat(director.forwarder.balance()).isZero();
    }

    private void turn() {
        director.buffers.allocate(burst, BURST);
        for (int i = 0; i < BURST; i++) {
            byte[] frame = frames[i % frames.length];
            long mbuf = Mem.getLong(burst + i * 8L);
            Mbuf.setLength(mbuf, frame.length);
            long data = Mbuf.data(mbuf);
            for (int b = 0; b < frame.length; b++) {
                Mem.putByte(data + b, frame[b]);
            }
            // 800 flows of all kinds, of which some come again while their session lives.
            boolean wide = i % frames.length >= 4;
            Mem.putShortBE(data + (wide ? WIDE_PORTS_OFFSET : PORTS_OFFSET), 1024 + (turns * 8 + i / 8) % 100);
        }
        director.forwarder.process(Director.WAN, burst, BURST, director.now);
        director.now += 200;
        director.forwarder.tick(director.now);
        turns++;
    }
}
