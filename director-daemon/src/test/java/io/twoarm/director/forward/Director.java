package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.exception.KernelMailbox;
import io.twoarm.director.exception.KernelQueue;
import io.twoarm.director.exception.Sleeper;
import io.twoarm.director.linux.ArenaMemory;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.steer.Colleagues;
import io.twoarm.director.steer.Inbox;
import io.twoarm.director.steer.SharedPort;
import io.twoarm.director.vlan.TagProtocol;
import io.twoarm.director.vlan.VlanInterface;
import io.twoarm.director.wire.PacketWriter;
import io.twoarm.director.worker.Mailbox;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A two-arm director on two test ports, with the tables of {@link DirectorTables} unless a test changes them. */
final class Director {
    static final int WAN = 0;
    static final int LAN = 1;
    /** Bytes of an Ethernet header. */
    static final int ETHERNET = 14;

    static final String WAN_MAC = "02:00:00:00:0a:01";
    static final String LAN_MAC = "02:00:00:00:0b:01";
    static final String GATEWAY_MAC = "02:00:00:00:0a:fe";
    static final String SERVER_MAC = "02:00:00:00:0b:11";
    static final long START = 1_000_000_000L;
    /** For each worker that has a port. */
    private static final int BUFFERS = 1024;

    private static final int BURST = 256;

    final TestBuffers buffers;
    final TestPort wan;
    final TestPort lan;
    /** The first worker's. */
    final Forwarder forwarder;

    /** All workers'. Port i is received from and sent to by worker i; the others use its queue through rings. */
    final List<Forwarder> forwarders = new ArrayList<>();

    /** The queues to the kernel, one for each worker. The WAN has a twin where the kernel has an address. */
    private final List<KernelQueue> kernels = new ArrayList<>();

    private final List<KernelMailbox> fromKernel = new ArrayList<>();
    private final List<Inbox> inboxes = new ArrayList<>();
    private final List<List<SharedPort>> views = new ArrayList<>();
    long now = START;
    private final long burst;
    private final Arena arena = Arena.ofAuto();

    private Director(ForwardingTables tables, int wanMtu, int lanMtu) {
        this(tables, wanMtu, lanMtu, 1);
    }

    private Director(ForwardingTables tables, int wanMtu, int lanMtu, int workers) {
        NativeMemory memory = new ArenaMemory(arena);
        buffers = new TestBuffers(memory, BUFFERS * Math.min(workers, 2));
        wan = new TestPort("dpdk2", 0x0200_0000_0a01L, wanMtu, buffers);
        lan = new TestPort("dpdk0", 0x0200_0000_0b01L, lanMtu, buffers);
        burst = memory.allocate(BURST * 8L, 64);
        int count = workers;
        for (int worker = 0; worker < count; worker++) {
            inboxes.add(new Inbox(new WorkerShare(worker, count), memory));
        }
        for (int worker = 0; worker < count; worker++) {
            List<SharedPort> shared = new ArrayList<>();
            for (int port = 0; port < 2; port++) {
                boolean serves = port % count == worker;
                shared.add(new SharedPort(
                        port(port),
                        port,
                        serves,
                        port % count,
                        worker,
                        inboxes.toArray(Inbox[]::new),
                        buffers,
                        memory));
            }
            List<PacketPort> ports = count == 1 ? List.of(wan, lan) : List.copyOf(shared);
            SecretKey secret = new SecretKey(0x0123_4567_89ab_cdefL, 42);
            boolean twin = tables.addresses().stream().anyMatch(own -> own.role() == OwnAddress.Role.KERNEL);
            KernelQueue kernel = new KernelQueue(twin ? List.of(true, false) : List.of(), memory, new Sleeper());
            Forwarder made = new Forwarder(new ForwarderSetup(
                    ports,
                    buffers,
                    memory,
                    tables,
                    secret,
                    START,
                    new WorkerShare(worker, count),
                    kernel,
                    new Colleagues(worker, inboxes.toArray(Inbox[]::new))));
            kernels.add(kernel);
            fromKernel.add(new KernelMailbox(Mailbox.NONE, kernel, made.kernel(), memory));
            shared.forEach(port -> port.steerBy(made.steering(), made.counters()));
            inboxes.get(worker).serve(List.of(wan, lan));
            views.add(shared);
            forwarders.add(made);
        }
        forwarder = forwarders.getFirst();
    }

    static Director standard() {
        return with(UnaryOperator.identity());
    }

    /** With changed tables. */
    static Director with(UnaryOperator<ForwardingTables> change) {
        return new Director(change.apply(DirectorTables.tables()), 1500, 1500).announced();
    }

    /** With changed tables, shared by two workers. */
    static Director ofTwoWorkers(UnaryOperator<ForwardingTables> change) {
        return ofWorkers(2, change);
    }

    /** With changed tables, shared by some workers. */
    static Director ofWorkers(int workers, UnaryOperator<ForwardingTables> change) {
        return new Director(change.apply(DirectorTables.tables()), 1500, 1500, workers).announced();
    }

    /** With other MTUs. */
    static Director withMtus(int wan, int lan) {
        return new Director(DirectorTables.tables(), wan, lan).announced();
    }

    /** With changed tables and other MTUs. */
    static Director withMtus(UnaryOperator<ForwardingTables> change, int wan, int lan) {
        return new Director(change.apply(DirectorTables.tables()), wan, lan).announced();
    }

    /** As it is right after start. */
    static Director fresh(UnaryOperator<ForwardingTables> change) {
        return new Director(change.apply(DirectorTables.tables()), 1500, 1500);
    }

    /** Moves all that is on the two ports to a VLAN of each, while it runs: 96 of the WAN, and 229 of the LAN with service tags. */
    Director overVlans() {
        VlanInterface outside = new VlanInterface("dpdk2.96", 2 + WAN, WAN, TagProtocol.CUSTOMER, 96);
        VlanInterface inside = new VlanInterface("dpdk0.229", 2 + LAN, LAN, TagProtocol.SERVICE, 229);
        change(tables -> DirectorTables.moved(tables).withVlans(List.of(outside, inside)));
        announced();
        wan.tag(outside);
        lan.tag(inside);
        return this;
    }

    private Director announced() {
        for (int i = 0; i < 4; i++) {
            tick();
            now += 1_000_000;
        }
        while (wan.take() != null || lan.take() != null) {
            // Announcements of addresses are not what most tests are about.
        }
        return this;
    }

    /** Puts changed tables into force, as the worker does between two bursts. */
    void change(UnaryOperator<ForwardingTables> change) {
        ForwardingTables wanted = change.apply(forwarder.status().tables());
        forwarders.forEach(each -> each.apply(each.prepare(wanted), now));
        tick();
    }

    TestPort port(int index) {
        return index == WAN ? wan : lan;
    }

    /** Delivers frames to a port as one burst. */
    void deliver(int port, List<byte[]> frames) {
        assertThat(buffers.allocate(burst, frames.size())).isTrue();
        for (int i = 0; i < frames.size(); i++) {
            fill(Mem.getLong(burst + i * 8L), port(port).onWire(frames.get(i)));
        }
        if (forwarders.size() == 1) {
            forwarder.process(port, burst, frames.size(), now);
        } else {
            for (int i = 0; i < frames.size(); i++) {
                port(port).arrive(Mem.getLong(burst + i * 8L));
            }
            pump();
        }
        checkInvariants();
    }

    /** Delivers frames to a port whose worker has its turn, while the other one does not. */
    void stall(int port, List<byte[]> frames) {
        assertThat(buffers.allocate(burst, frames.size())).isTrue();
        for (int i = 0; i < frames.size(); i++) {
            long mbuf = Mem.getLong(burst + i * 8L);
            fill(mbuf, port(port).onWire(frames.get(i)));
            port(port).arrive(mbuf);
        }
        int received = views.get(port).get(port).receive(burst, frames.size());
        forwarders.get(port).process(port, burst, received, now);
        sent(port);
        sent(1 - port);
        checkInvariants();
    }

    /** Turns of all workers until none has anything left. */
    private void pump() {
        int done = 1;
        while (done > 0) {
            done = 0;
            for (int worker = 0; worker < forwarders.size(); worker++) {
                for (int port = 0; port < 2; port++) {
                    int received = views.get(worker).get(port).receive(burst, 32);
                    if (received > 0) {
                        forwarders.get(worker).process(port, burst, received, now);
                    }
                    done += received;
                }
                done += inboxes.get(worker).work(forwarders.get(worker), now);
            }
        }
    }

    void deliver(int port, byte[] frame) {
        deliver(port, List.of(frame));
    }

    /** Delivers a packet given as text, from the station that usually sends there. */
    void deliver(int port, String text) {
        deliver(port, frame(port, text));
    }

    static byte[] frame(int port, String text) {
        return port == WAN
                ? PacketWriter.frame(text, WAN_MAC, GATEWAY_MAC)
                : PacketWriter.frame(text, LAN_MAC, SERVER_MAC);
    }

    private static void fill(long mbuf, byte[] frame) {
        Mbuf.setLength(mbuf, frame.length);
        long data = Mbuf.data(mbuf);
        for (int i = 0; i < frame.length; i++) {
            Mem.putByte(data + i, frame[i]);
        }
        // What lies behind the frame must not matter.
        for (int i = frame.length; i < frame.length + 64; i++) {
            Mem.putByte(data + i, (byte) 0xee);
        }
    }

    /** Everything that is due at this moment. */
    void tick() {
        int turns = 0;
        for (Forwarder each : forwarders) {
            while (each.tick(now) > 0 && ++turns < 10_000) {
                // Some work is cut into turns.
            }
        }
        if (forwarders.size() > 1) {
            pump();
        }
        checkInvariants();
    }

    /** Lets time pass, with turns of the worker as often as every 2 ms or a 1000th of the time. */
    void pass(Duration time) {
        long end = now + time.toNanos() / 1000;
        long step = Math.max(2000, (end - now) / 1000);
        while (now < end) {
            now = Math.min(end, now + step);
            tick();
        }
    }

    void checkInvariants() {
        for (Forwarder each : forwarders) {
            assertThat(each.balance()).as("packets without a counter").isZero();
        }
    }

    /** No packet is held by anybody but the neighbours that have yet to answer. */
    void checkBuffers() {
        long waiting = view().neighbours().stream()
                .mapToLong(neighbour -> neighbour.waiting())
                .sum();
        assertThat(buffers.outstanding()).as("buffers that nobody freed").isEqualTo((int)
                (waiting + count(Counter.REASSEMBLING)));
    }

    /** All workers as one. */
    ForwardingView view() {
        return AllForwarders.of(forwarders.stream().map(Forwarder::status).toList());
    }

    long count(Counter counter) {
        return counters().get(counter);
    }

    Map<Counter, Long> counters() {
        return view().counters();
    }

    /** Lets the first worker's queue to the kernel be full, of entries without buffers. */
    void fillKernelQueue() {
        while (kernels.getFirst().offer(WAN, 0)) {
            // Until there is no room.
        }
    }

    /** Takes what waits for the kernel. */
    List<byte[]> givenToKernel() {
        List<byte[]> frames = new ArrayList<>();
        for (KernelQueue queue : kernels) {
            while (queue.take(burst, 1) == 1) {
                long mbuf = KernelQueue.buffer(Mem.getLong(burst));
                if (mbuf == 0) {
                    continue;
                }
                byte[] frame = new byte[Mbuf.length(mbuf)];
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = Mem.getByte(Mbuf.data(mbuf) + i);
                }
                frames.add(frame);
                Mem.putLong(burst, mbuf);
                buffers.free(burst, 1);
            }
        }
        return frames;
    }

    /** Lets the kernel send a frame by its twin of the WAN. */
    void sendFromKernel(byte[] frame) {
        assertThat(buffers.allocate(burst, 1)).isTrue();
        fill(Mem.getLong(burst), frame);
        assertThat(kernels.getFirst().offerFromKernel(WAN, Mem.getLong(burst))).isTrue();
        fromKernel.getFirst().work(forwarder, now);
        if (forwarders.size() > 1) {
            pump();
        }
        checkInvariants();
    }

    /** All frames that a port sent, and forgets them. */
    List<byte[]> sent(int port) {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] frame = port(port).take(); frame != null; frame = port(port).take()) {
            frames.add(frame);
        }
        return frames;
    }
}
