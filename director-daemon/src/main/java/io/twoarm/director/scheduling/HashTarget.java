package io.twoarm.director.scheduling;

import java.util.Optional;
import java.util.stream.Stream;

/** What {@code conhash}, {@code sh} and {@code mh} hash. */
public enum HashTarget {
    /** The client's address. */
    SOURCE("sip"),
    /** The connection id of QUIC (RFC 8999), or the client's address where a packet has none. */
    CONNECTION("qid"),
    /** The client's address and port: {@code sh-port} and {@code mh-port} of IPVS. */
    SOURCE_AND_PORT("sip-port");

    private final String keyword;

    HashTarget(String keyword) {
        this.keyword = keyword;
    }

    /** The word in files and on command lines. */
    public String keyword() {
        return keyword;
    }

    public static Optional<HashTarget> of(String keyword) {
        return Stream.of(values())
                .filter(target -> target.keyword.equals(keyword))
                .findFirst();
    }
}
