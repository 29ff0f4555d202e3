package io.twoarm.config.keepalived;

import java.util.Optional;
import java.util.stream.Stream;

/** Whose packets a mapped port of a host behind the director lets in ({@code endpoint_independent}; RFC 4787, 5). */
public enum OutsideFilter {
    /** Everybody's. */
    ENDPOINT("endpoint"),
    /** Those of addresses that the host has sent something to from that port. */
    ADDRESS("address"),
    /** Those of addresses and ports that it has sent something to. */
    ADDRESS_PORT("address_port");

    private final String keyword;

    OutsideFilter(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the file. */
    public String keyword() {
        return keyword;
    }

    static Optional<OutsideFilter> of(String word) {
        return Stream.of(values()).filter(filter -> filter.keyword.equals(word)).findFirst();
    }
}
