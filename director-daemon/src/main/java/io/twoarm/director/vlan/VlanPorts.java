package io.twoarm.director.vlan;

import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.PacketPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One worker's VLAN interfaces, by tag. Made beside the packet path and taken over whole. */
public final class VlanPorts {
    /** No interface has the tag. */
    public static final int UNKNOWN = -1;

    private static final int IDS = 4096;

    private final List<VlanPort> ports;
    private final VlanPort[] byIndex;
    /** By port below and protocol: the interface's index, by number of the VLAN; 0 for none. */
    private final short[][] indexes;

    private VlanPorts(List<VlanPort> ports, int below) {
        this.ports = List.copyOf(ports);
        byIndex = new VlanPort[below + VlanInterface.MOST];
        indexes = new short[2 * below][];
        for (VlanPort port : ports) {
            VlanInterface definition = port.definition();
            byIndex[definition.port()] = port;
            int row = row(definition.link(), definition.protocol().type());
            if (indexes[row] == null) {
                indexes[row] = new short[IDS];
            }
            indexes[row][definition.id()] = (short) definition.port();
        }
    }

    private static int row(int link, int type) {
        return 2 * link + (type == EthernetHeader.TYPE_SERVICE_VLAN ? 1 : 0);
    }

    /** Without interfaces, for a worker with so many ports. */
    public static VlanPorts none(int ports) {
        return new VlanPorts(List.of(), ports);
    }

    /**
     * Other interfaces; those that stay are the same objects.
     *
     * @param below the ports that frames pass
     */
    public VlanPorts changed(List<VlanInterface> wanted, List<PacketPort> below, BufferPool buffers) {
        List<VlanPort> next = new ArrayList<>();
        for (VlanInterface each : wanted) {
            Optional<VlanPort> present = ports.stream()
                    .filter(port -> port.definition().equals(each))
                    .findFirst();
            next.add(present.orElseGet(() -> new VlanPort(each, below.get(each.link()), buffers)));
        }
        return new VlanPorts(next, below.size());
    }

    /** Index of the interface that a tag on a port leads to, or {@link #UNKNOWN}. There are no tags within tags. */
    public int find(int link, int type, int id) {
        int row = row(link, type);
        if (row >= indexes.length || indexes[row] == null || indexes[row][id] == 0) {
            return UNKNOWN;
        }
        return indexes[row][id];
    }

    /** The interface of an index that {@link #find} gave. */
    public VlanPort port(int index) {
        return byIndex[index];
    }

    public List<VlanPort> ports() {
        return ports;
    }
}
