package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.siit.AddressMappings;
import io.twoarm.director.siit.ExplicitMapping;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.List;
import java.util.Optional;

/**
 * Stateless translation of the test director: all IPv4 addresses stand in 2001:db8:64::/96, 198.51.100.0/30 for
 * 2001:db8:229::/126.
 */
final class Translated {
    private Translated() {}

    static ForwardingTables tables(ForwardingTables tables) {
        IpAddress prefix = IpAddress.parse("2001:db8:64::");
        IpAddress servers = IpAddress.parse("2001:db8:229::");
        int ipv4 = (int) IpAddress.parse("198.51.100.0").low();
        return DirectorTables.withIpv6(tables)
                .withMappings(new AddressMappings(
                        Optional.of(new TranslationPrefix(prefix.high(), prefix.low(), 96)),
                        List.of(new ExplicitMapping(ipv4, 30, servers.high(), servers.low(), 126))));
    }
}
