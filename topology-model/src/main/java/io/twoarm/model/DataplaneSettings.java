package io.twoarm.model;

import java.util.Objects;

/**
 * Resources of a director's dataplane, and what it does besides services.
 *
 * @param workers forwarding workers, one CPU core each, 1 to 63
 * @param memoryMegabytes DPDK memory in MiB, 64 to 1048576
 * @param hugepages whether that memory comes from hugepages
 * @param translation between IPv4 and IPv6 besides services, which only bundled directors do
 */
public record DataplaneSettings(int workers, int memoryMegabytes, boolean hugepages, FamilyTranslation translation) {
    /** DPDK lcores that DPVS can use are 0 to 63, and one of them is the main one. */
    public static final Range WORKERS = new Range(1, 63);

    public static final Range MEMORY_MEGABYTES = new Range(64, 1 << 20);

    /** One worker and no hugepages: runs on any machine. */
    public static final DataplaneSettings MODEST = new DataplaneSettings(1, 512, false);

    public DataplaneSettings {
        WORKERS.check(workers, "workers");
        MEMORY_MEGABYTES.check(memoryMegabytes, "memory in MiB");
        Objects.requireNonNull(translation, "translation");
    }

    /** A dataplane that translates for services only. */
    public DataplaneSettings(int workers, int memoryMegabytes, boolean hugepages) {
        this(workers, memoryMegabytes, hugepages, FamilyTranslation.NONE);
    }

    public DataplaneSettings withWorkers(int others) {
        return new DataplaneSettings(others, memoryMegabytes, hugepages, translation);
    }

    /** @param megabytes in MiB */
    public DataplaneSettings withMemory(int megabytes) {
        return new DataplaneSettings(workers, megabytes, hugepages, translation);
    }

    public DataplaneSettings withHugepages(boolean wanted) {
        return new DataplaneSettings(workers, memoryMegabytes, wanted, translation);
    }

    public DataplaneSettings withTranslation(FamilyTranslation other) {
        return new DataplaneSettings(workers, memoryMegabytes, hugepages, other);
    }
}
