package io.twoarm.config.keepalived;

import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import java.net.InetAddress;

/**
 * An address that the director owns from its start. With a prefix shorter than the address, that network is on-link at
 * the device.
 *
 * @param prefixLength in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 * @param device a device or bonding of {@code dpvs.conf}
 */
public record StaticAddress(InetAddress address, int prefixLength, String device, Origin origin) {

    public StaticAddress(InetAddress address, int prefixLength, String device) {
        this(address, prefixLength, device, Origin.NONE);
    }

    /** The network that is on-link because of this address; with the full length, just the address. */
    public Network network() {
        return Network.of(address, prefixLength);
    }
}
