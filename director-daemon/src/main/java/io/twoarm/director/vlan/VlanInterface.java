package io.twoarm.director.vlan;

import io.twoarm.config.dpvs.Vlan;
import java.util.List;

/**
 * A VLAN of a port, as it is wanted.
 *
 * @param name its name as a device, such as {@code dpdk0.100}
 * @param port its index among ports; stays as long as the interface is there
 * @param link index of the port that its frames pass
 * @param id number of the VLAN, 1 to 4094
 */
public record VlanInterface(String name, int port, int link, TagProtocol protocol, int id) {
    /** VLAN interfaces of a director at one time. */
    public static final int MOST = Vlan.MOST;

    /** Highest number of a VLAN; 4095 is reserved (IEEE 802.1Q, 9.6). */
    public static final int HIGHEST_ID = Vlan.HIGHEST_ID;

    public VlanInterface {
        if (id < 1 || id > HIGHEST_ID) {
            throw new IllegalArgumentException(
                    "VLAN " + name + " has the number " + id + "; 1 to " + HIGHEST_ID + " allowed");
        }
    }

    /** Whether the same frames belong to both. */
    public boolean hasSameTag(VlanInterface other) {
        return link == other.link && protocol == other.protocol && id == other.id;
    }

    /**
     * An index for one more interface. That of an interface that is gone is given again as late as possible, for sessions
     * may still send there.
     *
     * @param ports how many ports there are
     * @throws IllegalArgumentException when there are {@value #MOST} already
     */
    public static int freeIndex(int ports, List<VlanInterface> present) {
        List<Integer> taken = present.stream().map(VlanInterface::port).toList();
        int next = taken.stream().mapToInt(Integer::intValue).max().orElse(ports - 1) + 1;
        for (int i = 0; i < MOST; i++) {
            int index = ports + (next - ports + i) % MOST;
            if (!taken.contains(index)) {
                return index;
            }
        }
        throw new IllegalArgumentException("There are " + MOST + " VLAN interfaces already; no more are allowed");
    }
}
