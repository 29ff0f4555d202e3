package io.twoarm.model;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * An IP network in CIDR form, such as {@code 10.0.96.0/24}; its host bits are zero.
 *
 * @param network the network address, IPv4 or IPv6
 * @param length the prefix length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(InetAddress network, int length) {

    /** @throws InvalidLiteralException when the length is out of range or a host bit is set */
    public Prefix {
        checkLength(network, length);
        InetAddress masked = mask(network, length);
        if (!masked.equals(network)) {
            throw new InvalidLiteralException(
                    IpLiteral.format(network) + "/" + length + " is not a network: it has bits set behind the first "
                            + length + ".",
                    "Write " + IpLiteral.format(masked) + "/" + length + ".");
        }
    }

    /**
     * Reads {@code address/length}.
     *
     * @throws InvalidLiteralException when the text is no prefix
     */
    public static Prefix parse(String text) {
        Slashed slashed = Slashed.parse(text, "10.0.96.0/24");
        return new Prefix(slashed.address(), slashed.length());
    }

    /** The network of that length that the address lies in. */
    public static Prefix around(InetAddress address, int length) {
        checkLength(address, length);
        return new Prefix(mask(address, length), length);
    }

    /** {@code 0.0.0.0/0} or {@code ::/0}, of the address's family. */
    public static Prefix everything(InetAddress sameFamily) {
        return around(sameFamily, 0);
    }

    /** Whether the address lies in the network; never true across families. */
    public boolean contains(InetAddress address) {
        return sameFamily(address) && mask(address, length).equals(network);
    }

    /** Whether the other network lies wholly in this one; a network contains itself. */
    public boolean contains(Prefix other) {
        return other.length >= length && contains(other.network);
    }

    /** Whether there is an address that lies in both. */
    public boolean overlaps(Prefix other) {
        return contains(other) || other.contains(this);
    }

    /** Whether this is a default route's destination. */
    public boolean isDefault() {
        return length == 0;
    }

    public boolean isIpv4() {
        return IpLiteral.isIpv4(network);
    }

    /** The IPv4 broadcast address; empty for IPv6 and for /31 (RFC 3021) and /32, which have none. */
    public Optional<InetAddress> broadcast() {
        if (!isIpv4() || length > 30) {
            return Optional.empty();
        }
        return Optional.of(last());
    }

    /** The address with all bits behind the prefix set. */
    public InetAddress last() {
        byte[] bytes = network.getAddress();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return IpLiteral.ofBytes(bytes);
    }

    @Override
    public String toString() {
        return IpLiteral.format(network) + "/" + length;
    }

    static void checkLength(InetAddress address, int length) {
        int bits = IpLiteral.bits(address);
        if (length < 0 || length > bits) {
            throw new InvalidLiteralException(
                    "a prefix length of " + length + " does not exist in " + IpLiteral.family(address)
                            + "; allowed is 0 to " + bits + ".",
                    "Write a prefix length from 0 to " + bits + ".");
        }
    }

    private boolean sameFamily(InetAddress address) {
        return IpLiteral.bits(address) == IpLiteral.bits(network);
    }

    private static InetAddress mask(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        int wholeBytes = length / 8;
        if (wholeBytes < bytes.length) {
            bytes[wholeBytes] &= (byte) ~(0xff >> length % 8);
            Arrays.fill(bytes, wholeBytes + 1, bytes.length, (byte) 0);
        }
        return IpLiteral.ofBytes(bytes);
    }

    /** The two halves of {@code address/length}. */
    record Slashed(InetAddress address, int length) {
        static Slashed parse(String text, String example) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new InvalidLiteralException(
                        "\"" + text + "\" has no prefix length.",
                        "Write the length after a slash, such as " + example + ".");
            }
            InetAddress address = IpLiteral.parse(text.substring(0, slash));
            String digits = text.substring(slash + 1);
            if (!digits.matches("0|[1-9][0-9]{0,2}")) {
                throw new InvalidLiteralException(
                        "\"" + digits + "\" in \"" + text + "\" is not a prefix length; allowed is 0 to "
                                + IpLiteral.bits(address) + ".",
                        "Write the length in decimal digits, such as " + example + ".");
            }
            return new Slashed(address, Integer.parseInt(digits));
        }
    }
}
