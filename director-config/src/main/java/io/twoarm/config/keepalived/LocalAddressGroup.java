package io.twoarm.config.keepalived;

import io.twoarm.config.Origin;
import java.util.List;

/** Local addresses (LIPs) under one name. */
public record LocalAddressGroup(String name, List<Entry> entries, Origin origin) {

    public LocalAddressGroup {
        entries = List.copyOf(entries);
    }

    public LocalAddressGroup(String name, List<Entry> entries) {
        this(name, entries, Origin.NONE);
    }

    /**
     * A line of the group.
     *
     * @param device the device or bonding whose segment the addresses belong to
     */
    public record Entry(AddressRange range, String device, Origin origin) {
        public Entry(AddressRange range, String device) {
            this(range, device, Origin.NONE);
        }
    }
}
