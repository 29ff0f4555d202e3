package io.twoarm.diagnose.probe;

import java.util.Optional;

/**
 * What one check found.
 *
 * @param host that it is about
 * @param check what was looked at, as a statement that should be true
 * @param evidence what was found
 * @param fix what to do, with the command; empty when nothing is to be done
 */
public record ProbeFinding(String host, String check, Verdict verdict, String evidence, Optional<String> fix) {

    /** How a check ended. */
    public enum Verdict {
        GOOD,
        /** Works, but not as designed. */
        DOUBTFUL,
        /** Packets, or the client's address, end here. */
        BROKEN
    }

    public static ProbeFinding good(String host, String check, String evidence) {
        return new ProbeFinding(host, check, Verdict.GOOD, evidence, Optional.empty());
    }

    public static ProbeFinding doubtful(String host, String check, String evidence, String fix) {
        return new ProbeFinding(host, check, Verdict.DOUBTFUL, evidence, Optional.of(fix));
    }

    public static ProbeFinding broken(String host, String check, String evidence, String fix) {
        return new ProbeFinding(host, check, Verdict.BROKEN, evidence, Optional.of(fix));
    }

    public boolean isBroken() {
        return verdict == Verdict.BROKEN;
    }
}
