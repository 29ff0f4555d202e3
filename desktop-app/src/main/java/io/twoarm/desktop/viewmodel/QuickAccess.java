package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds objects, addresses, commands, starters and projects by any words of their names. */
public final class QuickAccess {
    private static final int MOST_HITS = 60;

    private QuickAccess() {}

    /** What a hit leads to. */
    public sealed interface Target {
        /** @param kind decides the icon */
        record Object(ObjectRef ref, OutlineEntry.Kind kind) implements Target {}

        record Command(String id) implements Target {}

        record Starter(String name) implements Target {}

        record Project(Path directory) implements Target {}
    }

    /**
     * Something that can be found.
     *
     * @param detail is searched too, and stands behind the label
     */
    public record Entry(Target target, String label, String detail) {}

    /** Every object of a design, each with its addresses. */
    public static List<Entry> objectsOf(Topology topology) {
        List<Entry> entries = new ArrayList<>();
        collect(topology, OutlineEntry.of(topology), Optional.empty(), entries);
        return entries;
    }

    private static void collect(Topology topology, OutlineEntry at, Optional<String> host, List<Entry> into) {
        at.ref().ifPresent(ref -> {
            String label = ref instanceof ObjectRef.PortRef port ? port.host() + " " + port.name() : at.label();
            into.add(new Entry(new Target.Object(ref, at.kind()), label, details(topology, ref, at)));
        });
        at.children().forEach(child -> collect(topology, child, host, into));
    }

    private static String details(Topology topology, ObjectRef ref, OutlineEntry entry) {
        return switch (ref) {
            case ObjectRef.HostRef host ->
                topology.host(host.name())
                        .map(it -> Texts.text("role", DiagramBuilder.roleOf(it)) + " " + addresses(it))
                        .orElse("");
            case ObjectRef.PoolRef pool ->
                topology.realserverPool(pool.name()).map(QuickAccess::members).orElse("");
            case ObjectRef.LocalPoolRef pool ->
                topology.localAddressPool(pool.name()).map(LocalAddressPool::addresses).stream()
                        .flatMap(List::stream)
                        .map(IpLiteral::format)
                        .collect(Collectors.joining(", "));
            case ObjectRef.PortRef _,
                    ObjectRef.SegmentRef _,
                    ObjectRef.ServiceRef _,
                    ObjectRef.GroupRef _,
                    ObjectRef.NatGatewayRef _,
                    ObjectRef.DesignRef _ -> entry.detail();
        };
    }

    private static String addresses(Host host) {
        return host.ports().stream()
                .map(Port::addresses)
                .flatMap(List::stream)
                .map(InterfaceAddress::toString)
                .collect(Collectors.joining(", "));
    }

    private static String members(RealserverPool pool) {
        return pool.members().stream()
                .map(member -> member.host() + " " + DiagramBuilder.endpoint(member.address(), member.port()))
                .collect(Collectors.joining(", "));
    }

    /**
     * The entries that have every word of a query, best first: those whose label begins with it, then those where a word
     * of the label does, then the others.
     *
     * @param query nothing finds everything
     */
    public static List<Entry> search(String query, List<Entry> entries) {
        String wanted = query.strip().toLowerCase(Locale.getDefault());
        List<String> words = Arrays.stream(wanted.split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        return entries.stream()
                .filter(entry -> words.stream().allMatch(text(entry)::contains))
                .sorted(Comparator.comparingInt(entry -> rank(entry, wanted)))
                .limit(MOST_HITS)
                .toList();
    }

    private static String text(Entry entry) {
        return (entry.label() + " " + entry.detail()).toLowerCase(Locale.getDefault());
    }

    private static int rank(Entry entry, String wanted) {
        String label = entry.label().toLowerCase(Locale.getDefault());
        if (label.startsWith(wanted)) {
            return 0;
        }
        if (label.contains(" " + wanted)) {
            return 1;
        }
        return label.contains(wanted) ? 2 : 3;
    }
}
