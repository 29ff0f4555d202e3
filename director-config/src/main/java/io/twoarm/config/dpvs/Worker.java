package io.twoarm.config.dpvs;

import io.twoarm.config.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A core of the dataplane.
 *
 * @param name free text, by convention {@code cpu} and a number
 * @param settings values of the keywords under {@code worker_defs/worker}
 * @param ports the queues that it serves; empty for the master
 */
public record Worker(String name, Settings settings, List<PortQueues> ports, Origin origin) {

    public Worker {
        ports = List.copyOf(ports);
    }

    public Worker(String name, Settings settings, List<PortQueues> ports) {
        this(name, settings, ports, Origin.NONE);
    }

    /** What a worker does. */
    public enum Type {
        /** Controls; serves no queue. */
        MASTER,
        /** Forwards packets. */
        SLAVE,
        /** Serves the kernel interfaces. */
        KNI,
        /** Nothing: the file names no type. */
        IDLE
    }

    public Type type() {
        Optional<String> type = settings.find(WorkerKeywords.WORKER_TYPE);
        return switch (type.orElse("")) {
            case "master" -> Type.MASTER;
            case "slave" -> Type.SLAVE;
            case "kni" -> Type.KNI;
            default -> Type.IDLE;
        };
    }

    /** Its DPDK lcore id; DPVS takes 0 when the file names none. */
    public int cpuId() {
        return settings.find(WorkerKeywords.CPU_ID).orElse(0);
    }

    /**
     * The queues of one port that a worker serves.
     *
     * @param device a device or bonding
     * @param settings values of the keywords under {@code worker_defs/worker/port}
     */
    public record PortQueues(String device, Settings settings, Origin origin) {

        public PortQueues(String device, Settings settings) {
            this(device, settings, Origin.NONE);
        }

        public List<Integer> rxQueueIds() {
            return settings.get(WorkerKeywords.RX_QUEUE_IDS);
        }

        public List<Integer> txQueueIds() {
            return settings.get(WorkerKeywords.TX_QUEUE_IDS);
        }
    }
}
