package io.twoarm.director.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.port.Mbuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the layout's constants with what a C compiler makes of DPDK's headers. */
class DpdkLayoutTest {
    private static final String PACKAGES = "apt-get install gcc pkg-config libdpdk-dev";

    @TempDir
    Path folder;

    @Test
    void everyOffsetIsThatOfTheHeaders() throws Exception {
        DpdkLayout layout = DpdkLayout.V22_11;
        Map<String, Integer> ours = new LinkedHashMap<>();
        ours.put("sizeof(struct rte_eth_fp_ops)", layout.fastPathOps().size());
        ours.put(
                "offsetof(struct rte_eth_fp_ops, rx_pkt_burst)",
                layout.fastPathOps().rxBurst());
        ours.put(
                "offsetof(struct rte_eth_fp_ops, rxq.data)",
                layout.fastPathOps().rxQueues());
        ours.put(
                "offsetof(struct rte_eth_fp_ops, tx_pkt_burst)",
                layout.fastPathOps().txBurst());
        ours.put(
                "offsetof(struct rte_eth_fp_ops, txq.data)",
                layout.fastPathOps().txQueues());
        ours.put("offsetof(struct rte_mempool, ops_index)", layout.mempool().opsIndex());
        ours.put("offsetof(struct rte_mempool_ops_table, ops)", layout.mempool().tableOps());
        ours.put("sizeof(struct rte_mempool_ops)", layout.mempool().opsSize());
        ours.put("offsetof(struct rte_mempool_ops, dequeue)", layout.mempool().opsDequeue());
        ours.put("sizeof(struct rte_eth_conf)", layout.ethConf().size());
        ours.put("offsetof(struct rte_eth_conf, rxmode.mtu)", layout.ethConf().rxMtu());
        ours.put(
                "offsetof(struct rte_eth_conf, rxmode.mq_mode)",
                layout.ethConf().rxMode());
        ours.put(
                "offsetof(struct rte_eth_conf, rx_adv_conf.rss_conf)",
                layout.ethConf().rssConf());
        ours.put("offsetof(struct rte_eth_rss_conf, rss_key_len)", 8);
        ours.put("offsetof(struct rte_eth_rss_conf, rss_hf)", 16);
        ours.put("sizeof(struct rte_eth_rss_reta_entry64)", 136);
        ours.put("offsetof(struct rte_eth_rss_reta_entry64, reta)", 8);
        ours.put(
                "offsetof(struct rte_eth_dev_info, max_rx_queues)",
                layout.ethDevInfo().maxRxQueues());
        ours.put(
                "offsetof(struct rte_eth_dev_info, max_tx_queues)",
                layout.ethDevInfo().maxTxQueues());
        ours.put(
                "offsetof(struct rte_eth_dev_info, reta_size)",
                layout.ethDevInfo().retaSize());
        ours.put(
                "offsetof(struct rte_eth_dev_info, hash_key_size)",
                layout.ethDevInfo().hashKeySize());
        ours.put(
                "offsetof(struct rte_eth_dev_info, flow_type_rss_offloads)",
                layout.ethDevInfo().rssOffloads());
        ours.put("sizeof(struct rte_eth_dev_info)", layout.ethDevInfo().size());
        ours.put(
                "offsetof(struct rte_eth_dev_info, driver_name)",
                layout.ethDevInfo().driverName());
        ours.put(
                "offsetof(struct rte_eth_dev_info, if_index)",
                layout.ethDevInfo().ifIndex());
        ours.put("sizeof(struct rte_eth_stats)", layout.ethStats().size());
        ours.put("offsetof(struct rte_eth_stats, ipackets)", layout.ethStats().receivedPackets());
        ours.put("offsetof(struct rte_eth_stats, opackets)", layout.ethStats().sentPackets());
        ours.put("offsetof(struct rte_eth_stats, ibytes)", layout.ethStats().receivedBytes());
        ours.put("offsetof(struct rte_eth_stats, obytes)", layout.ethStats().sentBytes());
        ours.put("offsetof(struct rte_eth_stats, imissed)", layout.ethStats().missed());
        ours.put("offsetof(struct rte_eth_stats, ierrors)", layout.ethStats().receiveErrors());
        ours.put("offsetof(struct rte_eth_stats, oerrors)", layout.ethStats().sendErrors());
        ours.put("offsetof(struct rte_eth_stats, rx_nombuf)", layout.ethStats().noBuffer());
        ours.put("sizeof(struct rte_eth_link)", 8);
        ours.put("RTE_MAX_ETHPORTS", layout.maxPorts());
        ours.put("sizeof(struct rte_mbuf)", Mbuf.SIZE);
        ours.put("RTE_PKTMBUF_HEADROOM", Mbuf.HEADROOM);
        ours.put("offsetof(struct rte_mbuf, buf_addr)", Mbuf.BUF_ADDR_OFFSET);
        ours.put("offsetof(struct rte_mbuf, data_off)", Mbuf.DATA_OFF_OFFSET);
        ours.put("offsetof(struct rte_mbuf, refcnt)", Mbuf.DATA_OFF_OFFSET + 2);
        ours.put("offsetof(struct rte_mbuf, nb_segs)", Mbuf.NB_SEGS_OFFSET);
        ours.put("offsetof(struct rte_mbuf, port)", Mbuf.PORT_OFFSET);
        ours.put("offsetof(struct rte_mbuf, ol_flags)", Mbuf.OL_FLAGS_OFFSET);
        ours.put("offsetof(struct rte_mbuf, packet_type)", MbufPool.PACKET_TYPE_OFFSET);
        ours.put("offsetof(struct rte_mbuf, pkt_len)", Mbuf.PKT_LEN_OFFSET);
        ours.put("offsetof(struct rte_mbuf, data_len)", Mbuf.DATA_LEN_OFFSET);
        ours.put("offsetof(struct rte_mbuf, vlan_tci)", Mbuf.DATA_LEN_OFFSET + 2);
        ours.put("offsetof(struct rte_mbuf, buf_len)", Mbuf.BUF_LEN_OFFSET);
        ours.put("sizeof(rte_cpuset_t)", 128);

        assertThat(compiled(List.copyOf(ours.keySet()))).isEqualTo(ours);
    }

    @Test
    void theSeriesIsChosenByTheVersionThatTheLibraryReports() {
        assertThat(DpdkLayout.of("DPDK 22.11.11")).contains(DpdkLayout.V22_11);
        assertThat(DpdkLayout.of("DPDK 22.11")).contains(DpdkLayout.V22_11);
        assertThat(DpdkLayout.of("DPDK 22.11.0-rc1")).contains(DpdkLayout.V22_11);
        assertThat(DpdkLayout.of("DPDK 23.11.2")).isEmpty();
        assertThat(DpdkLayout.of("DPDK 22.110.1")).isEmpty();
    }

    @Test
    void anUnknownVersionIsRefusedWithTheOneFoundAndThoseSupported() {
        DpdkException refused = Dpdk.unsupported("DPDK 23.11.2");

        assertThat(refused.details()).anyMatch(line -> line.contains("DPDK 23.11.2"));
        assertThat(refused.details()).anyMatch(line -> line.contains("22.11 (librte_eal.so.23)"));
        assertThat(refused.fix()).contains("apt-get install librte-ethdev23");
    }

    private Map<String, Integer> compiled(List<String> expressions) throws IOException, InterruptedException {
        StringBuilder source = new StringBuilder(
                "#define _GNU_SOURCE\n#include <stddef.h>\n#include <stdio.h>\n"
                        + "#include <rte_lcore.h>\n#include <rte_ethdev.h>\n#include <rte_mbuf.h>\n#include <rte_mempool.h>\nint main(void) {\n");
        for (String expression : expressions) {
            source.append("  printf(\"%zu\\n\", (size_t)(").append(expression).append("));\n");
        }
        Path file = folder.resolve("layout.c");
        Files.writeString(file, source.append("}\n").toString());
        List<String> compile =
                new ArrayList<>(List.of("gcc", "-o", folder.resolve("layout").toString()));
        compile.add(file.toString());
        compile.addAll(List.of(output(List.of("pkg-config", "--cflags", "libdpdk"))
                .getFirst()
                .trim()
                .split("\\s+")));
        output(compile);
        List<String> numbers = output(List.of(folder.resolve("layout").toString()));
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < expressions.size(); i++) {
            values.put(expressions.get(i), Integer.valueOf(numbers.get(i)));
        }
        return values;
    }

    private List<String> output(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError(command.getFirst() + " is missing: " + PACKAGES, e);
        }
        List<String> lines = process.inputReader().readAllLines();
        assertThat(process.waitFor())
                .as("%s said %s; its packages: %s", String.join(" ", command), lines, PACKAGES)
                .isZero();
        return lines;
    }
}
