package io.twoarm.model;

import java.net.InetAddress;

/**
 * An address as it stands on an interface, such as {@code 192.168.229.1/24}: the host's own address and the prefix
 * that is on-link there.
 *
 * @param address the host's address, IPv4 or IPv6
 * @param prefixLength the on-link prefix length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record InterfaceAddress(InetAddress address, int prefixLength) {

    /** @throws InvalidLiteralException when the length is out of range */
    public InterfaceAddress {
        Prefix.checkLength(address, prefixLength);
    }

    /**
     * Reads {@code address/length}.
     *
     * @throws InvalidLiteralException when the text is no such thing
     */
    public static InterfaceAddress parse(String text) {
        Prefix.Slashed slashed = Prefix.Slashed.parse(text, "192.168.229.1/24");
        return new InterfaceAddress(slashed.address(), slashed.length());
    }

    /** The network that is on-link through this address. */
    public Prefix subnet() {
        return Prefix.around(address, prefixLength);
    }

    @Override
    public String toString() {
        return IpLiteral.format(address) + "/" + prefixLength;
    }
}
