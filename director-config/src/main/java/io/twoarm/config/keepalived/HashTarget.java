package io.twoarm.config.keepalived;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code lb_algo conhash} ({@code hash_target}), {@code sh} and {@code mh} hash. */
public enum HashTarget {
    /** The client's address. */
    SIP,
    /** The connection id of QUIC. */
    QID,
    /** The client's address and port: {@code sh-port} or {@code mh-port}. */
    SIP_AND_PORT;

    /** The word in the file. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that {@code hash_target} names. */
    static HashTarget[] named() {
        return new HashTarget[] {SIP, QID};
    }

    static Optional<HashTarget> of(String text) {
        return Stream.of(named()).filter(value -> value.keyword().equals(text)).findFirst();
    }
}
