package io.twoarm.config.keepalived;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code lb_algo conhash} hashes ({@code hash_target}). */
public enum HashTarget {
    /** The client's address. */
    SIP,
    /** The connection id of QUIC. */
    QID;

    /** The word in the file. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<HashTarget> of(String text) {
        return Stream.of(values()).filter(value -> value.keyword().equals(text)).findFirst();
    }
}
