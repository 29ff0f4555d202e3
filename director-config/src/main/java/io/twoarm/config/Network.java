package io.twoarm.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An IP network in CIDR form, such as {@code 10.0.96.0/24}; its host bits are zero.
 *
 * @param address the network address, IPv4 or IPv6
 * @param length the prefix length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(InetAddress address, int length) {

    public Network {
        byte[] bytes = address.getAddress();
        if (length < 0 || length > bytes.length * 8) {
            throw new IllegalArgumentException("prefix length " + length + " of " + address.getHostAddress()
                    + " is not between 0 and " + bytes.length * 8);
        }
        if (!address.equals(masked(address, length))) {
            throw new IllegalArgumentException(address.getHostAddress() + "/" + length + " has host bits set");
        }
    }

    /** The network of the given length that {@code address} lies in. */
    public static Network of(InetAddress address, int length) {
        return new Network(masked(address, length), length);
    }

    /**
     * Reads {@code ADDRESS/LENGTH}, or a bare address as a host network; host bits are cleared.
     *
     * @return empty when the text is neither
     */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        return AddressLiteral.parse(literal).flatMap(address -> {
            int longest = address.getAddress().length * 8;
            if (slash < 0) {
                return Optional.of(new Network(address, longest));
            }
            String length = text.substring(slash + 1);
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > longest) {
                return Optional.empty();
            }
            return Optional.of(of(address, Integer.parseInt(length)));
        });
    }

    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && masked(other, length).equals(address);
    }

    /** True when the length is 0: the destination of a default route. */
    public boolean isDefault() {
        return length == 0;
    }

    @Override
    public String toString() {
        return AddressLiteral.print(address) + "/" + length;
    }

    private static InetAddress masked(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int bit = Math.max(0, length); bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return AddressLiteral.of(bytes);
    }
}
