package io.twoarm.diagnose.host;

import io.twoarm.artifact.RouteProtocol;
import io.twoarm.deploy.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What decides on a host where packets go.
 *
 * @param way how packets to the address asked about would go, as {@code ip route get} says
 * @param settings of the kernel, per device the effective ones
 */
public record HostTables(
        String host,
        List<RouteEntry> routes,
        List<NeighbourEntry> neighbours,
        List<AddressEntry> addresses,
        Optional<String> way,
        List<EffectiveSetting> settings) {
    private static final JsonMapper JSON = new JsonMapper();

    public HostTables {
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
        addresses = List.copyOf(addresses);
        settings = List.copyOf(settings);
    }

    /** @param gateway empty on the same wire */
    public record RouteEntry(String destination, String gateway, String device, String table, String protocol) {}

    /** @param mac empty while unknown */
    public record NeighbourEntry(String address, String mac, String device, String state) {}

    public record AddressEntry(String device, String address, String mac, boolean up) {}

    /**
     * Reads them from a host in one round trip.
     *
     * @param towards an address to ask the way to; may be empty
     */
    public static HostTables read(HostAccess hosts, String host, String towards) {
        CommandResult result = hosts.open(host).script(script(), towards);
        return of(host, result.stdout());
    }

    private static String script() {
        try (InputStream in = HostTables.class.getResourceAsStream("tables.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HostTables of(String host, String output) {
        Map<String, String> parts = new HashMap<>();
        String name = "";
        for (String line : output.split("\n")) {
            if (line.startsWith("@")) {
                name = line.substring(1);
            } else {
                parts.merge(name, line, (a, b) -> a + "\n" + b);
            }
        }
        List<RouteEntry> routes = new ArrayList<>(routes(parts.getOrDefault("routes", "")));
        routes.addAll(routes(parts.getOrDefault("routes6", "")));
        return new HostTables(
                host,
                routes,
                neighbours(parts.getOrDefault("neighbours", "")),
                addresses(parts.getOrDefault("addresses", "")),
                Optional.ofNullable(parts.get("way")).map(HostTables::way),
                EffectiveSetting.of(parts.getOrDefault("settings", "").lines().toList()));
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? JSON.createArrayNode() : JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.createArrayNode();
        }
    }

    private static List<RouteEntry> routes(String text) {
        return json(text)
                .valueStream()
                .filter(route -> !route.path("table").asString("main").equals("local"))
                .map(route -> new RouteEntry(
                        route.path("type").asString("unicast").equals("unicast")
                                ? route.path("dst").asString()
                                : route.path("type").asString() + " "
                                        + route.path("dst").asString(),
                        route.path("gateway").asString(""),
                        route.path("dev").asString(""),
                        route.path("table").asString("main"),
                        protocol(route.path("protocol").asString(""))))
                .toList();
    }

    /** Who made a route, by the name that people know; {@code ip} knows none for those of a deployment. */
    private static String protocol(String told) {
        return told.equals(Integer.toString(RouteProtocol.NUMBER)) ? RouteProtocol.NAME : told;
    }

    private static List<NeighbourEntry> neighbours(String text) {
        return json(text)
                .valueStream()
                .map(entry -> new NeighbourEntry(
                        entry.path("dst").asString(),
                        entry.path("lladdr").asString(""),
                        entry.path("dev").asString(),
                        entry.path("state").path(0).asString("")))
                .toList();
    }

    private static List<AddressEntry> addresses(String text) {
        List<AddressEntry> addresses = new ArrayList<>();
        for (JsonNode link : json(text)) {
            boolean up = link.path("flags")
                    .valueStream()
                    .anyMatch(flag -> flag.asString().equals("UP"));
            for (JsonNode address : link.path("addr_info")) {
                addresses.add(new AddressEntry(
                        link.path("ifname").asString(),
                        address.path("local").asString() + "/"
                                + address.path("prefixlen").asInt(),
                        link.path("address").asString(""),
                        up));
            }
        }
        return addresses;
    }

    private static String way(String text) {
        JsonNode route = json(text).path(0);
        if (!route.has("dev")) {
            return text.strip();
        }
        String gateway = route.path("gateway").asString("");
        return (gateway.isEmpty() ? "" : "via " + gateway + " ") + "dev "
                + route.path("dev").asString() + " src " + route.path("prefsrc").asString("-");
    }
}
