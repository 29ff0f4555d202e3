package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;
import io.twoarm.director.linux.StandardOutput;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** DPDK's Environment Abstraction Layer, started once in a process. */
public final class Eal {
    /** {@code rte_cpuset_t}: 1024 bits. */
    private static final MemoryLayout CPUSET = MemoryLayout.structLayout(
            MemoryLayout.sequenceLayout(16, ValueLayout.JAVA_LONG).withName("bits"));

    private final Dpdk dpdk;
    private final EalLog log;

    private Eal(Dpdk dpdk, EalLog log) {
        this.dpdk = dpdk;
        this.log = log;
    }

    /**
     * Starts EAL. The calling thread becomes its main lcore and is bound to that lcore's CPUs; it must be the first
     * worker's thread.
     *
     * @param arguments complete, with the program's name first
     */
    public static Eal start(Dpdk dpdk, EalLog log, List<String> arguments) throws DpdkException {
        log.attach(dpdk);
        NativeFunction init = dpdk.function("rte_eal_init");
        // EAL keeps pointers into the arguments.
        Arena arena = Arena.global();
        MemorySegment vector = arena.allocate(ValueLayout.JAVA_LONG, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
            vector.setAtIndex(
                    ValueLayout.JAVA_LONG,
                    i,
                    arena.allocateFrom(arguments.get(i)).address());
        }
        // For a wrong value EAL prints its help, some 80 lines.
        int result = StandardOutput.mutedWhile(() -> (int) init.call(arguments.size(), vector.address()));
        Eal eal = new Eal(dpdk, log);
        if (result < 0) {
            throw eal.startFailed(arguments, dpdk.errorText(dpdk.errno()));
        }
        return eal;
    }

    Dpdk dpdk() {
        return dpdk;
    }

    /** The last lines of DPDK's log that tell something, oldest first. */
    public List<String> recentLog() {
        return log.telling();
    }

    public boolean hasLcore(int lcore) {
        return (int) dpdk.function("rte_lcore_is_enabled").call(lcore) != 0;
    }

    /**
     * Makes the calling thread one of DPDK's, with a cache of buffers of its own. Without that all works, only slower.
     *
     * @return whether it is one now
     */
    public boolean registerThread() {
        return (int) dpdk.function("rte_thread_register").call() == 0;
    }

    /** Undoes {@link #registerThread}. */
    public void unregisterThread() {
        dpdk.function("rte_thread_unregister").call();
    }

    /** The CPUs that EAL's arguments give an lcore. */
    public BitSet cpusOf(int lcore) {
        // A struct as result, which is no matter of registers.
        MethodHandle cpuset = Linker.nativeLinker()
                .downcallHandle(dpdk.symbol("rte_lcore_cpuset"), FunctionDescriptor.of(CPUSET, Dpdk.INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bits = (MemorySegment) cpuset.invokeExact((SegmentAllocator) arena, lcore);
            return BitSet.valueOf(bits.toArray(ValueLayout.JAVA_LONG));
        } catch (Throwable t) {
            throw NativeFunction.unexpected(t);
        }
    }

    /** Gives everything back; the last call to DPDK. For the thread that started EAL. */
    public void stop() {
        dpdk.function("rte_eal_cleanup").call();
    }

    private DpdkException startFailed(List<String> arguments, String cause) {
        List<String> lines = log.telling();
        String text = String.join("\n", lines).toLowerCase(Locale.ROOT);
        String problem = "DPDK's environment did not start: " + cause;
        String fix;
        if (text.contains("hugepage")) {
            problem = "DPDK's environment did not start: there are no free huge pages";
            fix = "reserve some: echo 512 > /proc/sys/vm/nr_hugepages   (2 MiB each),"
                    + " or run without them: add --no-huge after --";
        } else if (text.contains("failed to parse device") || text.contains("unable to parse device")) {
            fix =
                    "check the device's name in --vdev or -a, and that its driver is installed: apt-cache search librte-net-";
        } else if (text.contains("lcore") || text.contains("core list")) {
            fix = "correct -l, -c or --lcores after --; this machine has CPUs 0 to "
                    + (Runtime.getRuntime().availableProcessors() - 1);
        } else if (text.contains("another primary process")) {
            fix = "another DPDK program uses the same file prefix: give --file-prefix another name after --";
        } else {
            fix = "correct the arguments after -- as the lines above say";
        }
        List<String> details = new ArrayList<>();
        details.add("arguments: " + String.join(" ", arguments.subList(1, arguments.size())));
        lines.forEach(line -> details.add("DPDK:      " + line));
        return new DpdkException(problem, details, fix);
    }
}
