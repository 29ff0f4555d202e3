package io.twoarm.director.address;

/**
 * An address of the director. It is answered for by ARP or neighbour discovery and to ping, on its port only.
 *
 * @param address the address
 * @param port index of the port that it belongs to
 * @param role what it is for
 */
public record OwnAddress(IpAddress address, int port, Role role) {

    /** What an address of the director is for. */
    public enum Role {
        /** The port's own address. */
        PORT,
        /** The port's IPv6 address of the link, made from its Ethernet address. */
        LINK,
        /** Clients connect to it. */
        VIRTUAL,
        /** Source towards realservers. */
        LOCAL
    }
}
