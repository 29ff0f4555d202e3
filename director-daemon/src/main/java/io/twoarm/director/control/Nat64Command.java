package io.twoarm.director.control;

import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.Nat64Status;
import java.io.IOException;
import java.util.List;

/** Bindings of NAT64, as many as asked for. */
record Nat64Command(DirectorView director) implements ControlCommand {
    static final int DEFAULT_LIMIT = 100;
    static final int MOST = 100_000;

    @Override
    public String name() {
        return "nat64";
    }

    @Override
    public String usage() {
        return "nat64 [LIMIT]";
    }

    @Override
    public String summary() {
        return "Bindings of NAT64: how many, and up to LIMIT of them (1 to " + MOST + ", default " + DEFAULT_LIMIT
                + ").";
    }

    @Override
    public void run(List<String> arguments, Answer answer) throws ControlException, IOException {
        Nat64Status status = director.running().forwarder().nat64(limit(name(), arguments));
        answer.line(Json.object()
                .put("bindings_total", status.bindingCount())
                .put("bindings_capacity", status.bindingCapacity())
                .put("sessions_total", status.sessionCount())
                .put("sessions_capacity", status.sessionCapacity())
                .put(
                        "bindings",
                        status.bindings().stream().map(Nat64Command::binding).toList())
                .build());
    }

    private static Json binding(Nat64Status.Binding binding) {
        return Json.object()
                .put("protocol", Nat64Protocol.label(binding.protocol()))
                .put("inside", binding.inside().withPort(binding.insidePort()))
                .put("outside", binding.outside().withPort(binding.outsidePort()))
                .put("sessions", binding.sessions())
                .put("configured", binding.configured())
                .build();
    }

    /** How many are asked for. */
    static int limit(String command, List<String> arguments) throws ControlException {
        if (arguments.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        String text = arguments.getFirst();
        int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (arguments.size() > 1 || limit < 1 || limit > MOST) {
            throw new ControlException(
                    command + " takes a limit of 1 to " + MOST + "; found: " + String.join(" ", arguments));
        }
        return limit;
    }
}
