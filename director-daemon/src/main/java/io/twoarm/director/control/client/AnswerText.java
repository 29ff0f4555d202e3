package io.twoarm.director.control.client;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.Json.JsonArray;
import io.twoarm.director.control.Json.JsonBoolean;
import io.twoarm.director.control.Json.JsonNull;
import io.twoarm.director.control.Json.JsonNumber;
import io.twoarm.director.control.Json.JsonObject;
import io.twoarm.director.control.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers as people read them. What has no table of its own is printed member by member. */
final class AnswerText {
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "ports",
            List.of(
                    "name",
                    "device",
                    "mac",
                    "mtu",
                    "link_up",
                    "received_packets",
                    "received_bytes",
                    "sent_packets",
                    "sent_bytes",
                    "missed",
                    "refused"),
            "workers",
            List.of("name", "thread", "turns", "busy_turns", "sleeps", "longest_turn_us", "turns_over_1ms"),
            "commands",
            List.of("usage", "summary"));

    private AnswerText() {}

    static String of(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        answer.members().forEach((name, value) -> text.append(member(name, value)));
        return text.toString();
    }

    private static String member(String name, Json value) {
        return switch (value) {
            case JsonArray(List<Json> elements) when name.equals("lines") -> lines(elements);
            case JsonArray(List<Json> elements) when name.equals("services") -> services(elements);
            case JsonArray(List<Json> elements) -> table(name, elements);
            case JsonObject(Map<String, Json> groups) when name.equals("counters") -> counters(groups);
            case JsonObject object -> nested(name, object);
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ ->
                String.format("%-16s %s%n", name.replace('_', ' '), cell(value));
        };
    }

    private static String nested(String name, JsonObject object) {
        StringBuilder text = new StringBuilder();
        object.members().forEach((inner, value) -> text.append(member(name + "." + inner, value)));
        return text.toString();
    }

    private static String lines(List<Json> elements) {
        StringBuilder text = new StringBuilder();
        elements.forEach(element -> text.append(cell(element)).append('\n'));
        return text.toString();
    }

    private static String table(String name, List<Json> elements) {
        if (elements.isEmpty()) {
            return "no " + name.replace('_', ' ') + "\n";
        }
        if (!(elements.getFirst() instanceof JsonObject first)) {
            return lines(elements);
        }
        List<String> columns =
                COLUMNS.getOrDefault(name, List.copyOf(first.members().keySet()));
        TextTable table = new TextTable(
                columns.stream().map(column -> column.replace('_', ' ')).toList());
        for (Json element : elements) {
            if (element instanceof JsonObject row) {
                table.add(columns.stream()
                        .map(column -> row.get(column).map(AnswerText::cell).orElse(""))
                        .toList());
            }
        }
        return table.text();
    }

    /** As ipvsadm lists them: a line per service, below it one per realserver. */
    private static String services(List<Json> services) {
        if (services.isEmpty()) {
            return "no services\n";
        }
        TextTable table = new TextTable(List.of(
                "service",
                "state",
                "weight",
                "connections",
                "active",
                "inactive",
                "packets in",
                "bytes in",
                "packets out",
                "bytes out"));
        for (Json element : services) {
            if (element instanceof JsonObject service) {
                List<String> cells = new ArrayList<>(List.of(
                        (service.get("match").isPresent()
                                        ? "match " + cell(service, "match")
                                        : cell(service, "protocol") + " " + cell(service, "address") + ":"
                                                + cell(service, "port"))
                                + " " + cell(service, "scheduler"),
                        "",
                        ""));
                table.add(withFigures(cells, service));
                if (service.get("realservers").orElse(null) instanceof JsonArray(List<Json> realservers)) {
                    realservers.forEach(realserver -> table.add(realserver((JsonObject) realserver)));
                }
            }
        }
        return table.text();
    }

    private static List<String> realserver(JsonObject realserver) {
        List<String> cells = new ArrayList<>(List.of(
                "  -> " + cell(realserver, "address") + ":" + cell(realserver, "port"),
                cell(realserver, "up").equals("yes") ? "up" : "down",
                cell(realserver, "weight")));
        return withFigures(cells, realserver);
    }

    private static List<String> withFigures(List<String> cells, JsonObject counted) {
        for (String figure : List.of(
                "connections",
                "active_sessions",
                "inactive_sessions",
                "packets_in",
                "bytes_in",
                "packets_out",
                "bytes_out")) {
            cells.add(cell(counted, figure));
        }
        return cells;
    }

    private static String cell(JsonObject object, String name) {
        return object.get(name).map(AnswerText::cell).orElse("");
    }

    private static String counters(Map<String, Json> groups) {
        TextTable table = new TextTable(List.of("kind", "counter", "value"));
        List<List<String>> rows = new ArrayList<>();
        groups.forEach((kind, group) -> {
            if (group instanceof JsonObject(Map<String, Json> values)) {
                values.forEach((counter, value) -> {
                    if (!cell(value).equals("0")) {
                        rows.add(List.of(kind, counter, cell(value)));
                    }
                });
            }
        });
        rows.forEach(table::add);
        return rows.isEmpty() ? "all counters are 0\n" : table.text() + "all other counters are 0\n";
    }

    private static String cell(Json value) {
        return switch (value) {
            case JsonString(String text) -> text;
            case JsonNumber(Number number) -> number.toString();
            case JsonBoolean(boolean truth) -> truth ? "yes" : "no";
            case JsonNull() -> "-";
            case JsonArray array -> array.text();
            case JsonObject object -> object.text();
        };
    }
}
