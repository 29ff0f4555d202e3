package io.twoarm.director.nat64;

import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Protocol;

/** Numbers of the protocols that NAT64 has a binding table each for (RFC 6146, 3.1). */
public final class Nat64Protocol {
    public static final int TCP = 0;
    public static final int UDP = 1;

    /** Pings; their identifier has the place of a port. */
    public static final int ECHO = 2;

    private Nat64Protocol() {}

    /** The number for one of IANA's, of either family; -1 for all others. */
    public static int of(int number) {
        if (number == Protocol.TCP.number()) {
            return TCP;
        }
        if (number == Protocol.UDP.number()) {
            return UDP;
        }
        return number == Protocol.ICMP.number() || number == Icmpv6Header.PROTOCOL ? ECHO : -1;
    }

    /** The name in configurations and lists. */
    public static String label(int protocol) {
        return switch (protocol) {
            case TCP -> "tcp";
            case UDP -> "udp";
            default -> "icmp";
        };
    }
}
