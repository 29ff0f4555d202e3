package io.twoarm.config.keepalived;

import io.twoarm.config.Origin;
import java.util.List;

/** Several VIPs with their ports under one name. */
public record VirtualServerGroup(String name, List<Entry> entries, Origin origin) {

    public VirtualServerGroup {
        entries = List.copyOf(entries);
    }

    public VirtualServerGroup(String name, List<Entry> entries) {
        this(name, entries, Origin.NONE);
    }

    /**
     * A line of the group.
     *
     * @param port VPORT, 0 to 65535
     */
    public record Entry(AddressRange range, int port, Origin origin) {
        public Entry(AddressRange range, int port) {
            this(range, port, Origin.NONE);
        }
    }
}
