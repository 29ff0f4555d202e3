package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;

/**
 * Addresses and ports of one end of flows, as in {@code 192.168.0.1-192.168.0.254:1024-65535}; IPv6 addresses stand in
 * brackets, {@code [2001:db8::1-2001:db8::ff]:0-0}.
 *
 * @param first lowest address
 * @param last highest address, of the same family
 * @param firstPort lowest port
 * @param lastPort highest port; 0 for all ports, {@code firstPort} is 0 then too
 */
public record EndRange(IpAddress first, IpAddress last, int firstPort, int lastPort) {
    private static final int HIGHEST_PORT = 65_535;

    public EndRange {
        if (first.isIpv4() != last.isIpv4() || compare(first.high(), first.low(), last.high(), last.low()) > 0) {
            throw new IllegalArgumentException(first + "-" + last + " is no range: the lower address comes first");
        }
        if (firstPort < 0 || lastPort > HIGHEST_PORT || firstPort > lastPort) {
            throw new IllegalArgumentException(
                    "ports " + firstPort + "-" + lastPort + " are no range within 0-" + HIGHEST_PORT);
        }
    }

    /** All ports of the addresses of a network. */
    public static EndRange of(IpAddress first, IpAddress last) {
        return new EndRange(first, last, 0, 0);
    }

    /**
     * Reads a range: {@code A}, {@code A-B}, {@code A-B:P-Q}, or {@code A:P}; IPv6 with ports in brackets.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static EndRange parse(String text) {
        String addresses = text;
        String ports = "0-0";
        if (text.startsWith("[")) {
            int end = text.lastIndexOf(']');
            String behind = end < 0 ? "" : text.substring(end + 1);
            if (end < 0 || !behind.isEmpty() && !behind.startsWith(":")) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no range such as [2001:db8::1-2001:db8::ff]:0-0");
            }
            addresses = text.substring(0, end + 1).replace("[", "").replace("]", "");
            ports = behind.isEmpty() ? ports : behind.substring(1);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            addresses = text.substring(0, text.indexOf(':'));
            ports = text.substring(text.indexOf(':') + 1);
        }
        int dash = addresses.indexOf('-');
        IpAddress first = IpAddress.parse(dash < 0 ? addresses : addresses.substring(0, dash));
        IpAddress last = dash < 0 ? first : IpAddress.parse(addresses.substring(dash + 1));
        if (!ports.matches("\\d{1,5}(-\\d{1,5})?")) {
            throw new IllegalArgumentException("\"" + text + "\" has no ports such as 1024-65535 behind its addresses");
        }
        int split = ports.indexOf('-');
        int firstPort = Integer.parseInt(split < 0 ? ports : ports.substring(0, split));
        int lastPort = split < 0 ? firstPort : Integer.parseInt(ports.substring(split + 1));
        return new EndRange(first, last, firstPort, lastPort);
    }

    /** Whether an address, as of an {@link IpAddress}, and a port are in it. */
    boolean contains(long high, long low, int port) {
        return compare(first.high(), first.low(), high, low) <= 0
                && compare(high, low, last.high(), last.low()) <= 0
                && (lastPort == 0 || port >= firstPort && port <= lastPort);
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) : Long.compareUnsigned(high, otherHigh);
    }

    /** As DPVS prints it. */
    @Override
    public String toString() {
        String addresses = first + "-" + last;
        return (first.isIpv4() ? addresses : "[" + addresses + "]") + ":" + firstPort + "-" + lastPort;
    }
}
