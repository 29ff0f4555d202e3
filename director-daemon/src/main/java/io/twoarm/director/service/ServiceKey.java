package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;
import java.util.Optional;

/**
 * What tells a virtual service from others.
 *
 * @param protocol transport protocol
 * @param address VIP
 * @param port VPORT; 0 for ICMP
 * @param match which flows it is for instead
 */
public record ServiceKey(Protocol protocol, IpAddress address, int port, Optional<FlowMatch> match) {
    /** Of a service with a VIP. */
    public ServiceKey(Protocol protocol, IpAddress address, int port) {
        this(protocol, address, port, Optional.empty());
    }

    @Override
    public String toString() {
        return match.isPresent() ? "MATCH " + match.get() : protocol + " " + address + ":" + port;
    }
}
