package io.twoarm.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where each object and field of a topology stands in the project file.
 *
 * <p>A field that is not in the file, such as one left at its default, is looked for at the object that it belongs to.
 */
public final class SourceMap {
    /** For a topology that was never stored: every place is known by its object only. */
    public static final SourceMap NONE = new SourceMap(Optional.empty(), Map.of());

    private final Optional<Path> file;
    private final Map<ObjectPath, Position> positions;

    private SourceMap(Optional<Path> file, Map<ObjectPath, Position> positions) {
        this.file = file;
        this.positions = Map.copyOf(positions);
    }

    /** 1-based line and column. */
    public record Position(int line, int column) {}

    /** The place of an object or field, for a finding. */
    public Finding.Place place(ObjectPath path) {
        Optional<ObjectPath> candidate = Optional.of(path);
        while (candidate.isPresent()) {
            Position position = positions.get(candidate.get());
            if (position != null) {
                return new Finding.Place(file, position.line(), position.column(), path.toString());
            }
            candidate = candidate.get().parent();
        }
        return new Finding.Place(file, 0, 0, path.toString());
    }

    /** Where exactly this object or field stands; empty when it is not written in the file. */
    public Optional<Position> position(ObjectPath path) {
        return Optional.ofNullable(positions.get(path));
    }

    /** Collects positions while a file is read. */
    public static final class Builder {
        private final Optional<Path> file;
        private final Map<ObjectPath, Position> positions = new HashMap<>();

        public Builder(Optional<Path> file) {
            this.file = file;
        }

        /** Notes where a path stands; the first note of a path wins. */
        public void put(ObjectPath path, Position position) {
            positions.putIfAbsent(path, position);
        }

        /** What was noted of a path. */
        public Optional<Position> position(ObjectPath path) {
            return Optional.ofNullable(positions.get(path));
        }

        public SourceMap build() {
            return new SourceMap(file, positions);
        }
    }
}
