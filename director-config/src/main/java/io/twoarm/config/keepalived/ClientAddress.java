package io.twoarm.config.keepalived;

import java.util.List;
import java.util.Optional;

/**
 * How a FullNAT service tells the realserver the client's address ({@code client_address}, {@code proxy_protocol}).
 *
 * <p>The keyword {@code client_address} is an extension of the bundled director. DPVS does not know it and always adds the
 * TCP option, which is also what its absence means here. {@code proxy_protocol} is DPVS's and takes the option's place.
 */
public enum ClientAddress {
    /** The TCP option of kind 254 (TOA). */
    TOA("client_address", "toa"),
    /** The same option with kind 253. */
    TOA_253("client_address", "toa_253"),
    /** Not at all: the realserver sees the local address only. */
    NONE("client_address", "none"),
    /** A line of text before the first data of a TCP connection. */
    PROXY_V1("proxy_protocol", "v1"),
    /** A binary header before the first data of a TCP connection, or in each datagram. */
    PROXY_V2("proxy_protocol", "v2");

    private final String statement;
    private final String keyword;

    ClientAddress(String statement, String keyword) {
        this.statement = statement;
        this.keyword = keyword;
    }

    /** The keyword that the word stands behind. */
    public String statement() {
        return statement;
    }

    /** The word in the file. */
    public String keyword() {
        return keyword;
    }

    /** What may stand behind a keyword. */
    static List<ClientAddress> behind(String statement) {
        return List.of(values()).stream()
                .filter(value -> value.statement.equals(statement))
                .toList();
    }

    static Optional<ClientAddress> of(String statement, String text) {
        return behind(statement).stream()
                .filter(value -> value.keyword.equals(text))
                .findFirst();
    }
}
