package io.twoarm.director.redundancy;

import java.util.List;

/**
 * A VRRP instance at one moment.
 *
 * @param addresses in the form of {@link io.twoarm.director.address.IpAddress}
 * @param changes how often it became master or ceased to be it, since start
 */
public record VrrpStatus(String name, VrrpState state, List<String> addresses, long changes) {
    public VrrpStatus {
        addresses = List.copyOf(addresses);
    }
}
