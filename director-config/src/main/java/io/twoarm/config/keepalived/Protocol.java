package io.twoarm.config.keepalived;

import java.util.Optional;
import java.util.stream.Stream;

/** Protocol of a virtual server ({@code protocol}). */
public enum Protocol {
    TCP,
    UDP,
    SCTP,
    ICMP,
    ICMPV6;

    static Optional<Protocol> of(String text) {
        return Stream.of(values()).filter(value -> value.name().equals(text)).findFirst();
    }

    /** Whether its packets carry ports; the others are written with port 0. */
    public boolean hasPorts() {
        return switch (this) {
            case TCP, UDP, SCTP -> true;
            case ICMP, ICMPV6 -> false;
        };
    }
}
