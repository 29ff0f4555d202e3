package io.twoarm.director.control;

import io.twoarm.director.forward.MappingStatus;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.Nat64Status;
import java.io.IOException;
import java.util.List;

/** Ports of hosts behind the director that are mapped independently of destinations, as many as asked for. */
record MappingsCommand(DirectorView director) implements ControlCommand {
    @Override
    public String name() {
        return "mappings";
    }

    @Override
    public String usage() {
        return "mappings [LIMIT]";
    }

    @Override
    public String summary() {
        return "Ports of hosts that services map independently of destinations: how many, and up to LIMIT of them (1 to "
                + Nat64Command.MOST + ", default " + Nat64Command.DEFAULT_LIMIT + ").";
    }

    @Override
    public void run(List<String> arguments, Answer answer) throws ControlException, IOException {
        MappingStatus status = director.running().forwarder().mappings(Nat64Command.limit(name(), arguments));
        answer.line(Json.object()
                .put("mappings_total", status.count())
                .put("mappings_capacity", status.capacity())
                .put(
                        "mappings",
                        status.mappings().stream().map(MappingsCommand::mapping).toList())
                .build());
    }

    private static Json mapping(Nat64Status.Binding mapping) {
        return Json.object()
                .put("protocol", Nat64Protocol.label(mapping.protocol()))
                .put("inside", mapping.inside().withPort(mapping.insidePort()))
                .put("outside", mapping.outside().withPort(mapping.outsidePort()))
                .put("sessions", mapping.sessions())
                .build();
    }
}
