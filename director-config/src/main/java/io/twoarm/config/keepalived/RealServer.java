package io.twoarm.config.keepalived;

import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A realserver of a virtual server.
 *
 * @param address RIP
 * @param port RPORT, 0 to 65535
 * @param weight 0 (no new sessions) to 65535
 * @param limits bounds of its sessions
 * @param inhibitOnFailure true to keep a failed realserver with weight 0, false to take it out
 */
public record RealServer(
        InetAddress address,
        int port,
        int weight,
        boolean inhibitOnFailure,
        Optional<TcpCheck> check,
        ConnectionLimits limits,
        Origin origin) {

    public static final int DEFAULT_WEIGHT = 1;
    public static final int HIGHEST_WEIGHT = 65535;

    public RealServer(InetAddress address, int port, int weight, boolean inhibitOnFailure, Optional<TcpCheck> check) {
        this(address, port, weight, inhibitOnFailure, check, ConnectionLimits.NONE, Origin.NONE);
    }
}
