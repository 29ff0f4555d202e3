package io.twoarm.desktop.design;

import io.twoarm.model.Topology;
import io.twoarm.model.change.Heading;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings two designs that were edited apart together, object by object. Objects that only one side changed are as that
 * side has them. Where figures stand and links run is nobody's loss: the own side wins.
 */
public final class Merging {
    private Merging() {}

    /**
     * @param base what both sides began with
     * @param mine the own side
     * @param theirs the other side; its order of objects is kept
     * @return empty when both changed the same object in different ways
     */
    public static Optional<Design> merge(Design base, Design mine, Design theirs) {
        Optional<Heading> heading =
                pick(Heading.of(base.topology()), Heading.of(mine.topology()), Heading.of(theirs.topology()));
        if (heading.isEmpty()) {
            return Optional.empty();
        }
        Topology merged = heading.get().on(theirs.topology());
        for (ObjectList<?> list : ObjectList.ALL) {
            Optional<Topology> next = mergeList(list, base.topology(), mine.topology(), merged);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            merged = next.get();
        }
        return Optional.of(Existence.pruned(new Design(
                merged,
                figures(base.places(), mine.places(), theirs.places()),
                figures(base.lines(), mine.lines(), theirs.lines()))));
    }

    /** The side that changed something; empty when both did and disagree. */
    private static <T> Optional<T> pick(T base, T mine, T theirs) {
        if (mine.equals(theirs) || theirs.equals(base)) {
            return Optional.of(mine);
        }
        return mine.equals(base) ? Optional.of(theirs) : Optional.empty();
    }

    private static <T> Optional<Topology> mergeList(ObjectList<T> list, Topology base, Topology mine, Topology theirs) {
        Map<String, T> former = byName(list, base);
        Map<String, T> own = byName(list, mine);
        List<T> merged = new ArrayList<>();
        for (T item : list.in(theirs)) {
            String name = list.nameOf(item);
            T before = former.get(name);
            T here = own.get(name);
            if (Objects.equals(here, before) || item.equals(here)) {
                merged.add(item);
            } else if (!item.equals(before)) {
                return Optional.empty();
            } else if (here != null) {
                merged.add(here);
            }
        }
        List<String> known = list.namesIn(theirs);
        for (T item : list.in(mine)) {
            String name = list.nameOf(item);
            if (known.contains(name)) {
                continue;
            }
            T before = former.get(name);
            if (before == null) {
                merged.add(Math.min(merged.size(), list.in(mine).indexOf(item)), item);
            } else if (!item.equals(before)) {
                return Optional.empty();
            }
        }
        return Optional.of(merged.equals(list.in(theirs)) ? theirs : list.with(theirs, merged));
    }

    private static <T> Map<String, T> byName(ObjectList<T> list, Topology topology) {
        Map<String, T> items = new LinkedHashMap<>();
        list.in(topology).forEach(item -> items.put(list.nameOf(item), item));
        return items;
    }

    private static <T> Map<String, T> figures(Map<String, T> base, Map<String, T> mine, Map<String, T> theirs) {
        Map<String, T> merged = new LinkedHashMap<>(theirs);
        mine.forEach((path, at) -> {
            if (!at.equals(base.get(path))) {
                merged.put(path, at);
            }
        });
        base.keySet().stream().filter(path -> !mine.containsKey(path)).forEach(merged::remove);
        return merged;
    }
}
