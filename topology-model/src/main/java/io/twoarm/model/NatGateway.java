package io.twoarm.model;

import java.net.InetAddress;
import java.util.List;

/**
 * A way out for hosts behind a director: connections from them leave with the director's address (SNAT).
 *
 * @param director a director, or a group of them
 * @param port the port towards the outside
 * @param addresses the outside addresses that connections get
 * @param sources the networks behind the director whose hosts may use it
 * @param firewall whether the director lets in from outside only what belongs to connections from behind it, and lets
 *     out nothing that belongs to no connection
 */
public record NatGateway(
        String name,
        String director,
        String port,
        List<InetAddress> addresses,
        List<Prefix> sources,
        boolean firewall) {
    public NatGateway {
        Name.check(name);
        Name.check(director);
        Name.check(port);
        addresses = List.copyOf(addresses);
        sources = List.copyOf(sources);
    }

    /** A gateway that filters nothing. */
    public NatGateway(String name, String director, String port, List<InetAddress> addresses, List<Prefix> sources) {
        this(name, director, port, addresses, sources, false);
    }
}
