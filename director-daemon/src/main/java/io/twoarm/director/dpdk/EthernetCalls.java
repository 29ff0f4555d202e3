package io.twoarm.director.dpdk;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** The functions of {@code rte_ethdev.h} for control, bound once. Port and queue numbers are {@code uint16_t}. */
final class EthernetCalls {
    final Dpdk dpdk;
    final MethodHandle isValidPort;
    final MethodHandle getName;
    final MethodHandle getInfo;
    final MethodHandle configure;
    final MethodHandle adjustDescriptors;
    final MethodHandle setUpReceiveQueue;
    final MethodHandle setUpTransmitQueue;
    final MethodHandle setMtu;
    final MethodHandle start;
    final MethodHandle stop;
    final MethodHandle close;
    final MethodHandle enablePromiscuous;
    final MethodHandle enableAllMulticast;
    final MethodHandle disablePromiscuous;
    final MethodHandle disableAllMulticast;
    final MethodHandle isPromiscuous;
    final MethodHandle isAllMulticast;
    final MethodHandle setLinkUp;
    final MethodHandle setLinkDown;
    final MethodHandle getMacAddress;
    final MethodHandle getLink;
    final MethodHandle getStats;
    final MethodHandle updateRedirection;

    EthernetCalls(Dpdk dpdk) {
        this.dpdk = dpdk;
        FunctionDescriptor ofPort = FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT);
        FunctionDescriptor ofPortAndStruct = FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.LONG);
        isValidPort = dpdk.handle("rte_eth_dev_is_valid_port", ofPort);
        getName = dpdk.handle("rte_eth_dev_get_name_by_port", ofPortAndStruct);
        getInfo = dpdk.handle("rte_eth_dev_info_get", ofPortAndStruct);
        configure = dpdk.handle(
                "rte_eth_dev_configure",
                FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.LONG));
        adjustDescriptors = dpdk.handle(
                "rte_eth_dev_adjust_nb_rx_tx_desc", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.LONG, Dpdk.LONG));
        setUpReceiveQueue = dpdk.handle(
                "rte_eth_rx_queue_setup",
                FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.INT, Dpdk.LONG, Dpdk.LONG));
        setUpTransmitQueue = dpdk.handle(
                "rte_eth_tx_queue_setup",
                FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.INT, Dpdk.LONG));
        setMtu = dpdk.handle("rte_eth_dev_set_mtu", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.SHORT));
        start = dpdk.handle("rte_eth_dev_start", ofPort);
        stop = dpdk.handle("rte_eth_dev_stop", ofPort);
        close = dpdk.handle("rte_eth_dev_close", ofPort);
        enablePromiscuous = dpdk.handle("rte_eth_promiscuous_enable", ofPort);
        enableAllMulticast = dpdk.handle("rte_eth_allmulticast_enable", ofPort);
        disablePromiscuous = dpdk.handle("rte_eth_promiscuous_disable", ofPort);
        disableAllMulticast = dpdk.handle("rte_eth_allmulticast_disable", ofPort);
        isPromiscuous = dpdk.handle("rte_eth_promiscuous_get", ofPort);
        isAllMulticast = dpdk.handle("rte_eth_allmulticast_get", ofPort);
        setLinkUp = dpdk.handle("rte_eth_dev_set_link_up", ofPort);
        setLinkDown = dpdk.handle("rte_eth_dev_set_link_down", ofPort);
        getMacAddress = dpdk.handle("rte_eth_macaddr_get", ofPortAndStruct);
        getLink = dpdk.handle("rte_eth_link_get_nowait", ofPortAndStruct);
        getStats = dpdk.handle("rte_eth_stats_get", ofPortAndStruct);
        updateRedirection = dpdk.handle(
                "rte_eth_dev_rss_reta_update", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.LONG, Dpdk.SHORT));
    }
}
