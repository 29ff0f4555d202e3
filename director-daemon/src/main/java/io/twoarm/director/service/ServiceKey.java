package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;

/**
 * What tells a virtual service from others.
 *
 * @param protocol transport protocol
 * @param address VIP
 * @param port VPORT; 0 for ICMP
 */
public record ServiceKey(Protocol protocol, IpAddress address, int port) {
    @Override
    public String toString() {
        return protocol + " " + address + ":" + port;
    }
}
