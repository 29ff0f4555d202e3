package io.twoarm.director.access;

import io.twoarm.director.access.IpSetType.Part;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads and writes entries of one set: parts with commas between them, each perhaps a range. */
final class IpSetGrammar {
    /** Most elements that one text may stand for. */
    private static final int MOST_ELEMENTS = 65_536;

    private static final int HIGHEST_PORT = 65_535;

    private final IpSetType type;
    private final IpSet.Options options;
    private final List<String> devices;
    private AddressBlock addressRange;
    private int lowestPort;
    private int highestPort = HIGHEST_PORT;

    IpSetGrammar(IpSetType type, IpSet.Options options, List<String> devices) {
        this.type = type;
        this.options = options;
        this.devices = List.copyOf(devices);
        if (!type.isBitmap()) {
            return;
        }
        if (options.range().isEmpty()) {
            throw new IllegalArgumentException("type " + type.keyword() + " needs a range, such as range "
                    + (type == IpSetType.BITMAP_PORT ? "1-1024" : "192.168.0.0/24"));
        }
        if (type == IpSetType.BITMAP_PORT) {
            int[] ports = ports(options.range());
            lowestPort = ports[0];
            highestPort = ports[1];
        } else {
            addressRange = AddressBlock.parse(options.range());
            long count = addressRange.last().low() - addressRange.first().low() + 1;
            if (!addressRange.isIpv4() || count > MOST_ELEMENTS) {
                throw new IllegalArgumentException("range " + options.range() + " of type " + type.keyword()
                        + " is to be of IPv4 and of at most " + MOST_ELEMENTS + " addresses");
            }
        }
    }

    /** The ports of {@code P} or {@code P-Q}. */
    private static int[] ports(String text) {
        if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
            throw new IllegalArgumentException("\"" + text + "\" is no port: 0 to " + HIGHEST_PORT + ", or P-Q");
        }
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
        if (first > last || last > HIGHEST_PORT) {
            throw new IllegalArgumentException("ports " + text + " are no range within 0-" + HIGHEST_PORT);
        }
        return new int[] {first, last};
    }

    /**
     * What a text stands for.
     *
     * @throws IllegalArgumentException when it is no entry of the set
     */
    List<IpSetElement> elements(String text) {
        String[] words = text.split(",", -1);
        List<Part> parts = type.parts();
        if (words.length != parts.size()) {
            throw new IllegalArgumentException("\"" + text + "\" has " + words.length + " parts; an entry of "
                    + type.keyword() + " has " + parts.size());
        }
        List<IpSetElement> found = List.of(new IpSetElement(0, 0, 0, 0, 0, 0, 0, 0));
        for (int i = 0; i < words.length; i++) {
            found = combine(found, parts.get(i), words[i], i >= 2);
        }
        return found;
    }

    private List<IpSetElement> combine(List<IpSetElement> before, Part part, String word, boolean second) {
        List<IpSetElement> found = new ArrayList<>();
        for (IpSetElement element : before) {
            switch (part) {
                case ADDRESS, NET -> addAddresses(found, element, part, word, second);
                case PORT -> addPorts(found, element, word, second);
                case MAC -> found.add(withExtra(element, mac(word)));
                case DEVICE -> found.add(withExtra(element, device(word)));
            }
            if (found.size() > MOST_ELEMENTS) {
                throw new IllegalArgumentException(word + " stands for more than " + MOST_ELEMENTS + " entries");
            }
        }
        return found;
    }

    private void addAddresses(List<IpSetElement> found, IpSetElement element, Part part, String word, boolean second) {
        AddressBlock block = AddressBlock.parse(word);
        if (block.isIpv4() == options.ipv6()) {
            throw new IllegalArgumentException(
                    word + " is of the other family than the set, which is for " + (options.ipv6() ? "IPv6" : "IPv4"));
        }
        if (addressRange != null
                && (Bits.compare(
                                        block.first().high(),
                                        block.first().low(),
                                        addressRange.first().high(),
                                        addressRange.first().low())
                                < 0
                        || Bits.compare(
                                        block.last().high(),
                                        block.last().low(),
                                        addressRange.last().high(),
                                        addressRange.last().low())
                                > 0)) {
            throw new IllegalArgumentException(word + " is outside of the set's range " + options.range());
        }
        if (part == Part.NET) {
            block.networks()
                    .forEach(net -> found.add(withAddress(element, net.high(), net.low(), net.length(), second)));
            return;
        }
        long count = block.last().low() - block.first().low() + 1;
        if (block.first().high() != block.last().high() || count < 1 || count + found.size() > MOST_ELEMENTS) {
            throw new IllegalArgumentException(
                    word + " stands for more than " + MOST_ELEMENTS + " entries; use a type with net");
        }
        for (long i = 0; i < count; i++) {
            found.add(withAddress(element, block.first().high(), block.first().low() + i, IpSetElement.WHOLE, second));
        }
    }

    private static IpSetElement withAddress(IpSetElement it, long high, long low, int length, boolean second) {
        return second
                ? new IpSetElement(it.high(), it.low(), it.length(), high, low, length, it.ports(), it.extra())
                : new IpSetElement(
                        high, low, length, it.otherHigh(), it.otherLow(), it.otherLength(), it.ports(), it.extra());
    }

    private static IpSetElement withExtra(IpSetElement it, long extra) {
        return new IpSetElement(
                it.high(), it.low(), it.length(), it.otherHigh(), it.otherLow(), it.otherLength(), it.ports(), extra);
    }

    /** Of a set of ports alone, an entry without a protocol is for TCP and UDP; elsewhere it is for TCP, as with DPVS. */
    private void addPorts(List<IpSetElement> found, IpSetElement element, String word, boolean second) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? "tcp" : word.substring(0, colon);
        Protocol protocol = switch (name) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            case "sctp" -> Protocol.SCTP;
            case "icmp" -> Protocol.ICMP;
            case "icmp6", "icmpv6" -> Protocol.ICMPV6;
            default ->
                throw new IllegalArgumentException("\"" + word + "\" names no protocol: tcp, udp, sctp, icmp or icmp6");
        };
        boolean ported = protocol != Protocol.ICMP && protocol != Protocol.ICMPV6;
        int[] range = ported ? ports(word.substring(colon + 1)) : new int[] {0, 0};
        if (ported && (range[0] < lowestPort || range[1] > highestPort)) {
            throw new IllegalArgumentException(word + " is outside of the set's range " + options.range());
        }
        for (int port = range[0]; port <= range[1]; port++) {
            if (second) {
                found.add(element.withPorts(IpSetElement.ports(element.protocol(), element.port(), port)));
            } else {
                found.add(element.withPorts(IpSetElement.ports(protocol.number(), port, 0)));
                if (colon < 0 && type == IpSetType.BITMAP_PORT) {
                    found.add(element.withPorts(IpSetElement.ports(Protocol.UDP.number(), port, 0)));
                }
            }
        }
    }

    private static long mac(String word) {
        if (!word.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
            throw new IllegalArgumentException("\"" + word + "\" is no Ethernet address like 02:00:00:00:00:01");
        }
        return Long.parseLong(word.replace(":", ""), 16);
    }

    private long device(String word) {
        int index = devices.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException("no such device: " + word + "; there are " + String.join(", ", devices));
        }
        return index + 1L;
    }

    /** As it can be typed. */
    String print(IpSetElement element) {
        List<String> words = new ArrayList<>();
        List<Part> parts = type.parts();
        for (int i = 0; i < parts.size(); i++) {
            boolean second = i >= 2;
            words.add(
                    switch (parts.get(i)) {
                        case ADDRESS -> (second ? element.otherAddress() : element.address()).toString();
                        case NET ->
                            second
                                    ? net(element.otherAddress(), element.otherLength())
                                    : net(element.address(), element.length());
                        case PORT ->
                            second ? String.valueOf(element.otherPort()) : protocol(element) + ":" + element.port();
                        case MAC -> "%012X".formatted(element.extra()).replaceAll("..(?!$)", "$0:");
                        case DEVICE -> devices.get((int) element.extra() - 1);
                    });
        }
        return String.join(",", words);
    }

    private static String net(IpAddress address, int length) {
        return address + "/" + (length - IpSetElement.WHOLE + address.width());
    }

    private static String protocol(IpSetElement element) {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.number() == element.protocol()) {
                return protocol == Protocol.ICMPV6 ? "icmp6" : protocol.name().toLowerCase(Locale.ROOT);
            }
        }
        return String.valueOf(element.protocol());
    }
}
