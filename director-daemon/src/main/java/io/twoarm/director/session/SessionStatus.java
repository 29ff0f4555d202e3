package io.twoarm.director.session;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;
import java.time.Duration;

/**
 * A session as it stands at a moment. Ports of ICMP are identifiers, with 0 on the other side.
 *
 * @param protocol its protocol
 * @param state its state
 * @param client CIP
 * @param clientPort CPORT
 * @param virtual VIP
 * @param virtualPort VPORT
 * @param local LIP
 * @param localPort LPORT
 * @param realserver RIP
 * @param realserverPort RPORT
 * @param expiresIn time until it expires if nothing comes
 */
public record SessionStatus(
        Protocol protocol,
        SessionState state,
        IpAddress client,
        int clientPort,
        IpAddress virtual,
        int virtualPort,
        IpAddress local,
        int localPort,
        IpAddress realserver,
        int realserverPort,
        Duration expiresIn) {

    /** Whether protocol, addresses and ports are the same. */
    boolean isSameFlow(SessionStatus other) {
        return protocol == other.protocol
                && clientPort == other.clientPort
                && virtualPort == other.virtualPort
                && localPort == other.localPort
                && realserverPort == other.realserverPort
                && client.equals(other.client)
                && virtual.equals(other.virtual)
                && local.equals(other.local)
                && realserver.equals(other.realserver);
    }
}
