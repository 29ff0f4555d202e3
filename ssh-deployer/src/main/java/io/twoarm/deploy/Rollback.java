package io.twoarm.deploy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which earlier deployment to go back to, and what that means for each host. */
final class Rollback {
    private static final String ALL = "all hosts";

    private final List<HostHistory> histories;
    private final String id;

    private Rollback(List<HostHistory> histories, String id) {
        this.histories = histories;
        this.id = id;
    }

    /**
     * @param to the beginning of a deployment's id; empty for the one before the latest
     * @throws DeployException with {@link DeployFailure.RollbackImpossible}
     */
    static Rollback of(List<HostHistory> histories, Optional<String> to) {
        TreeSet<String> ids = new TreeSet<>();
        histories.forEach(history ->
                history.changes().stream().filter(PastChange::committed).forEach(change -> ids.add(change.id())));
        if (to.isEmpty()) {
            if (ids.size() < 2) {
                throw impossible(
                        ALL,
                        "there is no deployment before the latest one",
                        "take the latest change back by hand on each host: sh /var/lib/twoarm/journal/ID/rollback");
            }
            return new Rollback(histories, ids.lower(ids.last()));
        }
        List<String> meant = ids.stream().filter(id -> id.startsWith(to.get())).toList();
        if (meant.size() != 1) {
            throw impossible(
                    ALL,
                    (meant.isEmpty() ? "no deployment begins with " : "several deployments begin with ") + to.get(),
                    "name one of " + String.join(", ", meant.isEmpty() ? ids : meant));
        }
        return new Rollback(histories, meant.getFirst());
    }

    String id() {
        return id;
    }

    /**
     * The change after which the host was as that deployment left it; empty when the host had not been deployed to yet.
     *
     * @throws DeployException with {@link DeployFailure.RollbackImpossible} when the host no longer knows
     */
    Optional<PastChange> change(String host) {
        HostHistory history = histories.stream()
                .filter(one -> one.host().equals(host))
                .findFirst()
                .orElseThrow();
        Optional<PastChange> change = history.committedAt(id);
        if (change.isEmpty() && history.forgotten().isPresent()) {
            throw impossible(
                    host, "it no longer remembers what it was like then", "choose a later deployment (twoarm history)");
        }
        return change;
    }

    static DeployException impossible(String host, String cause, String fix) {
        return new DeployException(new DeployFailure.RollbackImpossible(host, cause, fix));
    }
}
