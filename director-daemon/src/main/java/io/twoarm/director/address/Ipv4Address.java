package io.twoarm.director.address;

/**
 * An IPv4 address.
 *
 * @param bits the address with its first byte highest: 10.0.0.1 is {@code 0x0a000001}
 */
public record Ipv4Address(int bits) implements IpAddress {
    public static final Ipv4Address ANY = new Ipv4Address(0);

    /**
     * Reads dotted-decimal notation, four numbers of 0 to 255.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw malformed(text);
        }
        int bits = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw malformed(text);
            }
            int value = Integer.parseInt(part);
            if (value > 255) {
                throw malformed(text);
            }
            bits = bits << 8 | value;
        }
        return new Ipv4Address(bits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no IPv4 address: four numbers of 0 to 255 are needed, like 192.0.2.1");
    }

    @Override
    public long high() {
        return 0;
    }

    @Override
    public long low() {
        return Ipv6Address.mapped(bits);
    }

    @Override
    public int width() {
        return 32;
    }

    @Override
    public boolean isAny() {
        return bits == 0;
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }
}
