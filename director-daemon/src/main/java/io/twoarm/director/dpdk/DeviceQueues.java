package io.twoarm.director.dpdk;

import io.twoarm.director.share.Toeplitz;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a device can do with several queues.
 *
 * @param receive most receive queues
 * @param transmit most transmit queues
 * @param redirection entries of its table from hashes to queues; 0 when it has none
 * @param keyBytes bytes of its hash key
 * @param hashes kinds of packets that it can spread, {@code RTE_ETH_RSS_*}
 */
public record DeviceQueues(int receive, int transmit, int redirection, int keyBytes, long hashes) {
    /** IPv4 and IPv6, with the ports of TCP and UDP ({@code rte_ethdev.h}). */
    private static final long WANTED = 1L << 2 | 1L << 4 | 1L << 5 | 1L << 8 | 1L << 10 | 1L << 11;
    /** {@code RTE_ETH_MQ_RX_RSS}. */
    private static final int SPREAD_BY_HASH = 1;
    /** {@code struct rte_eth_rss_conf}: 0 key, 8 its length u8, 16 kinds u64. */
    private static final int KEY_LENGTH_OFFSET = 8;

    private static final int HASHES_OFFSET = 16;

    /** @param info a {@code struct rte_eth_dev_info} that the device has filled */
    static DeviceQueues of(MemorySegment info, DpdkLayout.EthDevInfo layout) {
        return new DeviceQueues(
                info.get(ValueLayout.JAVA_SHORT, layout.maxRxQueues()) & 0xffff,
                info.get(ValueLayout.JAVA_SHORT, layout.maxTxQueues()) & 0xffff,
                info.get(ValueLayout.JAVA_SHORT, layout.retaSize()) & 0xffff,
                info.get(ValueLayout.JAVA_BYTE, layout.hashKeySize()) & 0xff,
                info.get(ValueLayout.JAVA_LONG, layout.rssOffloads()));
    }

    /** Whether it spreads flows by the Toeplitz hash of addresses and ports with a key of our choice. */
    public boolean spreads() {
        return redirection > 0 && keyBytes == Toeplitz.key().length && (hashes & WANTED) != 0;
    }

    /**
     * Asks for that.
     *
     * @param conf a {@code struct rte_eth_conf}
     * @param arena for the key, until the device is configured
     */
    void spreadBy(MemorySegment conf, DpdkLayout.EthConf layout, Arena arena) {
        byte[] key = Toeplitz.key();
        conf.set(ValueLayout.JAVA_INT, layout.rxMode(), SPREAD_BY_HASH);
        conf.set(
                ValueLayout.JAVA_LONG,
                layout.rssConf(),
                arena.allocateFrom(ValueLayout.JAVA_BYTE, key).address());
        conf.set(ValueLayout.JAVA_BYTE, layout.rssConf() + KEY_LENGTH_OFFSET, (byte) key.length);
        conf.set(ValueLayout.JAVA_LONG, layout.rssConf() + HASHES_OFFSET, hashes & WANTED);
    }
}
