package io.twoarm.deploy;

import java.util.List;
import java.util.Optional;

/**
 * The way to a host, examined step by step.
 *
 * @param checks hop by hop, in the order in which a connection meets them
 */
public record ConnectionDiagnosis(String host, List<Check> checks) {
    public ConnectionDiagnosis {
        checks = List.copyOf(checks);
    }

    /** What became of a check. */
    public enum Verdict {
        GOOD,
        /** Works, but is worth knowing. */
        NOTE,
        FAILED,
        /** Not reached, since something before it failed. */
        SKIPPED
    }

    /**
     * @param hop the machine that it is about: the host itself or a jump host
     * @param name what is looked at, such as {@code algorithms}
     * @param found one or more lines
     * @param fix what to do, for what is not good
     */
    public record Check(String hop, String name, Verdict verdict, String found, Optional<String> fix) {}

    /** Whether commands can be run on the host as root. */
    public boolean reachable() {
        return checks.stream().noneMatch(check -> check.verdict() == Verdict.FAILED);
    }
}
