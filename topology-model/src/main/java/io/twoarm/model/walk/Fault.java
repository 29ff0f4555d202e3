package io.twoarm.model.walk;

import java.util.List;
import java.util.Locale;

/** Why packets do not arrive. */
public enum Fault {
    NO_ROUTE(
            "unknown-route-port",
            "route-family",
            "gateway-not-on-link",
            "gateway-is-self",
            "unknown-segment",
            "client-cannot-reach-vip",
            "director-cannot-reach-client",
            "director-cannot-reach-realserver",
            "realserver-cannot-reach-client",
            "nat-answers-pass-by"),
    NOBODY_HAS_ADDRESS(
            "unknown-segment",
            "address-outside-segment",
            "member-address",
            "unknown-host",
            "gateway-not-drawn",
            "vip-outside-subnet",
            "client-cannot-reach-vip",
            "director-cannot-reach-client",
            "director-cannot-reach-realserver",
            "realserver-cannot-reach-client"),
    NOT_FORWARDED(
            "client-cannot-reach-vip",
            "director-cannot-reach-client",
            "director-cannot-reach-realserver",
            "realserver-cannot-reach-client",
            "nat-answers-pass-by"),
    CIRCLE(
            "client-cannot-reach-vip",
            "director-cannot-reach-client",
            "director-cannot-reach-realserver",
            "realserver-cannot-reach-client",
            "realserver-cannot-reach-lip"),
    TTL_EXPIRED("client-cannot-reach-vip"),
    /** The VIP is on no port, or on one that the dataplane does not see. */
    VIP_NOT_ON_PORT("unknown-director", "unknown-port", "kernel-port", "unknown-segment"),
    /** The address is a host's, and no service answers there. */
    NO_SERVICE(),
    NO_REALSERVER("unknown-pool", "realserver-pool-empty", "all-weights-zero"),
    NO_LOCAL_ADDRESS(
            "fullnat-without-lip",
            "unknown-pool",
            "lip-pool-empty",
            "lip-pool-of-other-director",
            "lip-share-missing",
            "lip-family",
            "unknown-port",
            "kernel-port"),
    /** The realserver's answer finds no way to the address that its connection came from. */
    LOCAL_ADDRESS_UNREACHABLE(
            "realserver-cannot-reach-lip",
            "lip-outside-subnet",
            "address-outside-segment",
            "prefix-length-differs",
            "gateway-not-on-link"),
    FAMILY_MIXED("fullnat-4-to-6", "mode-family", "tunnel-family"),
    NOT_ON_WIRE("dr-not-on-wire"),
    PORT_NOT_KEPT("port-not-kept"),
    /** The answer passes the director by, or meets one that does not know the session. */
    ASYMMETRIC_RETURN("nat-answers-pass-by", "nat-under-ecmp", "nat-under-ecmp-gateway"),
    MTU("ipv6-mtu", "bundled-mtu-1500", "toa-mtu-room"),
    /** The host that the packet is for has sent nothing to its sender. */
    FILTERED(),
    /** The director's kind cannot do it. */
    NOT_POSSIBLE();

    private final List<String> rules;

    Fault(String... rules) {
        this.rules = List.of(rules);
    }

    /** The lint rules that find its causes, the nearest cause first. */
    public List<String> rules() {
        return rules;
    }

    /** As one lower-case word, such as {@code no-route}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
