package io.twoarm.director.access;

/**
 * What access lists may know of the first packet of a flow. One object serves all flows of a worker: it is filled, used, and
 * filled again. Addresses are two numbers with the first byte highest, IPv4 ones are mapped.
 */
public final class AccessQuery {
    public long sourceHigh;
    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;

    /** Protocol number of IP. */
    public int protocol;

    /** 0 where the protocol has no ports. */
    public int sourcePort;

    public int destinationPort;

    /** Ethernet address of the sender, first byte highest. */
    public long mac;

    /** Index of the port that the packet came in by. */
    public int port;
}
