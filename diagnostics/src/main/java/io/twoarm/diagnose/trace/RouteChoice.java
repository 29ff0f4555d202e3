package io.twoarm.diagnose.trace;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a host's kernel does with packets to an address: {@code ip route get}.
 *
 * @param device that they leave by
 * @param gateway that they go to; empty on the same wire
 * @param source that they get
 * @param redirected whether an ICMP redirect has taught this way
 */
public record RouteChoice(String device, Optional<String> gateway, String source, boolean redirected) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads the output of {@code ip -j route get}; empty when there is no route. */
    static Optional<RouteChoice> ofJson(String text) {
        try {
            JsonNode route = JSON.readTree(text).path(0);
            if (!route.has("dev")) {
                return Optional.empty();
            }
            boolean redirected = route.path("cache")
                    .valueStream()
                    .anyMatch(word -> word.asString().contains("redirected"));
            return Optional.of(new RouteChoice(
                    route.path("dev").asString(),
                    Optional.ofNullable(route.path("gateway").asString(null)),
                    route.path("prefsrc").asString(""),
                    redirected));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** As {@code ip route} writes it. */
    public String text() {
        return gateway.map(via -> "via " + via + " ").orElse("") + "dev " + device
                + (source.isEmpty() ? "" : " src " + source) + (redirected ? ", learnt by an ICMP redirect" : "");
    }
}
