package io.twoarm.bench;

/** A way of forwarding, with the families of both sides. */
enum Mode {
    FULLNAT44("FNAT", false, false),
    /** The same with connections that the SYN proxy began: {@link ProxiedConnections}. */
    SYNPROXY44("FNAT", false, false),
    FULLNAT66("FNAT", true, true),
    NAT64("FNAT", true, false),
    /** Only the destination changes. */
    NAT("NAT", false, false),
    /** Only Ethernet addresses change. */
    DR("DR", false, false),
    /** Clients go out: addresses of the director take the place of theirs, and the VIP is the one they go to. */
    SNAT("SNAT", false, false);

    /** After {@code lb_kind} in {@code keepalived.conf}. */
    final String keyword;
    /** Whether clients have IPv6. */
    final boolean wideClients;
    /** Whether realservers have IPv6. */
    final boolean wideRealservers;

    Mode(String keyword, boolean wideClients, boolean wideRealservers) {
        this.keyword = keyword;
        this.wideClients = wideClients;
        this.wideRealservers = wideRealservers;
    }
}
