package io.twoarm.director.nat64;

/** States of a session (RFC 6146, 3.5.2.1), those of TCP and one each of UDP and pings. The ordinal is in the record. */
public enum Nat64State {
    /** A connection request came from IPv4 only. */
    V4_INIT,
    /** A connection request came from IPv6 only. */
    V6_INIT,
    ESTABLISHED,
    V4_FIN,
    V6_FIN,
    BOTH_FIN,
    /** After a reset, or after a long silence; the next packet brings it back. */
    TRANSITORY,
    UDP,
    ECHO;

    private static final Nat64State[] ALL = values();

    static Nat64State of(int ordinal) {
        return ALL[ordinal];
    }

    /** The state after a segment of TCP (RFC 6146, 3.5.2.2). */
    static Nat64State after(Nat64State state, boolean fromIpv6, boolean syn, boolean fin, boolean reset) {
        return switch (state) {
            case V4_INIT -> syn && fromIpv6 ? ESTABLISHED : V4_INIT;
            case V6_INIT -> syn && !fromIpv6 ? ESTABLISHED : V6_INIT;
            case ESTABLISHED -> {
                if (reset) {
                    yield TRANSITORY;
                }
                yield !fin ? ESTABLISHED : fromIpv6 ? V6_FIN : V4_FIN;
            }
            case V4_FIN -> fin && fromIpv6 ? BOTH_FIN : V4_FIN;
            case V6_FIN -> fin && !fromIpv6 ? BOTH_FIN : V6_FIN;
            case BOTH_FIN -> BOTH_FIN;
            case TRANSITORY -> reset ? TRANSITORY : ESTABLISHED;
            case UDP, ECHO -> state;
        };
    }

    /** Whether a segment of TCP that leaves the state as it is begins its time anew. */
    static boolean renews(Nat64State state, boolean fromIpv6, boolean syn, boolean reset) {
        return switch (state) {
            case V4_INIT -> syn && !fromIpv6;
            case V6_INIT -> syn && fromIpv6;
            case BOTH_FIN -> false;
            case TRANSITORY -> false;
            case ESTABLISHED, V4_FIN, V6_FIN -> !reset;
            case UDP, ECHO -> true;
        };
    }
}
