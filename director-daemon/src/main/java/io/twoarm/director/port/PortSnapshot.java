package io.twoarm.director.port;

import java.util.Optional;
import java.util.Set;

/**
 * A port at one moment.
 *
 * @param name in {@code dpvs.conf}
 * @param device DPDK's name of the device
 * @param macAddress in the low 48 bits, first byte highest
 * @param mtu largest IP packet in bytes
 * @param refused packets that the transmit queue had no room for, since start
 * @param switchedOn what is switched on, but for the link
 * @param bond its members, where it is a bonding
 */
public record PortSnapshot(
        String name,
        String device,
        String driver,
        long macAddress,
        int mtu,
        LinkState link,
        DeviceCounters counters,
        long refused,
        Set<PortSwitch> switchedOn,
        Optional<BondStatus> bond) {
    public PortSnapshot {
        switchedOn = Set.copyOf(switchedOn);
    }
}
