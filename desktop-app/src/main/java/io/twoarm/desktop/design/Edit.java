package io.twoarm.desktop.design;

import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.change.Heading;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One step that people take, undone and redone as a whole. */
public record Edit(Wording name, List<Change> changes) {
    public Edit {
        changes = List.copyOf(changes);
    }

    /** What leads from one design to the other; without changes when they are equal. */
    public static Edit between(Wording name, Design before, Design after) {
        List<Change> changes = new ArrayList<>();
        Heading heading = Heading.of(before.topology());
        Heading wanted = Heading.of(after.topology());
        if (!heading.equals(wanted)) {
            changes.add(new Change.Headed(heading, wanted));
        }
        ObjectList.ALL.forEach(list -> changes.addAll(changesOf(list, before, after)));
        changes.addAll(placings(before.places(), after.places()));
        changes.addAll(drawings(before.lines(), after.lines()));
        return new Edit(name, changes);
    }

    private static <T> List<Change> changesOf(ObjectList<T> list, Design before, Design after) {
        List<Change> changes = new ArrayList<>();
        List<T> now = new ArrayList<>(list.in(before.topology()));
        List<T> wanted = list.in(after.topology());
        Set<String> staying = new HashSet<>(list.namesIn(after.topology()));
        for (int i = now.size() - 1; i >= 0; i--) {
            if (!staying.contains(list.nameOf(now.get(i)))) {
                changes.add(new Change.Removed<>(list, i, now.remove(i)));
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            T item = wanted.get(i);
            int from = position(list, now, list.nameOf(item));
            if (from < 0) {
                changes.add(new Change.Inserted<>(list, i, item));
                now.add(i, item);
            } else {
                T former = now.get(from);
                if (from != i) {
                    changes.add(new Change.Removed<>(list, from, now.remove(from)));
                    changes.add(new Change.Inserted<>(list, i, former));
                    now.add(i, former);
                }
                if (!former.equals(item)) {
                    changes.add(new Change.Replaced<>(list, i, former, item));
                    now.set(i, item);
                }
            }
        }
        return changes;
    }

    private static <T> int position(ObjectList<T> list, List<T> items, String name) {
        for (int i = 0; i < items.size(); i++) {
            if (list.nameOf(items.get(i)).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Change> placings(Map<String, Point> before, Map<String, Point> after) {
        List<Change> changes = new ArrayList<>();
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            Optional<Point> from = Optional.ofNullable(before.get(path));
            Optional<Point> to = Optional.ofNullable(after.get(path));
            if (!from.equals(to)) {
                changes.add(new Change.Placed(path, from, to));
            }
        }
        return changes;
    }

    private static List<Change> drawings(Map<String, LinkLine> before, Map<String, LinkLine> after) {
        List<Change> changes = new ArrayList<>();
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            LinkLine from = before.getOrDefault(path, LinkLine.STRAIGHT);
            LinkLine to = after.getOrDefault(path, LinkLine.STRAIGHT);
            if (!from.equals(to)) {
                changes.add(new Change.Drawn(path, from, to));
            }
        }
        return changes;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public Design apply(Design design) {
        Design result = design;
        for (Change change : changes) {
            result = change.apply(result);
        }
        return result;
    }

    /** The way back, under the same name. */
    public Edit inverted() {
        return new Edit(name, changes.reversed().stream().map(Change::inverted).toList());
    }
}
