package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;

/** The functions of {@code rte_ethdev.h} for control, bound once. Port and queue numbers are {@code uint16_t}. */
final class EthernetCalls {
    final Dpdk dpdk;
    final NativeFunction isValidPort;
    final NativeFunction getName;
    final NativeFunction getInfo;
    final NativeFunction configure;
    final NativeFunction adjustDescriptors;
    final NativeFunction setUpReceiveQueue;
    final NativeFunction setUpTransmitQueue;
    final NativeFunction setMtu;
    final NativeFunction start;
    final NativeFunction stop;
    final NativeFunction close;
    final NativeFunction enablePromiscuous;
    final NativeFunction enableAllMulticast;
    final NativeFunction disablePromiscuous;
    final NativeFunction disableAllMulticast;
    final NativeFunction isPromiscuous;
    final NativeFunction isAllMulticast;
    final NativeFunction setLinkUp;
    final NativeFunction setLinkDown;
    final NativeFunction getMacAddress;
    final NativeFunction getLink;
    final NativeFunction getStats;
    final NativeFunction updateRedirection;

    EthernetCalls(Dpdk dpdk) {
        this.dpdk = dpdk;
        isValidPort = dpdk.function("rte_eth_dev_is_valid_port");
        getName = dpdk.function("rte_eth_dev_get_name_by_port");
        getInfo = dpdk.function("rte_eth_dev_info_get");
        configure = dpdk.function("rte_eth_dev_configure");
        adjustDescriptors = dpdk.function("rte_eth_dev_adjust_nb_rx_tx_desc");
        setUpReceiveQueue = dpdk.function("rte_eth_rx_queue_setup");
        setUpTransmitQueue = dpdk.function("rte_eth_tx_queue_setup");
        setMtu = dpdk.function("rte_eth_dev_set_mtu");
        start = dpdk.function("rte_eth_dev_start");
        stop = dpdk.function("rte_eth_dev_stop");
        close = dpdk.function("rte_eth_dev_close");
        enablePromiscuous = dpdk.function("rte_eth_promiscuous_enable");
        enableAllMulticast = dpdk.function("rte_eth_allmulticast_enable");
        disablePromiscuous = dpdk.function("rte_eth_promiscuous_disable");
        disableAllMulticast = dpdk.function("rte_eth_allmulticast_disable");
        isPromiscuous = dpdk.function("rte_eth_promiscuous_get");
        isAllMulticast = dpdk.function("rte_eth_allmulticast_get");
        setLinkUp = dpdk.function("rte_eth_dev_set_link_up");
        setLinkDown = dpdk.function("rte_eth_dev_set_link_down");
        getMacAddress = dpdk.function("rte_eth_macaddr_get");
        getLink = dpdk.function("rte_eth_link_get_nowait");
        getStats = dpdk.function("rte_eth_stats_get");
        updateRedirection = dpdk.function("rte_eth_dev_rss_reta_update");
    }
}
