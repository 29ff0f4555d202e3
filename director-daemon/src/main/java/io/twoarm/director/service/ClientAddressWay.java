package io.twoarm.director.service;

/** How a realserver learns the client's address. */
public enum ClientAddressWay {
    /** Not at all: it sees the local address. */
    NONE,
    /** TCP option of kind 254, as DPVS writes it and most modules of realservers read it. */
    TOA,
    /** The same option with kind 253, which modules for VTOA and Huawei's ELB read. */
    TOA_253,
    /** A line of text before the first data of a TCP connection: PROXY protocol, version 1. */
    PROXY_V1,
    /** A binary header before the first data of a TCP connection, or in front of each datagram: version 2. */
    PROXY_V2;

    /** Whether it is a TCP option. */
    public boolean isOption() {
        return this == TOA || this == TOA_253;
    }

    /** Whether it is a header of the PROXY protocol. */
    public boolean isProxy() {
        return this == PROXY_V1 || this == PROXY_V2;
    }
}
