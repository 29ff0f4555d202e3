package io.twoarm.director.service;

import java.util.Optional;
import java.util.stream.Stream;

/** Whose packets a port lets in that stands for a port of a host behind the director (RFC 4787, 5). */
public enum OutsideFilter {
    /** Everybody's (endpoint-independent filtering). */
    ENDPOINT("endpoint"),
    /** Those of addresses that the host has sent something to from that port (address-dependent filtering). */
    ADDRESS("address"),
    /** Those of addresses and ports that it has sent something to (address- and port-dependent filtering). */
    ADDRESS_PORT("address_port");

    private final String keyword;

    OutsideFilter(String keyword) {
        this.keyword = keyword;
    }

    /** The word in configurations, options and lists. */
    public String keyword() {
        return keyword;
    }

    public static Optional<OutsideFilter> of(String word) {
        return Stream.of(values()).filter(filter -> filter.keyword.equals(word)).findFirst();
    }
}
