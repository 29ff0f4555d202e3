package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * A pool of packet buffers in DPDK's memory.
 *
 * <p>DPDK's own allocation is inline C, so it has no symbol. Buffers are taken by calling the pool's dequeue function,
 * found through {@code rte_mempool_ops_table}, and then reset with the stores of {@code rte_pktmbuf_reset}.
 */
public final class MbufPool implements BufferPool {
    /**
     * Room beside the IP packet: Ethernet header, two VLAN tags, FCS; or what net_af_packet asks for: the frames of its rings, 80
     * bytes more than the packet and rounded up to 256, without the kernel's 52 bytes.
     */
    private static final int FRAME_OVERHEAD = 80 + 255 - 52;

    /** Bytes for a frame in a standard buffer ({@code RTE_MBUF_DEFAULT_DATAROOM}). */
    private static final int STANDARD_ROOM = 2048;

    /** DPDK's limit for a pool's per-lcore cache. */
    private static final int MAX_CACHE = 512;

    /** {@code rearm_data}: data_off 128, refcnt 1, nb_segs 1, port 0xffff. */
    private static final long FRESH = Mbuf.HEADROOM | 1L << 16 | 1L << 32 | 0xffffL << 48;

    static final int PACKET_TYPE_OFFSET = 32;

    private static final int REHEARSED_CALLS = 10_000;

    // The functions' addresses are arguments, so that the handles are constants for the compiler.
    private static final MethodHandle DEQUEUE = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(Dpdk.INT, Dpdk.LONG, Dpdk.LONG, Dpdk.INT), Linker.Option.critical(false));
    private static final MethodHandle FREE_BULK = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.ofVoid(Dpdk.LONG, Dpdk.INT), Linker.Option.critical(false));

    private final long pool;
    private final int size;
    private final MemorySegment dequeue;
    private final MemorySegment freeBulk;
    private final NativeFunction inUse;

    private MbufPool(long pool, int size, MemorySegment dequeue, MemorySegment freeBulk, NativeFunction inUse) {
        this.pool = pool;
        this.size = size;
        this.dequeue = dequeue;
        this.freeBulk = freeBulk;
        this.inUse = inUse;
    }

    private static MbufPool of(Dpdk dpdk, long pool, int size) {
        DpdkLayout.Mempool layout = dpdk.layout().mempool();
        long table = dpdk.symbol("rte_mempool_ops_table").address();
        int index = Mem.getInt(pool + layout.opsIndex());
        MemorySegment dequeue = MemorySegment.ofAddress(
                Mem.getLong(table + layout.tableOps() + (long) layout.opsSize() * index + layout.opsDequeue()));
        return new MbufPool(
                pool, size, dequeue, dpdk.symbol("rte_pktmbuf_free_bulk"), dpdk.function("rte_mempool_in_use_count"));
    }

    /** Calls a function of the C library as if it were a pool's, until the calls are compiled. */
    public static void rehearse(NativeMemory memory) {
        // long labs(long) looks at its first argument only: of a pool at 0 it says that there are buffers.
        MemorySegment nothing = Linker.nativeLinker().defaultLookup().findOrThrow("labs");
        MbufPool rehearsed = new MbufPool(0, 0, nothing, nothing, new NativeFunction(nothing));
        long burst = memory.allocate(Long.BYTES, Long.BYTES);
        Mem.putLong(burst, memory.allocate(Mbuf.SIZE, 64));
        for (int i = 0; i < REHEARSED_CALLS; i++) {
            rehearsed.allocate(burst, 1);
            rehearsed.free(burst, 1);
        }
    }

    /**
     * Creates a pool.
     *
     * @param name of at most 25 characters, of this pool alone
     * @param size number of buffers; 2^n - 1 uses memory best
     * @param cache buffers kept per lcore
     * @param mtu largest IP packet in bytes that must fit
     */
    public static MbufPool create(Eal eal, String name, int size, int cache, int mtu) throws DpdkException {
        Dpdk dpdk = eal.dpdk();
        int cached = Math.min(Math.min(cache, MAX_CACHE), size / 2);
        int anySocket = -1;
        long pool;
        try (Arena arena = Arena.ofConfined()) {
            pool = dpdk.function("rte_pktmbuf_pool_create")
                    .call(arena.allocateFrom(name).address(), size, cached, 0, room(mtu), anySocket);
        }
        if (pool == 0) {
            throw outOfMemory(eal, size, mtu, dpdk.errorText(dpdk.errno()));
        }
        return of(dpdk, pool, size);
    }

    /** Bytes that a pool of this size needs, roughly. */
    public static long bytes(int size, int mtu) {
        int header = 64;
        return (long) size * (header + Mbuf.SIZE + room(mtu));
    }

    /** Bytes that it needs without huge pages: no buffer crosses a page's boundary, so each takes whole pages. */
    public static long bytesInSmallPages(int size, int mtu) {
        long page = 4096;
        return (bytes(1, mtu) + page - 1) / page * page * size;
    }

    private static int room(int mtu) {
        int cacheLine = 64;
        int frame = Math.max(STANDARD_ROOM, (mtu + FRAME_OVERHEAD + cacheLine - 1) / cacheLine * cacheLine);
        return Mbuf.HEADROOM + frame;
    }

    /** Address of the {@code struct rte_mempool}. */
    long address() {
        return pool;
    }

    public int size() {
        return size;
    }

    /** Buffers that are not in the pool now: in a port's queues, or held by a packet's way. For a control thread. */
    public int inUse() {
        return (int) inUse.call(pool);
    }

    @Override
    public boolean allocate(long burst, int count) {
        try {
            int result = (int) DEQUEUE.invokeExact(dequeue, pool, burst, count);
            if (result != 0) {
                return false;
            }
        } catch (Throwable t) {
            throw NativeFunction.unexpected(t);
        }
        for (int i = 0; i < count; i++) {
            reset(Mem.pointer(Mem.getLong(burst + 8L * i)));
        }
        return true;
    }

    private static void reset(long mbuf) {
        Mem.putLong(mbuf + Mbuf.DATA_OFF_OFFSET, FRESH);
        Mem.putLong(mbuf + Mbuf.OL_FLAGS_OFFSET, 0);
        Mem.putInt(mbuf + PACKET_TYPE_OFFSET, 0);
        Mem.putInt(mbuf + Mbuf.PKT_LEN_OFFSET, 0);
        // data_len and vlan_tci
        Mem.putInt(mbuf + Mbuf.DATA_LEN_OFFSET, 0);
    }

    @Override
    public void free(long burst, int count) {
        try {
            FREE_BULK.invokeExact(freeBulk, burst, count);
        } catch (Throwable t) {
            throw NativeFunction.unexpected(t);
        }
    }

    private static DpdkException outOfMemory(Eal eal, int size, int mtu, String cause) {
        long megabytes = bytes(size, mtu) >> 20;
        List<String> details =
                eal.recentLog().stream().map(line -> "DPDK:  " + line).toList();
        return new DpdkException(
                "no memory for " + size + " packet buffers (about " + megabytes + " MiB): " + cause,
                details,
                "reserve more huge pages (echo N > /proc/sys/vm/nr_hugepages), give more memory with -m after --,"
                        + " or lower pktpool_size in dpvs.conf");
    }
}
