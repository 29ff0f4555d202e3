package io.twoarm.config.dpvs;

import io.twoarm.config.Origin;

/**
 * A VLAN interface: a device of its own whose frames pass a port with a tag.
 *
 * @param name its name in both configuration files, at most 31 characters
 * @param settings values of the keywords under {@code netif_defs/vlan}
 */
public record Vlan(String name, Settings settings, Origin origin) {
    /** VLAN interfaces of a director at one time. */
    public static final int MOST = 128;

    /** Highest number of a VLAN; 4095 is reserved (IEEE 802.1Q, 9.6). */
    public static final int HIGHEST_ID = 4094;

    public Vlan(String name, Settings settings) {
        this(name, settings, Origin.NONE);
    }

    /** Name of the device or bonding below; empty when the file names none. */
    public String link() {
        return settings.find(NetifKeywords.VLAN_LINK).orElse("");
    }

    /** Number in the tag, 1 to 4094; 0 when the file names none. */
    public int id() {
        return settings.find(NetifKeywords.VLAN_ID).orElse(0);
    }

    /** {@code 802.1q} or {@code 802.1ad}. */
    public String protocol() {
        return settings.get(NetifKeywords.VLAN_PROTOCOL);
    }
}
