package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses and ports of one end of flows, as behind {@code src-range} and {@code dst-range}: {@code A-B:P-Q}, IPv6 in
 * brackets as {@code [A-B]:P-Q}. Without ports, or with {@code 0-0}, all ports are meant.
 *
 * @param first lowest address
 * @param last highest address, of the same family
 * @param firstPort lowest port, 0 to 65535
 * @param lastPort highest port; 0 for all
 */
public record FlowEnds(InetAddress first, InetAddress last, int firstPort, int lastPort) {
    /** What {@link #parse} takes, in words. */
    public static final String ALLOWED =
            "a range such as 192.168.0.1-192.168.0.254 or 192.168.0.1-192.168.0.254:1024-65535";

    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern PORTS = Pattern.compile("(.*[^:]):(\\d{1,5})(?:-(\\d{1,5}))?");

    /** Reads a range; empty for any other text, also when the lower end does not come first. */
    public static Optional<FlowEnds> parse(String text) {
        boolean brackets = text.startsWith("[");
        boolean narrow = text.indexOf(':') == text.lastIndexOf(':');
        Matcher ports = PORTS.matcher(text);
        boolean hasPorts = (brackets ? text.matches(".*\\]:[^\\]]*") : narrow) && ports.matches();
        String addresses = (hasPorts ? ports.group(1) : text).replace("[", "").replace("]", "");
        int dash = addresses.indexOf('-');
        Optional<InetAddress> first = AddressLiteral.parse(dash < 0 ? addresses : addresses.substring(0, dash));
        Optional<InetAddress> last = dash < 0 ? first : AddressLiteral.parse(addresses.substring(dash + 1));
        if (first.isEmpty() || last.isEmpty() || !isAscending(first.get(), last.get())) {
            return Optional.empty();
        }
        int firstPort = hasPorts ? Integer.parseInt(ports.group(2)) : 0;
        int lastPort = hasPorts && ports.group(3) != null ? Integer.parseInt(ports.group(3)) : firstPort;
        return firstPort > lastPort || lastPort > HIGHEST_PORT
                ? Optional.empty()
                : Optional.of(new FlowEnds(first.get(), last.get(), firstPort, lastPort));
    }

    private static boolean isAscending(InetAddress first, InetAddress last) {
        return AddressLiteral.sameFamily(first, last)
                && new BigInteger(1, first.getAddress()).compareTo(new BigInteger(1, last.getAddress())) <= 0;
    }

    /** Whether an address is one of these, whatever the ports. */
    boolean contains(InetAddress address) {
        return isAscending(first, address) && isAscending(address, last);
    }

    /** Whether an address is one of these and of others, whatever the ports. */
    boolean overlaps(FlowEnds other) {
        return contains(other.first) || other.contains(first);
    }

    /** As it stands in the file. */
    public String print() {
        String addresses = AddressLiteral.print(first) + "-" + AddressLiteral.print(last);
        boolean wide = first.getAddress().length > 4;
        return (wide ? "[" + addresses + "]" : addresses) + (lastPort == 0 ? "" : ":" + firstPort + "-" + lastPort);
    }
}
