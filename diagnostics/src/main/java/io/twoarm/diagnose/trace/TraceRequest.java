package io.twoarm.diagnose.trace;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * What to trace.
 *
 * @param from name of the host that sends
 * @param port of the destination, 1 to 65535; with ICMP it does not matter
 * @param mostHops 1 to 64
 * @param patience how long an answer of each hop is waited for
 */
public record TraceRequest(String from, InetAddress to, Method method, int port, int mostHops, Duration patience) {
    private static final int LIMIT = 64;

    /** The packets that are sent. */
    public enum Method {
        UDP,
        ICMP,
        /** SYNs, as they also pass where only the service's port is open. */
        TCP
    }

    public TraceRequest {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be 1 to 65535, found " + port);
        }
        if (mostHops < 1 || mostHops > LIMIT) {
            throw new IllegalArgumentException("hops must be 1 to " + LIMIT + ", found " + mostHops);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("the patience must be longer than zero, found " + patience);
        }
    }

    public static TraceRequest tcp(String from, InetAddress to, int port) {
        return new TraceRequest(from, to, Method.TCP, port, 12, Duration.ofSeconds(1));
    }
}
