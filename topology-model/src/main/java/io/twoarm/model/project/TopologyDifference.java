package io.twoarm.model.project;

import io.twoarm.model.Topology;
import io.twoarm.model.change.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What two designs say differently: by object and field, whatever order, style and comments their files have. */
public final class TopologyDifference {
    private static final Map<String, String> NOUNS = Map.of(
            "segments", "segment",
            "hosts", "host",
            "localAddressPools", "local address pool",
            "realserverPools", "realserver pool",
            "virtualServices", "service",
            "directorGroups", "director group",
            "natGateways", "NAT gateway");

    private TopologyDifference() {}

    /** Differences in the order of the first design; equal designs have none. */
    public static List<Difference> between(Topology before, Topology after) {
        return Difference.between(facts(before), facts(after));
    }

    private static Map<String, Map<String, String>> facts(Topology topology) {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        Map<String, String> heading = new LinkedHashMap<>();
        facts.put("project", heading);
        TopologyTree.of(topology).entries().forEach(entry -> {
            if (NOUNS.containsKey(entry.key()) && entry.value() instanceof Yaml.Mapping objects) {
                objects.entries().forEach(object -> {
                    Map<String, String> fields = new LinkedHashMap<>();
                    flatten("", object.value(), fields);
                    facts.put(NOUNS.get(entry.key()) + " " + object.key(), fields);
                });
            } else {
                heading.put(entry.key(), inline(entry.value()).strip());
            }
        });
        return facts;
    }

    private static void flatten(String path, Yaml value, Map<String, String> fields) {
        switch (value) {
            case Yaml.Mapping mapping ->
                mapping.entries()
                        .forEach(entry -> flatten(
                                path.isEmpty() ? entry.key() : path + " " + entry.key(), entry.value(), fields));
            case Yaml.Listing listing -> {
                boolean plain = listing.items().stream().noneMatch(Yaml.Mapping.class::isInstance);
                if (plain) {
                    fields.put(path, inline(value));
                } else {
                    listing.items().forEach(item -> element(path, item, fields));
                }
            }
            case Yaml.Text _, Yaml.Literal _ -> fields.put(path, inline(value));
        }
    }

    /** An entry of a list is known by all but its last key, such as a member by host, address and port. */
    private static void element(String path, Yaml item, Map<String, String> fields) {
        if (!(item instanceof Yaml.Mapping mapping) || mapping.entries().size() < 2) {
            fields.put(path + " " + inline(item), "yes");
            return;
        }
        List<Yaml.Entry> entries = mapping.entries();
        boolean weighted = entries.getLast().key().equals("weight");
        String name = entries.stream()
                .limit(weighted ? entries.size() - 1L : entries.size())
                .map(entry -> inline(entry.value()))
                .collect(Collectors.joining(" "));
        String value = weighted ? "weight " + inline(entries.getLast().value()) : "yes";
        fields.put(singular(path) + " " + name, value);
    }

    private static String singular(String path) {
        return path.endsWith("s") ? path.substring(0, path.length() - 1) : path;
    }

    private static String inline(Yaml value) {
        return switch (value) {
            case Yaml.Text(String content) -> content;
            case Yaml.Literal(String content) -> content;
            case Yaml.Listing listing ->
                listing.items().stream().map(TopologyDifference::inline).collect(Collectors.joining(", ", "[", "]"));
            case Yaml.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> entry.key() + " " + inline(entry.value()))
                        .collect(Collectors.joining(", "));
        };
    }
}
