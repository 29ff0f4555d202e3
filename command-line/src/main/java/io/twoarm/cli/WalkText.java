package io.twoarm.cli;

import io.twoarm.model.Finding;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.walk.FlowPath;
import io.twoarm.model.walk.Hop;
import io.twoarm.model.walk.Outcome;
import io.twoarm.model.walk.Packet;
import io.twoarm.model.walk.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Predicted paths for people and for other programs. */
final class WalkText {
    private WalkText() {}

    static void print(FlowPath path, Terminal terminal) {
        Tuple asked = path.flow().tuple();
        terminal.heading(path.flow().client() + " to " + Tuple.endpoint(asked.destination(), asked.destinationPort())
                + "/" + protocol(asked)
                + path.service().map(name -> " (service " + name + ")").orElse(""));
        Hop.Direction direction = null;
        int number = 1;
        for (Hop hop : path.hops()) {
            if (hop.direction() != direction) {
                direction = hop.direction();
                terminal.line("  " + direction.word());
            }
            terminal.line(
                    "  %3d %s %s: %s".formatted(number++, hop.host(), hop.rule().words(), hop.because()));
            tuples(hop, terminal);
            hop.way()
                    .ifPresent(way -> terminal.faint("      out %s, route %s, to %s of %s (%s) on %s, %d of %d bytes"
                            .formatted(
                                    way.portText(),
                                    way.routeText(),
                                    way.ownerPort(),
                                    way.owner(),
                                    IpLiteral.format(way.nextHop()),
                                    way.segment(),
                                    way.largest(),
                                    way.mtu())));
        }
        outcome(path.outcome(), terminal);
    }

    private static void tuples(Hop hop, Terminal terminal) {
        String before = packet(hop.received());
        String after = hop.sent().map(WalkText::packet).orElse(before);
        terminal.line("      " + before);
        if (!before.equals(after)) {
            terminal.line("      becomes " + after);
        }
    }

    private static String packet(Packet packet) {
        String outer = packet.tunnel()
                .map(it -> " inside " + IpLiteral.format(it.source()) + " -> " + IpLiteral.format(it.destination()))
                .orElse("");
        String client = packet.clientBytes() > 0 ? ", " + packet.clientBytes() + " bytes name the client" : "";
        return packet.tuple() + outer + ", ttl " + packet.ttl() + client;
    }

    private static void outcome(Outcome outcome, Terminal terminal) {
        switch (outcome) {
            case Outcome.Answered() -> terminal.line("  answered");
            case Outcome.OutOfSight(var gateway) ->
                terminal.line("  goes on behind gateway " + IpLiteral.format(gateway) + ", which is not drawn");
            case Outcome.Blocked(var fault, String why, String fix, List<Finding> findings) -> {
                terminal.line("  blocked (" + fault.word() + "): " + why);
                terminal.line("  fix: " + fix);
                findings.forEach(finding -> terminal.line(
                        "  lint: " + finding.text().lines().findFirst().orElse("")));
            }
        }
    }

    static String json(List<FlowPath> paths) {
        return Json.lines(paths.stream().map(WalkText::object).toList());
    }

    private static Map<String, Object> object(FlowPath path) {
        return Json.object(
                "client", path.flow().client(),
                "flow", tuple(path.flow().tuple()),
                "service", path.service(),
                "hops", path.hops().stream().map(WalkText::object).toList(),
                "outcome", object(path.outcome()));
    }

    private static Map<String, Object> object(Hop hop) {
        return Json.object(
                "direction", hop.direction().word(),
                "host", hop.host(),
                "arrivedBy", hop.arrivedBy(),
                "rule", hop.rule().name().toLowerCase(Locale.ROOT),
                "because", hop.because(),
                "received", object(hop.received()),
                "sent", hop.sent().map(WalkText::object),
                "way", hop.way().map(WalkText::object));
    }

    private static Map<String, Object> object(Packet packet) {
        return Json.object(
                "tuple", tuple(packet.tuple()),
                "ttl", packet.ttl(),
                "tunnel",
                        packet.tunnel()
                                .map(it -> Json.object(
                                        "source", IpLiteral.format(it.source()),
                                        "destination", IpLiteral.format(it.destination()))),
                "clientBytes", packet.clientBytes());
    }

    private static Map<String, Object> object(Hop.Way way) {
        return Json.object(
                "port", way.port(),
                "vlan", way.vlan().stream().boxed().findFirst(),
                "segment", way.segment(),
                "mtu", way.mtu(),
                "route", way.route().toString(),
                "origin", way.origin().name().toLowerCase(Locale.ROOT),
                "nextHop", IpLiteral.format(way.nextHop()),
                "owner", way.owner(),
                "ownerPort", way.ownerPort(),
                "largest", way.largest());
    }

    private static Map<String, Object> tuple(Tuple tuple) {
        return Json.object(
                "protocol", protocol(tuple),
                "source", IpLiteral.format(tuple.source()),
                "sourcePort", tuple.sourcePort(),
                "destination", IpLiteral.format(tuple.destination()),
                "destinationPort", tuple.destinationPort());
    }

    private static Map<String, Object> object(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered() -> Json.object("answered", true);
            case Outcome.OutOfSight(var gateway) ->
                Json.object("answered", false, "outOfSight", IpLiteral.format(gateway));
            case Outcome.Blocked(var fault, String why, String fix, List<Finding> findings) ->
                Json.object(
                        "answered",
                        false,
                        "fault",
                        fault.word(),
                        "why",
                        why,
                        "fix",
                        fix,
                        "findings",
                        findings.stream().map(FindingsJson::object).toList());
        };
    }

    private static String protocol(Tuple tuple) {
        return tuple.protocol().name().toLowerCase(Locale.ROOT);
    }
}
