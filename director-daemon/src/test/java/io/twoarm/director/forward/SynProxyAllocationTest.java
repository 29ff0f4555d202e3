package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.wire.PacketReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A SYN proxy takes no memory from the heap: for floods, for clients that wait for the realserver, for connections. */
class SynProxyAllocationTest {
    private static final int TURNS = 6000;
    private static final int BURST = 64;
    private static final int CLIENTS = 16;
    private static final int TURN_MICROS = 5000;
    private static final List<String> VIPS = List.of("10.0.96.204:80", "[2001:db8:96::204]:80", "[2001:db8:96::64]:80");

    private final Director director = Director.with(SynProxyTest::proxied);
    private final long burst = NativeMemory.ofProcess().allocate(BURST * 8L, 64);
    private final List<byte[]> fromClients = new ArrayList<>();
    private final List<byte[]> fromRealservers = new ArrayList<>();
    private int client;
    private int realserver;

    @Test
    void floodsAndConnectionsAllocateNothing() {
        for (String vip : VIPS) {
            String host = vip.startsWith("[") ? "[2001:db8:172::1]:" : "172.16.0.1:";
            connect(host + 1024, vip);
            for (int i = 1; i < CLIENTS; i++) {
                wait(host + (1024 + i), vip);
            }
        }
        director.wan.discardFrames();
        director.lan.discardFrames();
        turns();
        long[] before = counts();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        turns();
        long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;

        assertThat(allocated).isZero();
        long[] after = counts();
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i] - before[i]).as("kind %d", i).isGreaterThan(TURNS / 100);
        }
        assertThat(director.forwarder.balance()).isZero();
    }

    private long[] counts() {
        return new long[] {
            director.count(Counter.ANSWERED_SYN),
            director.count(Counter.SENT_SYN_PROXY),
            director.count(Counter.DROPPED_SYN_PROXY),
            director.count(Counter.FORWARDED_TO_REALSERVER),
            director.count(Counter.FORWARDED_TO_CLIENT)
        };
    }

    /** A client whose realserver never answers: its SYN and its first segment come again and again. */
    private void wait(String host, String vip) {
        String way = "tcp " + host + " > " + vip;
        add(fromClients, Director.WAN, way + " S seq=1000 mss=1400 sackok nop opt3=04");
        add(fromClients, Director.WAN, way + " PA seq=1001 ack=" + proven(way) + " len=10");
    }

    /** A connection whose data comes again and again, with what only a proxied session needs: options, numbers, windows. */
    private void connect(String host, String vip) {
        String way = "tcp " + host + " > " + vip;
        long first = proven(way);
        director.deliver(Director.WAN, way + " A seq=1001 ack=" + first);
        List<String> syn = words(Director.LAN);
        String back = "tcp " + syn.get(3) + " > " + syn.get(1);
        String told = " ack=" + (Long.parseLong(SynProxyTest.value(syn, "seq")) + 1 & 0xffff_ffffL);
        director.deliver(Director.LAN, back + " SA seq=5000" + told + " win=6000 mss=1400 nop opt3=07");
        director.sent(Director.LAN);
        director.sent(Director.WAN);
        add(fromClients, Director.WAN, way + " PA seq=1001 ack=" + (first + 1 & 0xffff_ffffL) + " len=100");
        add(
                fromClients,
                Director.WAN,
                way + " A seq=1101 ack=" + (first + 1 & 0xffff_ffffL) + " nop nop sack=" + (first + 5 & 0xffff_ffffL)
                        + "-" + (first + 9 & 0xffff_ffffL));
        add(fromRealservers, Director.LAN, back + " PA seq=5001" + told + " win=400 len=100");
        add(fromRealservers, Director.LAN, back + " A seq=5101" + told + " win=400");
    }

    /** The first number that the proxy gives to a client. */
    private long proven(String way) {
        director.deliver(Director.WAN, way + " S seq=1000 mss=1400 sackok nop opt3=04");
        return Long.parseLong(SynProxyTest.value(words(Director.WAN), "seq")) + 1 & 0xffff_ffffL;
    }

    private List<String> words(int port) {
        List<byte[]> frames = director.sent(port);
        assertThat(frames).hasSize(1);
        return PacketReader.words(frames.getFirst());
    }

    private static void add(List<byte[]> frames, int port, String text) {
        frames.add(Director.frame(port, text));
    }

    private void turns() {
        for (int i = 0; i < TURNS; i++) {
            client = send(Director.WAN, fromClients, client);
            realserver = send(Director.LAN, fromRealservers, realserver);
            director.now += TURN_MICROS;
            director.forwarder.tick(director.now);
        }
    }

    private int send(int port, List<byte[]> frames, int next) {
        director.buffers.allocate(burst, BURST);
        for (int i = 0; i < BURST; i++) {
            byte[] frame = frames.get((next + i) % frames.size());
            long mbuf = Mem.getLong(burst + i * 8L);
            Mbuf.setLength(mbuf, frame.length);
            long data = Mbuf.data(mbuf);
            for (int b = 0; b < frame.length; b++) {
                Mem.putByte(data + b, frame[b]);
            }
        }
        director.forwarder.process(port, burst, BURST, director.now);
        return (next + BURST) % frames.size();
    }
}
