package io.twoarm.config.keepalived;

import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A route that the director has from its start.
 *
 * @param gateway the next hop; empty for a network that is on-link
 * @param device a device or bonding of {@code dpvs.conf}; empty when the gateway's network decides
 * @param mtu largest IP packet on this route, in bytes; empty for the device's MTU
 * @param source address of packets that the director itself sends along this route
 * @param metric the lower one of two routes to the same destination is used; 0 when absent
 * @param kernel whether the destination is one address of the kernel on its twin of the device ({@code scope kni_host})
 */
public record StaticRoute(
        Network destination,
        Optional<InetAddress> gateway,
        Optional<String> device,
        Optional<Integer> mtu,
        Optional<InetAddress> source,
        int metric,
        boolean kernel,
        Origin origin) {

    public static StaticRoute onLink(Network destination, String device) {
        return new StaticRoute(
                destination,
                Optional.empty(),
                Optional.of(device),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Origin.NONE);
    }

    public static StaticRoute via(Network destination, InetAddress gateway, String device) {
        return new StaticRoute(
                destination,
                Optional.of(gateway),
                Optional.of(device),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Origin.NONE);
    }

    /** An address of the kernel on its twin of a device. */
    public static StaticRoute toKernel(Network address, String device) {
        return new StaticRoute(
                address,
                Optional.empty(),
                Optional.of(device),
                Optional.empty(),
                Optional.empty(),
                0,
                true,
                Origin.NONE);
    }

    /** Whether the director itself reaches the destination without a gateway. */
    public boolean isOnLink() {
        return gateway.isEmpty() && !kernel;
    }
}
