package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One address, or several that differ only in their last octet (IPv4) or their last 16 bits (IPv6), such as
 * {@code 192.168.229.210-219}.
 *
 * @param first the lowest address
 * @param size how many addresses, 1 to 255
 */
public record AddressRange(InetAddress first, int size) {
    /** Most addresses in one range. */
    public static final int LARGEST = 255;

    public AddressRange {
        if (size < 1 || size > LARGEST || lastPart(first) + size - 1 > highestPart(first)) {
            throw new IllegalArgumentException(
                    size + " addresses from " + AddressLiteral.print(first) + " are no range of this language");
        }
    }

    public static AddressRange single(InetAddress address) {
        return new AddressRange(address, 1);
    }

    /** Reads {@code ADDRESS} or {@code ADDRESS-LAST}, where LAST is an octet, or up to four hexadecimal digits for IPv6. */
    public static Optional<AddressRange> parse(String text) {
        int dash = text.indexOf('-');
        Optional<InetAddress> first = AddressLiteral.parse(dash < 0 ? text : text.substring(0, dash));
        if (dash < 0 || first.isEmpty()) {
            return first.map(AddressRange::single);
        }
        boolean wide = first.get().getAddress().length > 4;
        String last = text.substring(dash + 1);
        if (!last.matches(wide ? "[0-9A-Fa-f]{1,4}" : "[0-9]{1,3}")) {
            return Optional.empty();
        }
        int highest = Integer.parseInt(last, wide ? 16 : 10);
        int size = highest - lastPart(first.get()) + 1;
        return size < 1 || size > LARGEST || highest > highestPart(first.get())
                ? Optional.empty()
                : Optional.of(new AddressRange(first.get(), size));
    }

    /** Every address of the range, ascending. */
    public List<InetAddress> addresses() {
        return IntStream.range(0, size).mapToObj(this::plus).toList();
    }

    /** As it stands in the file. */
    public String print() {
        if (size == 1) {
            return AddressLiteral.print(first);
        }
        int last = lastPart(first) + size - 1;
        boolean wide = first.getAddress().length > 4;
        return AddressLiteral.print(first) + "-" + Integer.toString(last, wide ? 16 : 10);
    }

    private InetAddress plus(int offset) {
        byte[] bytes = first.getAddress();
        int part = lastPart(first) + offset;
        bytes[bytes.length - 1] = (byte) part;
        if (bytes.length > 4) {
            bytes[bytes.length - 2] = (byte) (part >> 8);
        }
        return AddressLiteral.of(bytes);
    }

    private static int lastPart(InetAddress address) {
        byte[] bytes = address.getAddress();
        int low = bytes[bytes.length - 1] & 0xff;
        return bytes.length == 4 ? low : (bytes[bytes.length - 2] & 0xff) << 8 | low;
    }

    private static int highestPart(InetAddress address) {
        return address.getAddress().length == 4 ? 0xff : 0xffff;
    }
}
