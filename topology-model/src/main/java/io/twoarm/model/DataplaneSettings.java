package io.twoarm.model;

/**
 * Resources of a director's dataplane.
 *
 * @param workers forwarding workers, one CPU core each, 1 to 63
 * @param memoryMegabytes DPDK memory in MiB, 64 to 1048576
 * @param hugepages whether that memory comes from hugepages
 */
public record DataplaneSettings(int workers, int memoryMegabytes, boolean hugepages) {
    /** DPDK lcores that DPVS can use are 0 to 63, and one of them is the main one. */
    public static final Range WORKERS = new Range(1, 63);

    public static final Range MEMORY_MEGABYTES = new Range(64, 1 << 20);

    /** One worker and no hugepages: runs on any machine. */
    public static final DataplaneSettings MODEST = new DataplaneSettings(1, 512, false);

    public DataplaneSettings {
        WORKERS.check(workers, "workers");
        MEMORY_MEGABYTES.check(memoryMegabytes, "memory in MiB");
    }
}
