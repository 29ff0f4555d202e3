package io.twoarm.director.dpdk;

import java.util.List;
import java.util.Optional;

/**
 * Where one release series of DPDK keeps the fields that this package reads and writes: byte offsets and sizes on 64-bit
 * machines. Taken from the headers with a C compiler, and compared with them by a test.
 *
 * @param series version without the patch level, such as {@code 22.11}
 * @param abi number in the libraries' file names
 */
record DpdkLayout(
        String series,
        int abi,
        FastPathOps fastPathOps,
        Mempool mempool,
        EthConf ethConf,
        EthDevInfo ethDevInfo,
        EthStats ethStats,
        int maxPorts) {

    /** {@code struct rte_eth_fp_ops}, one per port in the array {@code rte_eth_fp_ops}. */
    record FastPathOps(int size, int rxBurst, int rxQueues, int txBurst, int txQueues) {}

    /** {@code struct rte_mempool}, {@code struct rte_mempool_ops} and {@code struct rte_mempool_ops_table}. */
    record Mempool(int opsIndex, int tableOps, int opsSize, int opsDequeue) {}

    /** {@code struct rte_eth_conf}. */
    record EthConf(int size, int rxMode, int rxMtu, int rssConf) {}

    /** {@code struct rte_eth_dev_info}. */
    record EthDevInfo(
            int size,
            int driverName,
            int ifIndex,
            int minMtu,
            int maxMtu,
            int maxRxPacketLength,
            int maxRxQueues,
            int maxTxQueues,
            int retaSize,
            int hashKeySize,
            int rssOffloads) {}

    /** {@code struct rte_eth_stats}. */
    record EthStats(
            int size,
            int receivedPackets,
            int sentPackets,
            int receivedBytes,
            int sentBytes,
            int missed,
            int receiveErrors,
            int sendErrors,
            int noBuffer) {}

    static final DpdkLayout V22_11 = new DpdkLayout(
            "22.11",
            23,
            new FastPathOps(128, 0, 24, 64, 88),
            new Mempool(88, 64, 128, 56),
            new EthConf(2272, 8, 12, 128),
            new EthDevInfo(376, 8, 16, 20, 22, 36, 44, 46, 104, 106, 112),
            new EthStats(704, 0, 8, 16, 24, 32, 40, 48, 56),
            32);

    static final List<DpdkLayout> SUPPORTED = List.of(V22_11);

    /** @param version what {@code rte_version()} says, such as {@code DPDK 22.11.11} */
    static Optional<DpdkLayout> of(String version) {
        return SUPPORTED.stream()
                .filter(layout -> version.matches("DPDK " + layout.series.replace(".", "\\.") + "(\\..*)?"))
                .findFirst();
    }
}
