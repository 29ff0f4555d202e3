package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.Setting.Support.REFUSED;
import static io.twoarm.config.dpvs.ValueKind.flag;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.oneOf;

import java.util.List;
import java.util.Optional;

/** Keywords of worker_defs: which core serves which queues. */
public final class WorkerKeywords {
    /** Queues of one kind on one port at most (NETIF_MAX_QUEUES). */
    static final int MOST_QUEUES = 16;

    private static final ValueKind<List<Integer>> QUEUE_IDS = new ValueKind.NumberList(0, MOST_QUEUES - 1);

    public static final Setting<String> WORKER_TYPE = new Setting<>(
            "worker_defs/worker/type",
            oneOf("master", "slave", "kni"),
            Optional.empty(),
            true,
            HONOURED,
            "master controls, slave forwards packets, kni serves the kernel interfaces.");
    public static final Setting<Integer> CPU_ID = new Setting<>(
            "worker_defs/worker/cpu_id",
            number(0, 63, ""),
            Optional.empty(),
            true,
            HONOURED,
            "DPDK lcore that the worker runs on; EAL's -l or --lcores must name it.");
    public static final Setting<Boolean> ICMP_REDIRECT_CORE = new Setting<>(
            "worker_defs/worker/icmp_redirect_core",
            flag(),
            Optional.of(false),
            true,
            REFUSED,
            "Hands ICMP errors to this worker.");
    public static final Setting<List<Integer>> RX_QUEUE_IDS = new Setting<>(
            "worker_defs/worker/port/rx_queue_ids",
            QUEUE_IDS,
            Optional.of(List.of()),
            true,
            HONOURED,
            "Receive queues of the port that the worker polls.");
    public static final Setting<List<Integer>> TX_QUEUE_IDS = new Setting<>(
            "worker_defs/worker/port/tx_queue_ids",
            QUEUE_IDS,
            Optional.of(List.of()),
            true,
            HONOURED,
            "Transmit queues of the port that the worker fills.");
    public static final Setting<List<Integer>> ISOL_RX_CPU_IDS = new Setting<>(
            "worker_defs/worker/port/isol_rx_cpu_ids",
            new ValueKind.NumberList(1, 63),
            Optional.of(List.of()),
            true,
            REFUSED,
            "Lcores that receive for the worker, one for each receive queue.");
    public static final Setting<Integer> ISOL_RXQ_RING_SIZE = new Setting<>(
            "worker_defs/worker/port/isol_rxq_ring_sz",
            number(1, Integer.MAX_VALUE, "packets"),
            Optional.of(1048576),
            true,
            REFUSED,
            "Packets that may wait between such an lcore and the worker.");

    static final List<Setting<?>> ALL = List.of(
            WORKER_TYPE, CPU_ID, ICMP_REDIRECT_CORE, RX_QUEUE_IDS, TX_QUEUE_IDS, ISOL_RX_CPU_IDS, ISOL_RXQ_RING_SIZE);

    private WorkerKeywords() {}
}
