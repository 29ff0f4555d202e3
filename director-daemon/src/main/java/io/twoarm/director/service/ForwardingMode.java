package io.twoarm.director.service;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How packets of a flow reach their realserver, and how its answers reach the client. */
public enum ForwardingMode {
    /** Both addresses and ports are exchanged, so answers come back to the director's local address. */
    FULLNAT("FullNat", "-b"),

    /** VIP and VPORT become RIP and RPORT; the client's address stays, so answers must be routed through the director. */
    NAT("Masq", "-m"),

    /** Only the Ethernet addresses change; the realserver has the VIP itself and answers the client on its own way. */
    DIRECT("Route", "-g"),

    /** The whole packet goes to the realserver within another one; it has the VIP itself, as with direct routing. */
    TUNNEL("Tunnel", "-i"),

    /** The same with a header of GRE between the two (RFC 2784), without checksum or key. */
    GRE("Tunnel", "-i --tun-type gre"),

    /**
     * For flows of hosts behind the director: the "realserver" is one of the director's own addresses, which takes the place
     * of the host's, with a port or identifier of the director's choice.
     */
    SNAT("SNAT", "-J");

    private final String label;
    private final String option;

    ForwardingMode(String label, String option) {
        this.label = label;
        this.option = option;
    }

    /** The word in the tables of {@code ipvsadm}. */
    public String label() {
        return label;
    }

    /** The option of {@code ipvsadm}. */
    public String option() {
        return option;
    }

    /** The word of the control protocol: {@code fullnat}, {@code nat}, {@code direct}, {@code tunnel}, {@code gre}, {@code snat}. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of an {@code ipvsadm} option such as {@code -m}. */
    public static Optional<ForwardingMode> of(String option) {
        return Stream.of(values()).filter(mode -> mode.option.equals(option)).findFirst();
    }

    /** Whether the client's packets keep their addresses and ports, and the realserver's never come by. */
    public boolean isOneSided() {
        return this == DIRECT || isTunnel();
    }

    /** Whether packets go to the realserver within other ones. */
    public boolean isTunnel() {
        return this == TUNNEL || this == GRE;
    }

    /** Whether a realserver behind a VIP of the other family can be reached. */
    public boolean crossesFamilies() {
        return this == FULLNAT || isTunnel();
    }
}
