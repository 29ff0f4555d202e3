package io.twoarm.director.access;

import io.twoarm.director.access.IpSetType.Part;
import io.twoarm.director.address.Ipv6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of addresses, networks, ports and what else its type is made of, as {@code dpip ipset} makes it. Never changes: a
 * change makes another set.
 */
public final class IpSet {
    /** Most characters of a name. */
    public static final int LONGEST_NAME = 31;

    /** Entries of a set unless it says otherwise. */
    public static final int DEFAULT_MAXIMUM = 65_535;

    /** Most entries that a set may be made for. */
    public static final int HIGHEST_MAXIMUM = 1 << 20;

    /**
     * How a set is made.
     *
     * @param ipv6 whether its addresses are of IPv6
     * @param comments whether entries have comments
     * @param hashSize shown only; the director chooses its own
     * @param maximum most entries
     * @param range of a bitmap, as it was typed; empty for others
     */
    public record Options(boolean ipv6, boolean comments, int hashSize, int maximum, String range) {
        public static final Options DEFAULT = new Options(false, false, 1024, DEFAULT_MAXIMUM, "");
    }

    /** What an entry has besides its element. */
    private record Entry(boolean exception, String comment) {}

    private final String name;
    private final IpSetType type;
    private final Options options;
    private final IpSetGrammar grammar;
    private final Map<IpSetElement, Entry> entries;
    private final IpSetTable table;

    private IpSet(
            String name, IpSetType type, Options options, IpSetGrammar grammar, Map<IpSetElement, Entry> entries) {
        this.name = name;
        this.type = type;
        this.options = options;
        this.grammar = grammar;
        this.entries = entries;
        Map<IpSetElement, Boolean> exceptions = new LinkedHashMap<>();
        entries.forEach((element, entry) -> exceptions.put(element, entry.exception));
        table = new IpSetTable(exceptions);
    }

    /**
     * Makes an empty set.
     *
     * @param devices names of the director's devices, in the order of its ports
     * @throws IllegalArgumentException when name, type and options do not fit each other
     */
    public static IpSet create(String name, IpSetType type, Options options, List<String> devices) {
        checkName(name);
        if (options.maximum() < 1 || options.maximum() > HIGHEST_MAXIMUM) {
            throw new IllegalArgumentException(
                    "maxelem " + options.maximum() + ": 1 to " + HIGHEST_MAXIMUM + " allowed");
        }
        return new IpSet(name, type, options, new IpSetGrammar(type, options, devices), Map.of());
    }

    /** A name as it is, when it can be one. */
    static String checkName(String name) {
        if (!name.matches("[A-Za-z0-9_.:-]{1," + LONGEST_NAME + "}")) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a set: 1 to " + LONGEST_NAME
                    + " letters, digits, or _ . : - are needed");
        }
        return name;
    }

    public String name() {
        return name;
    }

    public IpSetType type() {
        return type;
    }

    public Options options() {
        return options;
    }

    /** Number of entries. */
    public int size() {
        return entries.size();
    }

    /** Bytes that it takes for looking up. */
    public int bytes() {
        return table.size();
    }

    /**
     * The same with further entries; those that there are already get what is given here.
     *
     * @param text an entry; ranges are several
     * @param exception what it holds counts as not in the set, although a wider entry has it
     * @throws IllegalArgumentException when it is no entry of this type, or the set is full
     */
    public IpSet with(String text, boolean exception, String comment) {
        if (exception && !type.mayExcept()) {
            throw new IllegalArgumentException("nomatch is for types with a net, not for " + type.keyword());
        }
        if (!comment.isEmpty() && !options.comments()) {
            throw new IllegalArgumentException(
                    "set " + name + " was made without comments; create it with the word comment");
        }
        Map<IpSetElement, Entry> wanted = new LinkedHashMap<>(entries);
        for (IpSetElement element : grammar.elements(text)) {
            wanted.put(element, new Entry(exception, comment));
            if (wanted.size() > options.maximum()) {
                throw new IllegalArgumentException("set " + name + " is full: it takes " + options.maximum()
                        + " entries (maxelem); found " + text);
            }
        }
        return new IpSet(name, type, options, grammar, wanted);
    }

    /** The same without entries; what is not in it is left out. */
    public IpSet without(String text) {
        Map<IpSetElement, Entry> wanted = new LinkedHashMap<>(entries);
        grammar.elements(text).forEach(wanted::remove);
        return new IpSet(name, type, options, grammar, wanted);
    }

    /** Whether every entry of a text is an entry here, word for word. */
    public boolean has(String text) {
        return entries.keySet().containsAll(grammar.elements(text));
    }

    /** The same without all entries. */
    public IpSet flushed() {
        return new IpSet(name, type, options, grammar, Map.of());
    }

    /** Whether what a text says, of which each part is a single one, is in the set. */
    public boolean contains(String text) {
        List<IpSetElement> elements = grammar.elements(text);
        return elements.stream()
                .allMatch(element -> table.contains(
                        element.high(),
                        element.low(),
                        element.otherHigh(),
                        element.otherLow(),
                        element.ports(),
                        element.extra()));
    }

    /**
     * Whether a flow's first packet is in the set: its source is the first address and port, its destination the second.
     */
    public boolean contains(AccessQuery query) {
        boolean addressed = type != IpSetType.BITMAP_PORT;
        if (addressed && options.ipv6() == Ipv6Address.isMapped(query.sourceHigh, query.sourceLow)) {
            return false;
        }
        List<Part> parts = type.parts();
        boolean hasPort = parts.contains(Part.PORT);
        boolean second = parts.size() > 2 && parts.get(2) != Part.DEVICE;
        long ports = hasPort
                ? IpSetElement.ports(query.protocol, query.sourcePort, parts.size() > 3 ? query.destinationPort : 0)
                : 0;
        long extra = switch (type) {
            case BITMAP_IP_MAC -> query.mac;
            case HASH_NET_PORT_IFACE -> query.port + 1L;
            default -> 0;
        };
        return table.contains(
                addressed ? query.sourceHigh : 0,
                addressed ? query.sourceLow : 0,
                second ? query.destinationHigh : 0,
                second ? query.destinationLow : 0,
                ports,
                extra);
    }

    /** All entries as they can be typed, with their comments. */
    public List<String> members() {
        List<String> lines = new ArrayList<>();
        entries.forEach((element, entry) -> lines.add(grammar.print(element)
                + (entry.exception ? "  nomatch" : "")
                + "  "
                + (entry.comment.isEmpty() ? "" : "comment \"" + entry.comment + "\"")));
        return lines;
    }
}
