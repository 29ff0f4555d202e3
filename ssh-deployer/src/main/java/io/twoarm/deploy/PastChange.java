package io.twoarm.deploy;

import java.util.List;
import java.util.Optional;

/**
 * A change that a host remembers.
 *
 * @param id names the deployment; the same on all hosts that it changed. Begins with the time, UTC, as
 *     {@code 20260131T235959.999}
 * @param result {@code committed}, {@code restored} (taken back), {@code broken}, {@code waiting} for its confirmation, or
 *     {@code unfinished}
 * @param what {@code deployment}, or {@code rollback to} another one's id
 * @param owner who made it, from where
 * @param steps what was done, such as {@code put /etc/dpvs.conf 644}
 * @param reason why it was taken back
 */
public record PastChange(
        String id, String result, String what, String owner, List<String> steps, Optional<String> reason) {
    static final String COMMITTED = "committed";

    public PastChange {
        steps = List.copyOf(steps);
    }

    public boolean committed() {
        return result.equals(COMMITTED);
    }
}
