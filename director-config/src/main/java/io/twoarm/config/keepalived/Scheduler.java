package io.twoarm.config.keepalived;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the realserver of a new session is chosen ({@code lb_algo}). DPVS implements the first six, this director all. */
public enum Scheduler {
    RR,
    WRR,
    WLC,
    CONHASH,
    MH,
    FO,
    LC,
    LBLC,
    LBLCR,
    SH,
    DH,
    OVF,
    SED,
    NQ;

    /** The word in the file. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scheduler> of(String text) {
        return Stream.of(values()).filter(value -> value.keyword().equals(text)).findFirst();
    }
}
