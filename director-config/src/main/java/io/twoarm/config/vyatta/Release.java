package io.twoarm.config.vyatta;

/** Releases whose trees of settings differ. */
public enum Release {
    /** Vyatta Core 6: VRRP below interfaces, NAT below services. */
    VYATTA_6("vyatta-6", "Vyatta Core 6"),
    /** VyOS 1.4: VRRP below {@code high-availability}, NAT and firewall by nftables. */
    VYOS_1_4("vyos-1.4", "VyOS 1.4");

    private final String resource;
    private final String title;

    Release(String resource, String title) {
        this.resource = resource;
        this.title = title;
    }

    String resource() {
        return resource + ".grammar";
    }

    /** The name for people. */
    public String title() {
        return title;
    }
}
