package io.twoarm.model;

import java.net.InetAddress;
import java.util.List;

/**
 * Local addresses (LIPs): the source addresses under which a FullNAT director talks to its realservers.
 *
 * @param director a director, or a group; the members of a group share the addresses out in order, so that each has its
 *     own
 */
public record LocalAddressPool(String name, String director, String port, List<InetAddress> addresses) {
    public LocalAddressPool {
        Name.check(name);
        Name.check(director);
        Name.check(port);
        addresses = List.copyOf(addresses);
    }
}
