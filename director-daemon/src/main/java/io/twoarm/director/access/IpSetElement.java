package io.twoarm.director.access;

import io.twoarm.director.address.IpAddress;

/**
 * An entry of a set as it is looked up. Addresses are two numbers with the first byte highest, IPv4 ones are mapped; lengths
 * are of 128 bits. Parts that the set's type has not are 0.
 *
 * @param ports protocol, port and second port: 8, 16 and 16 bits
 * @param extra an Ethernet address, or a device's index and 1
 */
record IpSetElement(
        long high, long low, int length, long otherHigh, long otherLow, int otherLength, long ports, long extra) {
    static final int WHOLE = 128;

    static long ports(int protocol, int port, int otherPort) {
        return (long) protocol << 32 | (long) port << 16 | otherPort;
    }

    int protocol() {
        return (int) (ports >>> 32);
    }

    int port() {
        return (int) (ports >>> 16) & 0xffff;
    }

    int otherPort() {
        return (int) ports & 0xffff;
    }

    IpAddress address() {
        return IpAddress.of(high, low);
    }

    IpAddress otherAddress() {
        return IpAddress.of(otherHigh, otherLow);
    }

    /** The same with the addresses of its networks, for another protocol. */
    IpSetElement withPorts(long wanted) {
        return new IpSetElement(high, low, length, otherHigh, otherLow, otherLength, wanted, extra);
    }
}
