package io.twoarm.diagnose.packet;

import io.twoarm.model.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * One end of a flow.
 *
 * @param port 0 to 65535; for ICMP echo the identifier, 0 where there is none
 */
public record Endpoint(InetAddress address, int port) {

    /** {@code address:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        String text = IpLiteral.format(address);
        return (address instanceof Inet6Address ? "[" + text + "]:" : text + ":") + port;
    }

    /**
     * Reads {@code address:port} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not ADDRESS:PORT, or [ADDRESS]:PORT for IPv6");
        }
        String address = text.substring(0, colon);
        boolean brackets = address.startsWith("[") && address.endsWith("]");
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65535) {
            throw new IllegalArgumentException("port " + port + " of \"" + text + "\" is above 65535");
        }
        return new Endpoint(IpLiteral.parse(brackets ? address.substring(1, address.length() - 1) : address), port);
    }
}
