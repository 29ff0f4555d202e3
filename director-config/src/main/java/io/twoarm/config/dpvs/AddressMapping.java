package io.twoarm.config.dpvs;

import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import java.util.Optional;

/**
 * An IPv4 prefix and the IPv6 prefix that stands for it, as written ({@code eam}).
 *
 * @param ipv4 such as {@code 192.0.2.0/24}, or an address
 * @param settings values of the keywords under {@code siit_defs/eam}
 */
public record AddressMapping(String ipv4, Settings settings, Origin origin) {
    /** The IPv4 prefix; empty when it is none. */
    public Optional<Network> from() {
        return Network.parse(ipv4).filter(network -> network.address().getAddress().length == 4);
    }

    /** The IPv6 prefix; empty when there is none. */
    public Optional<Network> to() {
        return settings.find(SiitKeywords.IPV6)
                .flatMap(Network::parse)
                .filter(network -> network.address().getAddress().length == 16);
    }
}
