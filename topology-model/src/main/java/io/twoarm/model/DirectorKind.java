package io.twoarm.model;

/** The software that moves the packets on a director. */
public enum DirectorKind {
    /** TwoArm's own daemon, {@code twoarm-director}. */
    BUNDLED,
    /** DPVS of iQIYI with its own keepalived; see {@link DpvsRelease} for its versions. */
    DPVS,
    /** The kernel's IPVS with the distribution's keepalived. */
    IPVS,
    /** Vyatta Core 6, a router with its own configuration: source NAT with VRRP and synchronised connections. */
    VYATTA,
    /** VyOS 1.4, its successor with another tree of configuration. */
    VYOS;

    /** Whether a dataplane outside of the kernel takes over the ports that face VIPs and LIPs. */
    public boolean hasDataplane() {
        return switch (this) {
            case BUNDLED, DPVS -> true;
            case IPVS, VYATTA, VYOS -> false;
        };
    }

    /** Whether the director is a router without virtual services, all of whose settings are in one configuration. */
    public boolean isAppliance() {
        return switch (this) {
            case VYATTA, VYOS -> true;
            case BUNDLED, DPVS, IPVS -> false;
        };
    }
}
