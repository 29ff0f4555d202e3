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
        /** The same, of a VRRP instance that is master here. It is used at once: the other director had it a moment ago. */
        FLOATING,
        /** The same, of a VRRP instance that is not master here: known to services, but not answered for. */
        STANDBY,
        /** Source towards realservers. */
        LOCAL,
        /** The kernel's, on its twin of the port: packets to it are the kernel's, and so is answering for it. */
        KERNEL;

        /** Whether it is the director's at this moment. */
        public boolean isHeld() {
            return this != STANDBY && this != KERNEL;
        }

        /** Whether clients connect to it, here and now. */
        public boolean isVirtual() {
            return this == VIRTUAL || this == FLOATING;
        }
    }
}
