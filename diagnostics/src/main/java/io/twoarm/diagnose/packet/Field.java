package io.twoarm.diagnose.packet;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A named part of a frame.
 *
 * @param value as people read it; empty when the parts say it all
 * @param offset of its first byte in the frame
 * @param length in bytes; 0 for what has no bytes of its own
 * @param parts in the order of their bytes, all within this one
 */
public record Field(String name, String value, int offset, int length, List<Field> parts) {
    public Field {
        parts = List.copyOf(parts);
    }

    /** The first part of that name. */
    public Optional<Field> part(String wanted) {
        return parts.stream().filter(part -> part.name().equals(wanted)).findFirst();
    }

    /** This field and all below it, each before its parts. */
    public Stream<Field> all() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(Field::all));
    }
}
