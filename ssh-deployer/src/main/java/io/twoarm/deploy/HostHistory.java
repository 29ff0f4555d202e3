package io.twoarm.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changes that a host remembers, at most twenty.
 *
 * @param changes oldest first
 * @param forgotten id of the youngest change that the host no longer remembers
 */
public record HostHistory(String host, List<PastChange> changes, Optional<String> forgotten) {
    public HostHistory {
        changes = List.copyOf(changes);
    }

    static HostHistory of(SshConnection connection) {
        String host = connection.target().host();
        RemoteCommand command =
                RemoteCommand.script(RemoteScript.HISTORY.text(), List.of()).labelled("history.sh");
        return parse(host, connection.run(command).orThrow().stdout());
    }

    static HostHistory parse(String host, String text) {
        Map<String, Change> changes = new LinkedHashMap<>();
        Optional<String> forgotten = Optional.empty();
        boolean begun = false;
        for (String line : text.lines().toList()) {
            String[] field = line.split("\t", -1);
            if (!begun) {
                begun = line.equals("history");
                continue;
            }
            switch (field[0]) {
                case "forgotten" -> forgotten = Optional.of(field[1]);
                case "change" -> changes.put(field[1], new Change(field));
                case "step" ->
                    changes.get(field[1])
                            .steps
                            .add(String.join(" ", List.of(field).subList(2, field.length)));
                case "reason" -> changes.get(field[1]).reason = Optional.of(field[2]);
                case "end" -> {
                    return new HostHistory(
                            host, changes.values().stream().map(Change::past).toList(), forgotten);
                }
                default -> throw new IllegalStateException("the history script printed: " + line);
            }
        }
        throw new DeployException(new DeployFailure.CommandFailed(
                host, "history.sh", "ended before the whole history was told", text.isBlank() ? "no output" : text));
    }

    /** A change while its lines are read. */
    private static final class Change {
        private final String[] head;
        private final List<String> steps = new ArrayList<>();
        private Optional<String> reason = Optional.empty();

        Change(String[] head) {
            this.head = head;
        }

        PastChange past() {
            return new PastChange(head[1], head[2], head[3], head[4], steps, reason);
        }
    }

    /** The last change that stayed, not later than the deployment of that id. */
    Optional<PastChange> committedAt(String id) {
        return changes.stream()
                .filter(change -> change.committed() && change.id().compareTo(id) <= 0)
                .reduce((earlier, later) -> later);
    }
}
