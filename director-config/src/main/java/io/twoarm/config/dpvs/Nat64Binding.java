package io.twoarm.config.dpvs;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A port of NAT64's pool that always leads to a port of an IPv6 host, as written ({@code binding}).
 *
 * @param outside address and port, such as {@code 192.0.2.1:80}
 * @param settings values of the keywords under {@code nat64_defs/binding}
 */
public record Nat64Binding(String outside, Settings settings, Origin origin) {
    private static final int LAST_PORT = 65_535;

    /** The pool's address; empty when there is none. */
    public Optional<InetAddress> address() {
        int colon = outside.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : AddressLiteral.parse(outside.substring(0, colon)).filter(address -> address.getAddress().length == 4);
    }

    /** Its port, 1 to 65535; empty when there is none. */
    public Optional<Integer> port() {
        String text = outside.substring(outside.indexOf(':') + 1);
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port > 0 && port <= LAST_PORT);
    }

    /** The IPv6 host; empty when there is none. */
    public Optional<InetAddress> host() {
        return settings.find(Nat64Keywords.HOST)
                .flatMap(AddressLiteral::parse)
                .filter(address -> address.getAddress().length == 16);
    }

    /** The host's port; empty when neither it nor the binding's can be read. */
    public Optional<Integer> hostPort() {
        return settings.find(Nat64Keywords.PORT).or(this::port);
    }
}
