package io.twoarm.config.keepalived;

import java.util.Optional;
import java.util.stream.Stream;

/** How packets reach the realserver ({@code lb_kind}). */
public enum ForwardingMethod {
    FNAT,
    SNAT,
    NAT,
    DR,
    TUN,
    /** A tunnel with a header of GRE. */
    TUN_GRE;

    static Optional<ForwardingMethod> of(String text) {
        return Stream.of(values())
                .filter(value -> value != TUN_GRE && value.name().equals(text))
                .findFirst();
    }

    /** Whether packets go to the realserver within other ones. */
    public boolean isTunnel() {
        return this == TUN || this == TUN_GRE;
    }

    /** The words behind {@code lb_kind}. */
    public String words() {
        return this == TUN_GRE ? "TUN type gre" : name();
    }
}
