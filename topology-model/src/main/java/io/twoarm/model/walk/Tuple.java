package io.twoarm.model.walk;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.Objects;

/** What tells the packets of one flow and direction from all others: the 5-tuple. */
public record Tuple(
        Protocol protocol, InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {
    public Tuple {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
    }

    /** The tuple of the answers. */
    public Tuple reversed() {
        return new Tuple(protocol, destination, destinationPort, source, sourcePort);
    }

    Tuple from(InetAddress address, int port) {
        return new Tuple(protocol, address, port, destination, destinationPort);
    }

    Tuple to(InetAddress address, int port) {
        return new Tuple(protocol, source, sourcePort, address, port);
    }

    /** Such as {@code 172.16.0.1:40000 -> 10.0.96.204:80}. */
    @Override
    public String toString() {
        return endpoint(source, sourcePort) + " -> " + endpoint(destination, destinationPort);
    }

    /** Address and port as in {@code 10.0.96.204:80} and {@code [2001:db8::1]:80}. */
    public static String endpoint(InetAddress address, int port) {
        String text = IpLiteral.format(address);
        return (IpLiteral.isIpv4(address) ? text : "[" + text + "]") + ":" + port;
    }
}
