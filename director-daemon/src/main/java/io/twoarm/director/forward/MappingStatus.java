package io.twoarm.director.forward;

import io.twoarm.director.nat64.Nat64Status;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ports of hosts behind the director that are mapped independently of destinations, at a moment.
 *
 * @param count how many there are
 * @param capacity how many there is room for; 0 until a service maps so
 * @param mappings in no order, perhaps not all
 */
public record MappingStatus(int count, int capacity, List<Nat64Status.Binding> mappings) {
    private static final MappingStatus NONE = new MappingStatus(0, 0, List.of());

    /**
     * Reads a worker's, from any thread.
     *
     * @param mappings null while there is no room for any
     * @param limit mappings at most
     */
    static MappingStatus of(EndpointMappings mappings, int limit) {
        return mappings == null
                ? NONE
                : new MappingStatus(
                        mappings.bindings().size(),
                        mappings.bindings().capacity(),
                        Nat64Status.list(mappings.bindings(), limit));
    }

    /** This worker's and another one's together. */
    MappingStatus with(MappingStatus other, int limit) {
        return new MappingStatus(
                count + other.count,
                capacity + other.capacity,
                Stream.concat(mappings.stream(), other.mappings.stream())
                        .limit(limit)
                        .toList());
    }
}
