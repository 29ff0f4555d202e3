package io.twoarm.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * A broadcast domain (one wire, VLAN or switch) with the subnets that are numbered on it.
 *
 * @param mtu the largest IP packet that the wire carries, in bytes, 68 (RFC 791) to 65535
 * @param vlan the number that its frames carry on a cable that several segments share (IEEE 802.1Q), 1 to 4094; empty when
 *     it has none. Ports of its own get its frames without a number.
 */
public record Segment(String name, List<Prefix> subnets, int mtu, OptionalInt vlan) {
    public static final int ETHERNET_MTU = 1500;
    public static final Range MTU = new Range(68, 65535);
    public static final Range VLAN = new Range(1, 4094);

    public Segment {
        Name.check(name);
        subnets = List.copyOf(subnets);
        MTU.check(mtu, "mtu");
        vlan.ifPresent(number -> VLAN.check(number, "vlan"));
    }

    /** A segment of ordinary Ethernet. */
    public Segment(String name, List<Prefix> subnets) {
        this(name, subnets, ETHERNET_MTU, OptionalInt.empty());
    }

    public Segment withName(String other) {
        return new Segment(other, subnets, mtu, vlan);
    }

    public Segment withSubnets(List<Prefix> others) {
        return new Segment(name, others, mtu, vlan);
    }

    /** @param other in bytes, 68 to 65535 */
    public Segment withMtu(int other) {
        return new Segment(name, subnets, other, vlan);
    }

    /** @param other 1 to 4094, or empty */
    public Segment withVlan(OptionalInt other) {
        return new Segment(name, subnets, mtu, other);
    }
}
