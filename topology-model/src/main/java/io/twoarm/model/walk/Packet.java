package io.twoarm.model.walk;

import io.twoarm.model.IpLiteral;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A packet of a flow as it is on one wire.
 *
 * @param ttl time to live or hop limit; of the outer header where there is one
 * @param tunnel the header around it
 * @param clientBytes bytes that tell the realserver who the client is, between the headers and the data
 */
public record Packet(Tuple tuple, int ttl, Optional<Tunnel> tunnel, int clientBytes) {
    /** Linux starts with it (RFC 1700's recommendation). */
    public static final int FIRST_TTL = 64;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    /** The common header and that of one DATA chunk (RFC 9260, 3.1 and 3.3.1). */
    private static final int SCTP_HEADER = 12 + 16;

    public Packet {
        Objects.requireNonNull(tuple, "tuple");
        Objects.requireNonNull(tunnel, "tunnel");
    }

    /** The addresses of the header around a packet: from a director to a realserver. */
    public record Tunnel(InetAddress source, InetAddress destination) {}

    static Packet of(Tuple tuple) {
        return new Packet(tuple, FIRST_TTL, Optional.empty(), 0);
    }

    Packet with(Tuple changed) {
        return new Packet(changed, ttl, tunnel, clientBytes);
    }

    Packet withClientBytes(int bytes) {
        return new Packet(tuple, ttl, tunnel, bytes);
    }

    Packet older() {
        return new Packet(tuple, ttl - 1, tunnel, clientBytes);
    }

    Packet inside(Tunnel around) {
        return new Packet(tuple, ttl, Optional.of(around), clientBytes);
    }

    Packet unwrapped() {
        return new Packet(tuple, ttl, Optional.empty(), clientBytes);
    }

    /** Where the wire and the routers take it. */
    public InetAddress routedTo() {
        return tunnel.map(Tunnel::destination).orElse(tuple.destination());
    }

    /** Bytes besides the data: all headers without options, and what tells the client. */
    public int overhead() {
        return tunnel.map(around -> header(around.destination())).orElse(0)
                + header(tuple.destination())
                + switch (tuple.protocol()) {
                    case TCP -> TCP_HEADER;
                    case UDP -> UDP_HEADER;
                    case SCTP -> SCTP_HEADER;
                }
                + clientBytes;
    }

    static int header(InetAddress address) {
        return IpLiteral.isIpv4(address) ? IPV4_HEADER : IPV6_HEADER;
    }
}
