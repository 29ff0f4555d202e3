package io.twoarm.director;

import io.twoarm.director.control.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A director's counters at one moment. */
record Counters(Json.JsonObject kinds) {

    static Counters of(DirectorProcess director) throws IOException {
        return new Counters(
                (Json.JsonObject) director.ask("counters").get("counters").orElseThrow());
    }

    /** Of one kind, such as {@code received} or {@code dropped}. */
    Map<String, Json> of(String kind) {
        return ((Json.JsonObject) kinds.get(kind).orElseThrow()).members();
    }

    long sum(String kind) {
        return of(kind).values().stream()
                .mapToLong(value -> ((Json.JsonNumber) value).value().longValue())
                .sum();
    }

    long value(String kind, String name) {
        return ((Json.JsonNumber) of(kind).get(name)).value().longValue();
    }

    /** Packets that came to an end, or are held now. */
    long ended() {
        return List.of("forwarded", "answered", "consumed", "passed", "dropped", "gauge").stream()
                .mapToLong(this::sum)
                .sum();
    }
}
