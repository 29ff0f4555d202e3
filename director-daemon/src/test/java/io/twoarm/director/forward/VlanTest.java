package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Route;
import io.twoarm.director.vlan.TagProtocol;
import io.twoarm.director.vlan.VlanInterface;
import io.twoarm.director.vlan.VlanTag;
import io.twoarm.director.wire.PacketReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** VLAN interfaces of a port, beside what is untagged there. The fixtures show what goes through them. */
class VlanTest {
    private static final VlanInterface STORAGE =
            new VlanInterface("dpdk0.30", 2, Director.LAN, TagProtocol.CUSTOMER, 30);
    private static final VlanInterface GUESTS = new VlanInterface("guests", 3, Director.LAN, TagProtocol.CUSTOMER, 31);
    private static final String ASKED = "arp request sender=172.30.0.9 target=172.30.0.1";
    private static final String OF_THE_LAN = "arp request sender=192.168.229.1 target=192.168.229.204";

    private final Director director = Director.with(VlanTest::withVlans);

    private static ForwardingTables withVlans(ForwardingTables tables) {
        List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
        addresses.add(new OwnAddress(DirectorTables.ip("172.30.0.1"), STORAGE.port(), OwnAddress.Role.PORT));
        addresses.add(new OwnAddress(DirectorTables.ip("172.31.0.1"), GUESTS.port(), OwnAddress.Role.PORT));
        List<Route> routes = new ArrayList<>(tables.routes());
        routes.add(Route.onLink(DirectorTables.ip("172.30.0.0"), 24, STORAGE.port()));
        routes.add(Route.onLink(DirectorTables.ip("172.31.0.0"), 24, GUESTS.port()));
        return tables.withAddresses(addresses).withRoutes(routes).withVlans(List.of(STORAGE, GUESTS));
    }

    private static byte[] tagged(String text, int control) {
        return TaggedFrame.of(Director.frame(Director.LAN, text), EthernetHeader.TYPE_VLAN, control);
    }

    /** The tag of a frame, and what it says without it. */
    private static String read(byte[] frame) {
        int id = (frame[14] & 0xf) << 8 | frame[15] & 0xff;
        return id + ": " + PacketReader.text(TaggedFrame.withoutTag(frame, id == STORAGE.id() ? STORAGE : GUESTS));
    }

    @Test
    void aTagLeadsToItsInterfaceWhateverItsPriority() {
        director.deliver(Director.LAN, tagged(ASKED, 0xe000 | STORAGE.id()));
        assertThat(director.sent(Director.LAN))
                .singleElement()
                .satisfies(frame ->
                        assertThat(read(frame)).startsWith("30: arp reply").contains("sender=172.30.0.1"));
        assertThat(director.view().neighbours())
                .anySatisfy(known -> assertThat(known.port()).isEqualTo(STORAGE.port()));
    }

    @Test
    void aFrameWithPriorityOnlyIsUntagged() {
        director.deliver(Director.LAN, tagged(OF_THE_LAN, 0xa000));
        assertThat(director.sent(Director.LAN))
                .singleElement()
                .satisfies(frame -> assertThat(PacketReader.text(frame)).startsWith("arp reply"));
    }

    @Test
    void tagsOfNoInterfaceAreDroppedUnderTheirName() {
        byte[] known = tagged(ASKED, STORAGE.id());
        byte[] bare = Director.frame(Director.LAN, ASKED);
        List<byte[]> frames = List.of(
                tagged(ASKED, 32),
                tagged(ASKED, 4095),
                TaggedFrame.of(bare, EthernetHeader.TYPE_SERVICE_VLAN, STORAGE.id()),
                TaggedFrame.of(bare, EthernetHeader.TYPE_SERVICE_VLAN, 0),
                TaggedFrame.of(known, EthernetHeader.TYPE_VLAN, STORAGE.id()),
                TaggedFrame.of(known, EthernetHeader.TYPE_VLAN, 0));
        director.deliver(Director.LAN, frames);
        director.deliver(Director.WAN, TaggedFrame.of(Director.frame(Director.WAN, ASKED), 0x8100, STORAGE.id()));
        assertThat(director.count(Counter.DROPPED_VLAN)).isEqualTo(frames.size() + 1);
        assertThat(director.sent(Director.LAN)).isEmpty();
        director.deliver(Director.LAN, Arrays.copyOf(known, 17));
        assertThat(director.count(Counter.DROPPED_RUNT)).isEqualTo(1);
        director.checkBuffers();
    }

    @Test
    void framesOfSeveralVlansInOneBurstKeepTheirOrder() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            String subnet = i % 3 == 1 ? "172.30.0" : i % 3 == 2 ? "172.31.0" : "192.168.229";
            String own = i % 3 == 0 ? "192.168.229.204" : subnet + ".1";
            String ping = "icmp " + subnet + ".9 > " + own + " echo id=1 seq=" + i;
            frames.add(i % 3 == 0 ? Director.frame(Director.LAN, ping) : tagged(ping, 29 + i % 3));
        }
        for (String network : List.of("172.30.0", "172.31.0", "192.168.229")) {
            String heard = "arp request sender=" + network + ".9 target=" + network
                    + (network.startsWith("192") ? ".204" : ".1");
            director.deliver(
                    Director.LAN,
                    network.startsWith("192")
                            ? Director.frame(Director.LAN, heard)
                            : tagged(heard, network.equals("172.30.0") ? 30 : 31));
        }
        director.sent(Director.LAN);
        director.deliver(Director.LAN, frames);
        List<byte[]> sent = director.sent(Director.LAN);
        assertThat(sent).hasSize(150);
        for (int kind = 0; kind < 3; kind++) {
            String source = kind == 0 ? "192.168.229.204" : kind == 1 ? "172.30.0.1" : "172.31.0.1";
            String prefix = kind == 0 ? "" : 29 + kind + ": ";
            List<String> ofKind = sent.stream()
                    .map(frame -> frame[12] == (byte) 0x81 ? read(frame) : PacketReader.text(frame))
                    .filter(text -> text.startsWith(prefix + "icmp " + source + " "))
                    .toList();
            assertThat(ofKind).hasSize(50);
            for (int i = 0; i < 50; i++) {
                assertThat(ofKind.get(i)).contains("seq=" + (3 * i + kind) + " ");
            }
        }
        assertThat(director.count(Counter.ANSWERED_ECHO)).isEqualTo(150);
    }

    @Test
    void anInterfaceThatGoesLosesItsFramesAndNothingElse() {
        director.deliver(Director.LAN, tagged(ASKED, STORAGE.id()));
        director.sent(Director.LAN);
        director.change(tables -> DirectorTables.tables());
        director.sent(Director.LAN);
        director.sent(Director.WAN);
        director.deliver(Director.LAN, tagged(ASKED, STORAGE.id()));
        assertThat(director.count(Counter.DROPPED_VLAN)).isEqualTo(1);
        VlanInterface other = new VlanInterface("other", STORAGE.port(), Director.WAN, TagProtocol.CUSTOMER, 44);
        director.change(tables -> withVlans(DirectorTables.tables()).withVlans(List.of(other, GUESTS)));
        assertThat(director.view().neighbours().stream().filter(known -> known.port() == other.port()))
                .allSatisfy(
                        known -> assertThat(known.mac()).as("of the other link").isZero());
        director.checkBuffers();
    }

    @Test
    void sessionsOverAVlanThatWentAreCounted() {
        Director tagged = Director.standard().overVlans();
        tagged.deliver(Director.WAN, "udp 172.16.0.1:4000 > 10.0.96.204:53 len=3");
        assertThat(tagged.sent(Director.LAN)).hasSize(1);
        VlanInterface wan = tagged.view().tables().vlans().getFirst();
        tagged.change(tables -> tables.withVlans(List.of(wan))
                .withAddresses(tables.addresses().stream()
                        .filter(own -> own.port() == wan.port())
                        .toList())
                .withRoutes(List.of())
                .withNeighbours(List.of())
                .withServices(List.of()));
        tagged.deliver(Director.WAN, "udp 172.16.0.1:4000 > 10.0.96.204:53 len=3");
        tagged.pass(Duration.ofSeconds(5));
        assertThat(tagged.sent(Director.LAN)).isEmpty();
        tagged.checkBuffers();
    }

    @Test
    void contradictionsAreRefusedWithTheName() {
        assertThatThrownBy(() -> director.change(tables -> tables.withVlans(List.of())))
                .hasMessageContaining("172.30.0.1")
                .hasMessageContaining("port 2");
        VlanInterface same = new VlanInterface("same", 4, Director.LAN, TagProtocol.CUSTOMER, 31);
        assertThatThrownBy(() -> director.change(tables -> tables.withVlans(List.of(STORAGE, GUESTS, same))))
                .hasMessageContaining("same")
                .hasMessageContaining("guests");
        assertThatThrownBy(() -> new VlanInterface("zero", 4, 0, TagProtocol.CUSTOMER, 0))
                .hasMessageContaining("1 to 4094");
    }

    @Test
    void indexesAreGivenAgainAsLateAsPossible() {
        List<VlanInterface> present = new ArrayList<>();
        for (int i = 0; i < VlanInterface.MOST; i++) {
            int index = VlanInterface.freeIndex(2, present);
            assertThat(index).isEqualTo(2 + i);
            present.add(new VlanInterface("v" + i, index, 0, TagProtocol.CUSTOMER, i + 1));
        }
        assertThatThrownBy(() -> VlanInterface.freeIndex(2, present)).hasMessageContaining("128");
        present.remove(5);
        assertThat(VlanInterface.freeIndex(2, present)).isEqualTo(7);
    }

    @Test
    void aFrameWithoutRoomInFrontGetsItsTagAllTheSame() {
        long place = NativeMemory.ofProcess().allocate(8, 8);
        byte[] frame = Director.frame(Director.LAN, ASKED);
        assertThat(director.buffers.allocate(place, 1)).isTrue();
        long mbuf = Mem.getLong(place);
        Mem.putShort(mbuf + Mbuf.DATA_OFF_OFFSET, (short) 2);
        Mbuf.setLength(mbuf, frame.length);
        for (int i = 0; i < frame.length; i++) {
            Mem.putByte(Mbuf.data(mbuf) + i, frame[i]);
        }
        VlanTag.insert(mbuf, EthernetHeader.TYPE_VLAN, 30);
        assertThat(TestPort.bytes(mbuf)).isEqualTo(TaggedFrame.of(frame, EthernetHeader.TYPE_VLAN, 30));
        director.buffers.free(mbuf);
    }

    @Test
    void severalWorkersFindTheOwnersOfTaggedPackets() {
        Director shared = Director.ofTwoWorkers(tables -> SteadyFlow.served(DirectorTables.withIpv6(tables)))
                .overVlans();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<SteadyFlow> flows = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            for (SteadyFlow.Way way : SteadyFlow.Way.values()) {
                flows.add(new SteadyFlow(shared, way, number % 2 == 0, number, random));
            }
        }
        flows.forEach(SteadyFlow::open);
        for (int round = 0; round < 10; round++) {
            flows.forEach(SteadyFlow::exchange);
        }
        assertThat(shared.count(Counter.SESSIONS_CREATED)).isEqualTo(flows.size());
        assertThat(shared.count(Counter.HANDED_OVER)).isPositive();
        assertThat(shared.forwarders)
                .allSatisfy(worker -> assertThat(worker.status().sessionCount()).isPositive());
    }

    @Test
    void taggedPacketsAllocateNothing() {
        Director tagged = Director.standard().overVlans();
        tagged.deliver(Director.WAN, "udp 172.16.0.1:4000 > 10.0.96.204:53 len=3");
        tagged.lan.discardFrames();
        byte[] frame = tagged.wan.onWire(Director.frame(Director.WAN, "udp 172.16.0.1:4000 > 10.0.96.204:53 len=3"));
        long burst = NativeMemory.ofProcess().allocate(32 * 8L, 64);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int turn = 0; turn < 20_000; turn++) {
            if (turn == 10_000) {
                threads.getCurrentThreadAllocatedBytes();
                before = threads.getCurrentThreadAllocatedBytes();
            }
            tagged.buffers.allocate(burst, 32);
            for (int i = 0; i < 32; i++) {
                long mbuf = Mem.getLong(burst + i * 8L);
                Mbuf.setLength(mbuf, frame.length);
                for (int at = 0; at < frame.length; at++) {
                    Mem.putByte(Mbuf.data(mbuf) + at, frame[at]);
                }
            }
            tagged.forwarder.process(Director.WAN, burst, 32, tagged.now);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        assertThat(tagged.count(Counter.FORWARDED_TO_REALSERVER)).isEqualTo(640_001);
        assertThat(tagged.forwarder.vlans().ports().getLast().sentPackets()).isGreaterThanOrEqualTo(640_001);
        assertThat(tagged.forwarder.vlans().ports().getFirst().receivedPackets())
                .isEqualTo(640_001);
    }
}
