package io.twoarm.model;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A static route of a host. It has a gateway, or a port, or both.
 *
 * @param destination the destination; a prefix of length 0 is the default route
 * @param via the gateway; empty for an on-link route
 * @param port the outgoing port; empty when the gateway's subnet decides
 */
public record Route(Prefix destination, Optional<InetAddress> via, Optional<String> port) {
    public Route {
        Objects.requireNonNull(destination, "destination");
        port.ifPresent(Name::check);
        if (via.isEmpty() && port.isEmpty()) {
            throw new InvalidLiteralException(
                    "the route to " + destination + " leads nowhere: it has neither a gateway nor a port.",
                    "Add via: with the gateway's address, or port: for an on-link route.");
        }
    }
}
