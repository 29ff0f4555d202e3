package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.wire.FragmentedFrames;
import io.twoarm.director.wire.PacketReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets in fragments, in numbers and at random. */
class FragmentsTest {
    private static final String FLOW = "udp 172.16.0.1:5353 > 10.0.96.204:53 df=0 ttl=64 len=";
    private static final String WIDE_FLOW = "udp [2001:db8:1::1]:5353 > [2001:db8:96::64]:53 len=";
    private final Director director = Director.with(DirectorTables::withIpv6);

    private static byte[] first(int id) {
        byte[] frame = Director.frame(Director.WAN, FLOW + 100);
        return FragmentedFrames.piece(frame, 0, 64, true, id);
    }

    @Test
    void packetsOfAnySizeInAnyOrderComeOutWhole() {
        Random random = new Random(20_261_121);
        int packets = 0;
        int cut = 0;
        while (packets < 2000) {
            List<String> wanted = new ArrayList<>();
            List<byte[]> pieces = new ArrayList<>();
            for (int id = 0; id < 8; id++) {
                int length = 100 + random.nextInt(8000);
                String packet = (id % 2 == 0 ? FLOW : WIDE_FLOW) + length;
                wanted.add("len=" + length);
                int size = Math.max(8 * (1 + random.nextInt(180)), length / 60 + 8 & -8);
                List<byte[]> some = FragmentedFrames.cut(
                        Director.frame(Director.WAN, packet), "split=" + size + " fid=" + (packets + id));
                cut += some.size() > 1 ? 1 : 0;
                pieces.addAll(some);
            }
            Collections.shuffle(pieces, random);
            for (byte[] piece : pieces) {
                director.deliver(Director.WAN, piece);
            }
            List<String> found = new ArrayList<>();
            ArrayDeque<byte[]> sent = new ArrayDeque<>(director.sent(Director.LAN));
            while (!sent.isEmpty()) {
                byte[] whole = FragmentedFrames.join(sent);
                assertThat(whole).isNotNull();
                PacketReader.words(whole).stream()
                        .filter(word -> word.startsWith("len="))
                        .forEach(found::add);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
            packets += 8;
        }
        assertThat(director.count(Counter.REASSEMBLED)).isEqualTo(cut);
        director.checkBuffers();
    }

    @Test
    void theOldestPacketsMakeRoomForNewOnes() {
        for (int id = 0; id < 300; id++) {
            director.deliver(Director.WAN, first(id));
        }
        assertThat(director.count(Counter.REASSEMBLING)).isEqualTo(256);
        assertThat(director.count(Counter.DROPPED_FRAGMENT_LIMIT)).isEqualTo(44);
        byte[] whole = Director.frame(Director.WAN, FLOW + 100);
        director.deliver(Director.WAN, FragmentedFrames.piece(whole, 64, 44, false, 43));
        assertThat(director.sent(Director.LAN)).as("its first fragment is gone").isEmpty();
        director.deliver(Director.WAN, FragmentedFrames.piece(whole, 64, 44, false, 299));
        assertThat(director.sent(Director.LAN)).hasSize(2);
        director.checkBuffers();
        director.pass(Duration.ofSeconds(6));
        assertThat(director.count(Counter.REASSEMBLING)).isZero();
        director.sent(Director.WAN);
        director.checkBuffers();
    }

    @Test
    void noMoreThan512FragmentsAreKept() {
        byte[] whole = Director.frame(Director.WAN, FLOW + 1000);
        int kept = 0;
        for (int id = 0; id < 20; id++) {
            for (int piece = 0; piece < 60; piece++) {
                director.deliver(Director.WAN, FragmentedFrames.piece(whole, 16 * piece, 8, true, id));
                kept = Math.max(kept, (int) director.count(Counter.REASSEMBLING));
            }
        }
        assertThat(kept).isEqualTo(512);
        assertThat(director.count(Counter.REASSEMBLING)).isPositive();
        director.pass(Duration.ofSeconds(6));
        director.sent(Director.WAN);
        director.checkBuffers();
    }

    @Test
    void aPacketOfMoreThan64FragmentsIsNotFollowed() {
        byte[] whole = Director.frame(Director.WAN, FLOW + 1000);
        for (int piece = 0; piece < 70; piece++) {
            director.deliver(Director.WAN, FragmentedFrames.piece(whole, 8 * piece, 8, true, 1));
        }
        assertThat(director.count(Counter.DROPPED_FRAGMENT_LIMIT)).isEqualTo(6);
    }

    @Test
    void aPacketThatCannotBeCutForLackOfBuffersIsDropped() {
        byte[] whole = Director.frame(Director.WAN, FLOW + 100);
        director.deliver(Director.WAN, FragmentedFrames.piece(whole, 0, 64, true, 1));
        long room = NativeMemory.ofProcess().allocate(1024 * 8L, 64);
        // One is left for the fragment that arrives, none for what is sent.
        int taken = 1023 - director.buffers.outstanding();
        assertThat(director.buffers.allocate(room, taken)).isTrue();
        director.deliver(Director.WAN, FragmentedFrames.piece(whole, 64, 44, false, 1));
        assertThat(director.count(Counter.DROPPED_NO_BUFFER)).isEqualTo(1);
        assertThat(director.count(Counter.BUFFERS_EXHAUSTED)).isEqualTo(1);
        director.buffers.free(room, taken);
        director.checkBuffers();
    }

    @Test
    void theLargestPacketOfUdpThatIsTakenComesOutWhole() {
        byte[] whole = Director.frame(Director.WAN, FLOW + 65_448);
        List<byte[]> pieces = FragmentedFrames.cut(whole, "split=1480");
        pieces.forEach(piece -> director.deliver(Director.WAN, piece));
        byte[] found = FragmentedFrames.join(new ArrayDeque<>(director.sent(Director.LAN)));
        assertThat(PacketReader.words(found)).contains("len=65448");
        byte[] larger = Director.frame(Director.WAN, FLOW + 65_449);
        FragmentedFrames.cut(larger, "split=1480 fid=2").forEach(piece -> director.deliver(Director.WAN, piece));
        assertThat(director.sent(Director.LAN)).isEmpty();
        assertThat(director.count(Counter.DROPPED_FRAGMENT_MALFORMED)).isEqualTo(1);
    }

    @Test
    void fragmentsAllocateNothing() {
        director.lan.discardFrames();
        director.wan.discardFrames();
        byte[] whole = Director.frame(Director.WAN, FLOW + 2000);
        List<byte[]> pieces = FragmentedFrames.cut(whole, "split=1480");
        long burst = NativeMemory.ofProcess().allocate(2 * 8L, 64);
        for (int i = 0; i < 50_000; i++) {
            turn(burst, pieces);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 50_000; i++) {
            turn(burst, pieces);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        assertThat(director.count(Counter.REASSEMBLED)).isEqualTo(100_000);
        assertThat(director.forwarder.balance()).isZero();
    }

    private void turn(long burst, List<byte[]> pieces) {
        director.buffers.allocate(burst, 2);
        for (int i = 0; i < 2; i++) {
            byte[] piece = pieces.get(i);
            long mbuf = Mem.getLong(burst + i * 8L);
            Mbuf.setLength(mbuf, piece.length);
            long data = Mbuf.data(mbuf);
            for (int at = 0; at < piece.length; at++) {
                Mem.putByte(data + at, piece[at]);
            }
        }
        director.forwarder.process(Director.WAN, burst, 2, director.now);
        director.now += 20;
        director.forwarder.tick(director.now);
    }
}
