package io.twoarm.model.project;

import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A topology with one thing in it changed, for every thing in it: what follows from a thing is what changes with it.
 *
 * <p>Values become other ones of their kind, names others everywhere, and objects and entries of lists are left out. A
 * variant that is no topology any more is not among them.
 */
public final class Variants {
    private static final Map<String, Set<String>> REFERENCES = Map.of(
            "segments", Set.of("segment"),
            "hosts", Set.of("director", "host", "members", "router"),
            "localAddressPools", Set.of("localAddresses"),
            "realserverPools", Set.of("realservers"),
            "directorGroups", Set.of("director"),
            "virtualServices", Set.of(),
            "natGateways", Set.of());
    private static final Set<String> REFERRING = Set.of(
            "segment",
            "director",
            "host",
            "members",
            "router",
            "localAddresses",
            "realservers",
            "port",
            "role",
            "type");

    private final Yaml.Mapping tree;
    private final Consumer<Variant> taker;

    private Variants(Topology topology, Consumer<Variant> taker) {
        this.tree = TopologyTree.of(topology);
        this.taker = taker;
    }

    /** What was done to the thing at the path. */
    public enum Kind {
        VALUE,
        NAME,
        ABSENCE
    }

    /** @param path the thing that is another one, or missing */
    public record Variant(ObjectPath path, Kind kind, Topology topology) {}

    /**
     * Makes all variants, in the order of the project file. Each is a whole design: one at a time is enough to hold.
     *
     * @throws CancellationException when the thread is interrupted; a large design takes a while
     */
    public static void each(Topology topology, Consumer<Variant> taker) {
        new Variants(topology, taker).makeAll();
    }

    private void makeAll() {
        leaves(tree, ObjectPath.ROOT, changed -> changed);
        tree.entries().forEach(section -> {
            if (REFERENCES.containsKey(section.key()) && section.value() instanceof Yaml.Mapping objects) {
                objects.entries()
                        .forEach(object -> add(
                                ObjectPath.of(section.key(), object.key()),
                                Kind.NAME,
                                renamed(tree, section.key(), object.key())));
            }
        });
    }

    /** Replaces one node within its parents. */
    @FunctionalInterface
    private interface Within {
        Yaml put(Yaml changed);
    }

    private void leaves(Yaml node, ObjectPath at, Within within) {
        switch (node) {
            case Yaml.Mapping(List<Yaml.Entry> entries, boolean compact) -> {
                for (int i = 0; i < entries.size(); i++) {
                    int position = i;
                    Yaml.Entry entry = entries.get(i);
                    Consumer<List<Yaml.Entry>> absent = list -> list.remove(position);
                    add(at.key(entry.key()), Kind.ABSENCE, within.put(edited(entries, compact, absent)));
                    leaves(
                            entry.value(),
                            at.key(entry.key()),
                            changed -> within.put(edited(
                                    entries,
                                    compact,
                                    list -> list.set(position, new Yaml.Entry(entry.key(), changed, entry.spaced())))));
                }
            }
            case Yaml.Listing(List<Yaml> items, boolean compact) -> {
                for (int i = 0; i < items.size(); i++) {
                    int position = i;
                    List<Yaml> fewer = new ArrayList<>(items);
                    fewer.remove(position);
                    add(at.index(i), Kind.ABSENCE, within.put(new Yaml.Listing(fewer, compact)));
                    leaves(items.get(i), at.index(i), changed -> {
                        List<Yaml> list = new ArrayList<>(items);
                        list.set(position, changed);
                        return within.put(new Yaml.Listing(list, compact));
                    });
                }
            }
            case Yaml.Text(String content) -> values(content, at, within);
            case Yaml.Literal(String content) -> values(content, at, within);
        }
    }

    private static Yaml.Mapping edited(List<Yaml.Entry> entries, boolean compact, Consumer<List<Yaml.Entry>> edit) {
        List<Yaml.Entry> changed = new ArrayList<>(entries);
        edit.accept(changed);
        return new Yaml.Mapping(changed, compact);
    }

    private void values(String content, ObjectPath at, Within within) {
        for (String other : others(content, at).toList()) {
            if (add(at, Kind.VALUE, within.put(new Yaml.Literal(quoted(other))))) {
                return; // one other value is enough
            }
        }
    }

    private static String quoted(String text) {
        return text.matches("-?[0-9]+|true|false") ? text : "\"" + text.replace("\"", "\\\"") + "\"";
    }

    /** Other values of the same kind, the likeliest to fit first. */
    private static Stream<String> others(String content, ObjectPath at) {
        ObjectPath.Step last = at.steps().getLast();
        String field = last instanceof ObjectPath.Step.Key(String name)
                ? name
                : at.steps().get(at.steps().size() - 2) instanceof ObjectPath.Step.Key(String name) ? name : "";
        if (content.matches("[0-9]{1,9}")) {
            long number = Long.parseLong(content);
            return Stream.of(number + 1, number - 1, number * 2).map(String::valueOf);
        }
        if (content.equals("true") || content.equals("false")) {
            return Stream.of(content.equals("true") ? "false" : "true");
        }
        if (content.matches("[0-9]+ ?[A-Za-z]+")) {
            String digits = content.replaceAll("[^0-9]", "");
            return Stream.of(content.replace(digits, String.valueOf(Long.parseLong(digits) * 2)));
        }
        List<String> words = FieldMeaning.words(at);
        if (!words.isEmpty()) {
            return words.stream().filter(word -> !word.equals(content));
        }
        if (content.contains("pci:")) {
            return Stream.of(content.replaceFirst("[0-9a-f]\\.[0-7]$", "e.7"));
        }
        if (content.startsWith("af_packet")) {
            return Stream.of("af_packet:other0");
        }
        if (REFERRING.contains(field)) {
            return Stream.empty(); // the object itself is varied
        }
        return address(content).or(() -> Optional.of(content + "x")).stream();
    }

    /** The next address, with the same length behind it. */
    private static Optional<String> address(String content) {
        int slash = content.indexOf('/');
        try {
            InetAddress address = IpLiteral.parse(slash < 0 ? content : content.substring(0, slash));
            int bits = IpLiteral.bits(address);
            boolean network = slash >= 0
                    && new BigInteger(1, address.getAddress())
                                    .mod(BigInteger.TWO.pow(bits - Integer.parseInt(content.substring(slash + 1))))
                                    .signum()
                            == 0
                    && Integer.parseInt(content.substring(slash + 1)) < bits;
            BigInteger step = network
                    ? BigInteger.TWO.pow(bits - Integer.parseInt(content.substring(slash + 1)))
                    : BigInteger.ONE;
            byte[] sum = new BigInteger(1, address.getAddress())
                    .add(step)
                    .mod(BigInteger.TWO.pow(bits))
                    .toByteArray();
            byte[] bytes = new byte[bits / 8];
            int length = Math.min(sum.length, bytes.length);
            System.arraycopy(sum, sum.length - length, bytes, bytes.length - length, length);
            return Optional.of(
                    IpLiteral.format(InetAddress.getByAddress(bytes)) + (slash < 0 ? "" : content.substring(slash)));
        } catch (InvalidLiteralException | UnknownHostException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Yaml renamed(Yaml node, String section, String name) {
        return renamed(node, section, name, "", "");
    }

    private static Yaml renamed(Yaml node, String section, String name, String parent, String field) {
        return switch (node) {
            case Yaml.Mapping(List<Yaml.Entry> entries, boolean compact) ->
                new Yaml.Mapping(
                        entries.stream()
                                .map(entry -> new Yaml.Entry(
                                        field.equals(section)
                                                        && parent.isEmpty()
                                                        && entry.key().equals(name)
                                                ? name + "x"
                                                : entry.key(),
                                        renamed(entry.value(), section, name, field, entry.key()),
                                        entry.spaced()))
                                .toList(),
                        compact);
            case Yaml.Listing(List<Yaml> items, boolean compact) ->
                new Yaml.Listing(
                        items.stream()
                                .map(item -> renamed(item, section, name, parent, field))
                                .toList(),
                        compact);
            case Yaml.Text(String content) ->
                content.equals(name) && REFERENCES.get(section).contains(field) ? new Yaml.Text(name + "x") : node;
            case Yaml.Literal _ -> node;
        };
    }

    private boolean add(ObjectPath path, Kind kind, Yaml changed) {
        if (Thread.interrupted()) {
            throw new CancellationException("interrupted while variants of a design are made");
        }
        String text = YamlEmitter.emit((Yaml.Mapping) changed, Comments.NONE).text();
        Optional<Topology> topology =
                ProjectReader.readText(text, Path.of(ProjectFiles.TOPOLOGY)).topology();
        topology.ifPresent(it -> taker.accept(new Variant(path, kind, it)));
        return topology.isPresent();
    }
}
