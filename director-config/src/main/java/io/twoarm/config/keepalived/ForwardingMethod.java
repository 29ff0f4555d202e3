package io.twoarm.config.keepalived;

import java.util.Optional;
import java.util.stream.Stream;

/** How packets reach the realserver ({@code lb_kind}). */
public enum ForwardingMethod {
    FNAT,
    SNAT,
    NAT,
    DR,
    TUN;

    static Optional<ForwardingMethod> of(String text) {
        return Stream.of(values()).filter(value -> value.name().equals(text)).findFirst();
    }
}
