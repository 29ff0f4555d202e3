package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;

/**
 * Local ports of one local address towards one realserver.
 *
 * @param address LIP
 * @param realserver RIP
 * @param realserverPort RPORT, 0 for ICMP
 * @param protocol name of the protocol
 * @param used ports in use
 * @param total ports that there are
 */
public record LocalAddressStatus(
        IpAddress address, IpAddress realserver, int realserverPort, String protocol, int used, int total) {}
