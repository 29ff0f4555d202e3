package io.twoarm.director.forward;

/**
 * What the addresses and ports of a packet become in the other family: those of IPv6 where the packet comes from IPv4, those of
 * IPv4 where it comes from IPv6. One value for a packet, one for the packet that an ICMP error quotes; written anew for each.
 */
final class PacketEnds {
    long sourceHigh;
    long sourceLow;
    long toHigh;
    long toLow;
    int source;
    int to;

    /** Whether ports, and identifiers of pings, change as well. */
    boolean portsChange;

    /** Ports as they lie in the new packet; for a ping its identifier as it lies there, in the lower 16 bits. */
    int rawPorts;
}
