package io.twoarm.desktop.design;

import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Heading;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object of a design as it was and as it becomes. Applying a change and then its inverse changes nothing. */
public sealed interface Change {
    /** @throws IllegalStateException when the design is not the one that the change was made for */
    Design apply(Design design);

    Change inverted();

    /** An object came into a list. */
    record Inserted<T>(ObjectList<T> list, int position, T item) implements Change {
        @Override
        public Design apply(Design design) {
            List<T> items = new ArrayList<>(list.in(design.topology()));
            require(position <= items.size(), this);
            items.add(position, item);
            return design.with(list.with(design.topology(), items));
        }

        @Override
        public Change inverted() {
            return new Removed<>(list, position, item);
        }
    }

    /** An object went from a list. */
    record Removed<T>(ObjectList<T> list, int position, T item) implements Change {
        @Override
        public Design apply(Design design) {
            List<T> items = new ArrayList<>(list.in(design.topology()));
            require(position < items.size() && items.get(position).equals(item), this);
            items.remove(position);
            return design.with(list.with(design.topology(), items));
        }

        @Override
        public Change inverted() {
            return new Inserted<>(list, position, item);
        }
    }

    /** An object changed where it stands in its list. */
    record Replaced<T>(ObjectList<T> list, int position, T before, T after) implements Change {
        @Override
        public Design apply(Design design) {
            List<T> items = new ArrayList<>(list.in(design.topology()));
            require(position < items.size() && items.get(position).equals(before), this);
            items.set(position, after);
            return design.with(list.with(design.topology(), items));
        }

        @Override
        public Change inverted() {
            return new Replaced<>(list, position, after, before);
        }
    }

    /** Name, title or description of the design changed. */
    record Headed(Heading before, Heading after) implements Change {
        @Override
        public Design apply(Design design) {
            Topology topology = design.topology();
            require(Heading.of(topology).equals(before), this);
            return design.with(after.on(topology));
        }

        @Override
        public Change inverted() {
            return new Headed(after, before);
        }
    }

    /** A figure stands elsewhere; without a place it is placed automatically. */
    record Placed(String path, Optional<Point> before, Optional<Point> after) implements Change {
        @Override
        public Design apply(Design design) {
            require(Optional.ofNullable(design.places().get(path)).equals(before), this);
            Map<String, Point> places = new LinkedHashMap<>(design.places());
            after.ifPresentOrElse(to -> places.put(path, to), () -> places.remove(path));
            return design.withPlaces(places);
        }

        @Override
        public Change inverted() {
            return new Placed(path, after, before);
        }
    }

    /** A link runs another way. */
    record Drawn(String path, LinkLine before, LinkLine after) implements Change {
        @Override
        public Design apply(Design design) {
            require(design.lines().getOrDefault(path, LinkLine.STRAIGHT).equals(before), this);
            Map<String, LinkLine> lines = new LinkedHashMap<>(design.lines());
            lines.put(path, after);
            return design.withLines(lines);
        }

        @Override
        public Change inverted() {
            return new Drawn(path, after, before);
        }
    }

    private static void require(boolean holds, Change change) {
        if (!holds) {
            throw new IllegalStateException("the design is not the one for " + change);
        }
    }
}
