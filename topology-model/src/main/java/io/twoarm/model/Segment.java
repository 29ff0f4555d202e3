package io.twoarm.model;

import java.util.List;

/**
 * A broadcast domain (one wire, VLAN or switch) with the subnets that are numbered on it.
 *
 * @param mtu the largest IP packet that the wire carries, in bytes, 68 (RFC 791) to 65535
 */
public record Segment(String name, List<Prefix> subnets, int mtu) {
    public static final int ETHERNET_MTU = 1500;
    public static final Range MTU = new Range(68, 65535);

    public Segment {
        Name.check(name);
        subnets = List.copyOf(subnets);
        MTU.check(mtu, "mtu");
    }

    /** A segment of ordinary Ethernet. */
    public Segment(String name, List<Prefix> subnets) {
        this(name, subnets, ETHERNET_MTU);
    }
}
