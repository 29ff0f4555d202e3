package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The driver's receive and transmit functions of one queue, as {@code rte_eth_rx_burst} and {@code rte_eth_tx_burst} call
 * them. Valid while the port is started.
 *
 * <p>A critical call has no thread-state transition: 2 ns instead of 6. It holds back garbage collection while it lasts,
 * so it is for drivers that only touch memory; drivers that make system calls get a normal one.
 */
public final class BurstFunctions {
    private static final FunctionDescriptor BURST = FunctionDescriptor.of(Dpdk.SHORT, Dpdk.LONG, Dpdk.LONG, Dpdk.SHORT);
    private static final MethodHandle CRITICAL =
            Linker.nativeLinker().downcallHandle(BURST, Linker.Option.critical(false));
    private static final MethodHandle NORMAL = Linker.nativeLinker().downcallHandle(BURST);

    private static final int REHEARSED_CALLS = 10_000;

    private final MemorySegment receive;
    private final MemorySegment transmit;
    private final long receiveQueue;
    private final long transmitQueue;
    private final boolean touchesMemoryOnly;

    BurstFunctions(long receive, long receiveQueue, long transmit, long transmitQueue, boolean touchesMemoryOnly) {
        this.receive = MemorySegment.ofAddress(receive);
        this.receiveQueue = receiveQueue;
        this.transmit = MemorySegment.ofAddress(transmit);
        this.transmitQueue = transmitQueue;
        this.touchesMemoryOnly = touchesMemoryOnly;
    }

    /** Calls a function of the C library as if it were a driver's, until the calls are compiled. */
    public static void rehearse() {
        // long labs(long) looks at its first argument only, the queue.
        long nothing = Linker.nativeLinker().defaultLookup().findOrThrow("labs").address();
        for (boolean touchesMemoryOnly : new boolean[] {true, false}) {
            BurstFunctions functions = new BurstFunctions(nothing, 0, nothing, 0, touchesMemoryOnly);
            for (int i = 0; i < REHEARSED_CALLS; i++) {
                functions.receive(0, i);
                functions.transmit(0, i);
            }
        }
    }

    /** @return how many buffers {@code burst} holds now, 0 to {@code max} */
    public int receive(long burst, int max) {
        return call(receive, receiveQueue, burst, max);
    }

    /** @return how many buffers the driver took, from the first on */
    public int transmit(long burst, int count) {
        return call(transmit, transmitQueue, burst, count);
    }

    private int call(MemorySegment function, long queue, long burst, int count) {
        try {
            // uint16_t
            return touchesMemoryOnly
                    ? (short) CRITICAL.invokeExact(function, queue, burst, (short) count) & 0xffff
                    : (short) NORMAL.invokeExact(function, queue, burst, (short) count) & 0xffff;
        } catch (Throwable t) {
            throw NativeFunction.unexpected(t);
        }
    }
}
