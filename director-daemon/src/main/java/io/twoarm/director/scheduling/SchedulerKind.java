package io.twoarm.director.scheduling;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The schedulers by the names that IPVS and DPVS give them. */
public enum SchedulerKind {
    /** Each in turn. */
    RR,
    /** In turn, as often as the weight says. */
    WRR,
    /** The least loaded one. */
    LC,
    /** The least loaded one for its weight. */
    WLC,
    /** One per destination, the least loaded one when that has too much. */
    LBLC,
    /** A set per destination that grows and shrinks with its load. */
    LBLCR,
    /** By the destination address. */
    DH,
    /** By the client's address. */
    SH,
    /** By the client's address in a Maglev table. */
    MH,
    /** By the client's address or connection id on a ring. */
    CONHASH,
    /** The one with the shortest expected delay. */
    SED,
    /** An idle one, or else as {@link #SED}. */
    NQ,
    /** The one with the highest weight. */
    FO,
    /** The one with the highest weight that has fewer active sessions than its weight. */
    OVF;

    /** The word in files and on command lines. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SchedulerKind> of(String keyword) {
        return Stream.of(values())
                .filter(kind -> kind.keyword().equals(keyword))
                .findFirst();
    }
}
