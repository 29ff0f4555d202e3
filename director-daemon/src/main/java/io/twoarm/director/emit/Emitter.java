package io.twoarm.director.emit;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.vlan.VlanInterface;
import io.twoarm.director.vlan.VlanPort;
import io.twoarm.director.vlan.VlanPorts;
import java.util.List;

/**
 * Where every packet of a worker ends: sent, or dropped. A packet is staged with its <em>disposition</em>, the ordinal of
 * the {@link Counter} that it counts for once the port has taken it.
 */
public final class Emitter {
    private static final int CAPACITY = 128;
    private static final int FATES_OFFSET = CAPACITY * 8;
    private static final int QUEUE_SIZE = CAPACITY * 9;
    private static final int LARGE_ROOM = 65_535;
    private static final Counter[] COUNTERS = Counter.values();

    private final PacketPort[] ports;
    private final List<PacketPort> fixed;
    /** Ports below this one may have something staged. */
    private int used;

    private final long[] rawMacs;
    private final long[] macs;
    private final int[] mtus;
    private final BufferPool buffers;
    private final Counters counters;

    /** Of each port: its staged buffers, ready for the driver, and behind them their dispositions, a byte each. */
    private final long queues;

    private final int[] staged;
    private final long drops;
    private int dropped;
    private final long fresh;
    private final long large;
    private final Cutter cutter;

    public Emitter(List<PacketPort> ports, BufferPool buffers, NativeMemory memory, Counters counters) {
        fixed = List.copyOf(ports);
        this.buffers = buffers;
        this.counters = counters;
        int count = ports.size() + VlanInterface.MOST + 1;
        this.ports = new PacketPort[count];
        macs = new long[count];
        rawMacs = new long[count];
        mtus = new int[count];
        queues = Mem.pointer(memory.allocate(count * (long) QUEUE_SIZE, 64));
        staged = new int[count];
        for (int i = 0; i < ports.size(); i++) {
            enter(i, ports.get(i));
        }
        drops = Mem.pointer(memory.allocate(CAPACITY * 8L, 64));
        fresh = Mem.pointer(memory.allocate(8, 64));
        large = Mem.pointer(memory.allocate(Mbuf.SIZE + Mbuf.HEADROOM + LARGE_ROOM, 64));
        cutter = new Cutter(buffers, memory);
        prepareLarge(0);
    }

    private void enter(int index, PacketPort port) {
        put(index, port);
        used = Math.max(used, index + 1);
    }

    private void put(int index, PacketPort port) {
        ports[index] = port;
        macs[index] = port.macAddress();
        rawMacs[index] = EthernetHeader.swap(port.macAddress());
        mtus[index] = port.mtu();
    }

    /** Takes over other VLAN interfaces. For the worker, between two bursts; one that is gone loses what is sent there. */
    public void adopt(VlanPorts before, VlanPorts after) {
        for (VlanPort gone : before.ports()) {
            if (!after.ports().contains(gone)) {
                gone.close();
            }
        }
        after.ports().forEach(port -> enter(port.definition().port(), port));
    }

    /** Index of the port that {@link #enterLast} gives, behind those of VLAN interfaces. */
    public int last() {
        return ports.length - 1;
    }

    /** Takes a port that leads back here. For the worker, between two bursts. */
    public void enterLast(PacketPort port) {
        put(last(), port);
    }

    /**
     * The one buffer that is no pool's: large enough for a packet that came in fragments. It may be released like any other,
     * but neither staged nor kept; {@link Cutter} makes what is sent of it.
     */
    public long large() {
        return large;
    }

    /** Makes the large buffer ready for a frame of so many bytes. */
    public void prepareLarge(int frameLength) {
        Mem.putLong(large + Mbuf.BUF_ADDR_OFFSET, large + Mbuf.SIZE);
        Mem.putShort(large + Mbuf.DATA_OFF_OFFSET, (short) Mbuf.HEADROOM);
        Mem.putShort(large + Mbuf.BUF_LEN_OFFSET, (short) LARGE_ROOM);
        Mbuf.setLength(large, frameLength);
    }

    /** Cuts packets into fragments. */
    public Cutter cutter() {
        return cutter;
    }

    /** The ports, without VLAN interfaces. */
    public List<PacketPort> fixedPorts() {
        return fixed;
    }

    /** By index of the port: its raw Ethernet address, as {@link EthernetHeader} says. VLAN interfaces come and go in it. */
    public long[] rawMacs() {
        return rawMacs;
    }

    /** Ethernet address of a port as a number. */
    public long mac(int port) {
        return macs[port];
    }

    /** Largest IP packet of a port in bytes. */
    public int mtu(int port) {
        return mtus[port];
    }

    /** Puts a finished frame into a port's next burst. */
    public void stage(int port, long mbuf, int disposition) {
        int at = staged[port];
        if (at == CAPACITY) {
            flush(port);
            at = 0;
        }
        long queue = queue(port);
        Mem.putLong(queue + at * 8L, mbuf);
        Mem.putByte(queue + FATES_OFFSET + at, (byte) disposition);
        staged[port] = at + 1;
    }

    private long queue(int port) {
        return queues + port * (long) QUEUE_SIZE;
    }

    /** Frees a received packet. */
    public void drop(long mbuf, Counter reason) {
        counters.count(reason);
        release(mbuf);
    }

    /**
     * Frees a packet that was to be staged. One that the director made counts as {@link Counter#LOST_ORIGINATED}, whatever
     * the reason.
     */
    public void refuse(long mbuf, int disposition, Counter reason) {
        counters.count(COUNTERS[disposition].kind().isDisposition() ? reason : Counter.LOST_ORIGINATED);
        release(mbuf);
    }

    /** Frees a packet that has been counted. */
    public void release(long mbuf) {
        if (mbuf == large) {
            return;
        }
        if (dropped == CAPACITY) {
            freeDropped();
        }
        Mem.putLong(drops + dropped++ * 8L, mbuf);
    }

    /** Takes an empty buffer; 0, and counted, when there is none. */
    public long allocate() {
        if (!buffers.allocate(fresh, 1)) {
            counters.count(Counter.BUFFERS_EXHAUSTED);
            return 0;
        }
        return Mem.getLong(fresh);
    }

    /** Takes an empty buffer and gives it a frame length; 0, and counted, when there is none. */
    public long allocate(int frameLength) {
        long mbuf = allocate();
        if (mbuf != 0) {
            Mbuf.setLength(mbuf, frameLength);
        }
        return mbuf;
    }

    /** Hands over all that is staged, and frees all that was dropped. */
    public void flush() {
        for (int port = 0; port < used; port++) {
            if (staged[port] != 0) {
                flush(port);
            }
        }
        if (staged[staged.length - 1] != 0) {
            flush(staged.length - 1);
        }
        if (dropped != 0) {
            freeDropped();
        }
    }

    private void freeDropped() {
        buffers.free(drops, dropped);
        dropped = 0;
    }

    private void flush(int port) {
        int count = staged[port];
        staged[port] = 0;
        int taken = ports[port].transmit(queue(port), count);
        long fates = queue(port) + FATES_OFFSET;
        int from = 0;
        while (from < taken) {
            int fate = Mem.getByte(fates + from) & 0xff;
            int same = from + 1;
            while (same < taken && (Mem.getByte(fates + same) & 0xff) == fate) {
                same++;
            }
            counters.add(fate, same - from);
            from = same;
        }
        for (int i = taken; i < count; i++) {
            boolean received = COUNTERS[Mem.getByte(fates + i) & 0xff].kind().isDisposition();
            counters.count(received ? Counter.DROPPED_TRANSMIT : Counter.LOST_ORIGINATED);
        }
    }
}
