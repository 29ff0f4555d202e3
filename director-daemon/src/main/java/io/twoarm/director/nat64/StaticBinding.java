package io.twoarm.director.nat64;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;

/**
 * A binding that is configured and stays: what comes to a port of the pool goes to a port of an IPv6 host.
 *
 * @param protocol one of {@link Nat64Protocol}
 * @param outsidePort port of the pool's address, or a ping's identifier, 0 to 65535
 * @param insidePort port of the host
 */
public record StaticBinding(int protocol, Ipv4Address outside, int outsidePort, Ipv6Address inside, int insidePort) {}
