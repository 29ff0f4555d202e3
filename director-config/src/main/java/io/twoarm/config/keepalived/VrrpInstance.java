package io.twoarm.config.keepalived;

import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.List;

/**
 * Addresses that the director has while a VRRP instance is master. Who is master is found out by keepalived's VRRP, which
 * tells it through {@code vrrp_notify_fifo}.
 *
 * @param name as keepalived's own file calls it
 * @param device a device or bonding of {@code dpvs.conf}
 */
public record VrrpInstance(String name, String device, List<InetAddress> addresses, Origin origin) {
    public VrrpInstance {
        addresses = List.copyOf(addresses);
    }

    public VrrpInstance(String name, String device, List<InetAddress> addresses) {
        this(name, device, addresses, Origin.NONE);
    }
}
