package io.twoarm.model;

/** The software that moves the packets on a director. */
public enum DirectorKind {
    /** TwoArm's own daemon, {@code twoarm-director}. */
    BUNDLED,
    /** DPVS of iQIYI with its own keepalived; see {@link DpvsRelease} for its versions. */
    DPVS,
    /** The kernel's IPVS with the distribution's keepalived. */
    IPVS;

    /** Whether a dataplane outside of the kernel takes over the ports that face VIPs and LIPs. */
    public boolean hasDataplane() {
        return switch (this) {
            case BUNDLED, DPVS -> true;
            case IPVS -> false;
        };
    }
}
