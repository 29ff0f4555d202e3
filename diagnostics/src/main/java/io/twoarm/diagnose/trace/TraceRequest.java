package io.twoarm.diagnose.trace;

import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
    /** Where traceroute's UDP packets begin by custom. */
    private static final int UDP_PORT = 33434;

    private static final int HTTP = 80;

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

    /**
     * What people write: the name of a service, an address, or an address with a port.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Endpoint destination(Topology topology, String text) {
        return topology.virtualService(text)
                .map(service -> new Endpoint(service.vip(), service.servicePort()))
                .orElseGet(() -> {
                    boolean withPort =
                            text.startsWith("[") || text.contains(":") && text.indexOf(':') == text.lastIndexOf(':');
                    return withPort ? Endpoint.parse(text) : new Endpoint(IpLiteral.parse(text), 0);
                });
    }

    /**
     * With what fits the method where the destination has no port.
     *
     * @param method without one: TCP to a port, ICMP to an address alone
     */
    public static TraceRequest to(
            String from, Endpoint destination, Optional<Method> method, int mostHops, Duration patience) {
        boolean port = destination.port() > 0;
        Method by = method.orElse(port ? Method.TCP : Method.ICMP);
        int number = port ? destination.port() : by == Method.UDP ? UDP_PORT : HTTP;
        return new TraceRequest(from, destination.address(), by, number, mostHops, patience);
    }

    public static TraceRequest tcp(String from, InetAddress to, int port) {
        return new TraceRequest(from, to, Method.TCP, port, 12, Duration.ofSeconds(1));
    }
}
