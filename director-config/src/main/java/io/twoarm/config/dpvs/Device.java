package io.twoarm.config.dpvs;

import io.twoarm.config.Origin;
import java.util.Optional;

/**
 * A port of the dataplane. Its place in the list of devices is its DPDK port id.
 *
 * @param name its name in both configuration files, at most 31 characters
 * @param settings values of the keywords under {@code netif_defs/device}
 */
public record Device(String name, Settings settings, Origin origin) {

    /** Longest name of a device or bonding, in characters. */
    public static final int LONGEST_NAME = 31;

    public Device(String name, Settings settings) {
        this(name, settings, Origin.NONE);
    }

    /** The number of receive queues that the file names; what the workers list decides. */
    public Optional<Integer> rxQueues() {
        return settings.find(NetifKeywords.RX_QUEUE_NUMBER);
    }

    /** The number of transmit queues that the file names; what the workers list decides. */
    public Optional<Integer> txQueues() {
        return settings.find(NetifKeywords.TX_QUEUE_NUMBER);
    }

    /** Slots of each receive queue. */
    public int rxDescriptors() {
        return settings.get(NetifKeywords.RX_DESCRIPTOR_NUMBER);
    }

    /** Slots of each transmit queue. */
    public int txDescriptors() {
        return settings.get(NetifKeywords.TX_DESCRIPTOR_NUMBER);
    }

    /** Largest IP packet in bytes. */
    public int mtu() {
        return settings.get(NetifKeywords.MTU);
    }

    public boolean promiscuous() {
        return settings.get(NetifKeywords.PROMISC_MODE);
    }

    public boolean allMulticast() {
        return settings.get(NetifKeywords.ALLMULTICAST);
    }
}
