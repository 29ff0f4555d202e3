package io.twoarm.director.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands of a control socket by name, and {@code help}, which lists them. */
public final class CommandRegistry {
    private final Map<String, ControlCommand> commands = new LinkedHashMap<>();

    public CommandRegistry(List<ControlCommand> commands) {
        for (ControlCommand command : commands) {
            if (this.commands.putIfAbsent(command.name(), command) != null) {
                throw new IllegalArgumentException("two control commands are named " + command.name());
            }
        }
    }

    /** Answers one request; a wrong one with an {@code error} line. */
    void answer(String request, ControlCommand.Answer answer) throws IOException, InterruptedException {
        List<String> words = List.of(request.trim().split("\\s+"));
        String name = words.getFirst();
        try {
            if (name.equals("help")) {
                answer.line(help());
                return;
            }
            ControlCommand command = commands.get(name);
            if (command == null) {
                throw new ControlException(
                        "unknown command \"" + name + "\"; known: help " + String.join(" ", commands.keySet()));
            }
            command.run(words.subList(1, words.size()), answer);
        } catch (ControlException e) {
            answer.line(Json.object().put("error", e.getMessage()).build());
        }
    }

    private Json help() {
        List<Json> lines = new ArrayList<>();
        for (ControlCommand command : commands.values()) {
            lines.add(Json.object()
                    .put("usage", command.usage())
                    .put("summary", command.summary())
                    .build());
        }
        return Json.object().put("commands", lines).build();
    }
}
