package io.twoarm.config.dpvs;

import io.twoarm.config.Origin;
import java.util.List;

/**
 * Several ports as one.
 *
 * @param name letters or underscores and a number, such as {@code bond1}
 * @param members its devices ({@code slave}), in order
 * @param settings values of the keywords under {@code netif_defs/bonding}
 */
public record Bonding(String name, List<String> members, Settings settings, Origin origin) {

    public Bonding {
        members = List.copyOf(members);
    }

    public Bonding(String name, List<String> members, Settings settings) {
        this(name, members, settings, Origin.NONE);
    }

    /** DPDK's mode number, 0 to 6. */
    public int mode() {
        return settings.get(NetifKeywords.BONDING_MODE);
    }

    /** NUMA node of its members. */
    public int numaNode() {
        return settings.get(NetifKeywords.BONDING_NUMA_NODE);
    }

    /** Whether LACP shall have hardware queues of its own where the members can. */
    public boolean dedicatedQueues() {
        return settings.get(NetifKeywords.BONDING_OPTIONS);
    }

    /** The member whose Ethernet address and settings are the bonding's. */
    public String primary() {
        return settings.find(NetifKeywords.BONDING_PRIMARY)
                .orElseGet(() -> members.isEmpty() ? "" : members.getFirst());
    }
}
