package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import java.util.Optional;

/**
 * A realserver of a virtual service.
 *
 * @param address RIP
 * @param port RPORT, 1 to 65535; 0 for ICMP
 * @param weight 0 keeps new flows away
 * @param inhibitOnFailure a failed realserver stays listed with weight 0 instead of being taken out
 * @param limits bounds of its sessions
 * @param check how its health is found out; without one it counts as up
 * @param mode how packets reach it
 */
public record RealserverDefinition(
        IpAddress address,
        int port,
        int weight,
        boolean inhibitOnFailure,
        ConnectionLimits limits,
        Optional<TcpCheck> check,
        ForwardingMode mode) {

    /** A realserver behind FullNAT. */
    public RealserverDefinition(
            IpAddress address,
            int port,
            int weight,
            boolean inhibitOnFailure,
            ConnectionLimits limits,
            Optional<TcpCheck> check) {
        this(address, port, weight, inhibitOnFailure, limits, check, ForwardingMode.FULLNAT);
    }

    /** A realserver behind FullNAT, without limits. */
    public RealserverDefinition(
            IpAddress address, int port, int weight, boolean inhibitOnFailure, Optional<TcpCheck> check) {
        this(address, port, weight, inhibitOnFailure, ConnectionLimits.NONE, check);
    }

    /** The same, reached another way. */
    public RealserverDefinition withMode(ForwardingMode wanted) {
        return new RealserverDefinition(address, port, weight, inhibitOnFailure, limits, check, wanted);
    }
}
