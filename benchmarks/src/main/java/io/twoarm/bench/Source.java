package io.twoarm.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the packets of a measurement come from, the same for every program under test.
 *
 * @param devices DPDK's names of virtual devices with their parameters, as after {@code --vdev=}; one for each port
 * @param buffers packet buffers that the programs need, a power of two less one
 * @param sessions that the director has room for
 * @param workers of the director; each has a queue of the first device
 */
record Source(List<String> devices, int buffers, int sessions, int workers) {
    private static final int QUEUES = 16_384;
    private static final int GENERATOR_BUFFERS = 65_535;
    private static final int LEAST_SESSIONS = 65_535;

    /** Places in each of a generator's rings, as a power of two. */
    static final int RING_BITS = 14;

    /** A capture that is held in packet buffers and copied to the worker without end; what is sent is discarded. */
    static Source capture(Path file, Traffic traffic) {
        return new Source(
                List.of("net_pcap0,rx_pcap=" + file + ",infinite_rx=1"),
                powerOfTwoAbove(traffic.packets() + QUEUES),
                Math.max(LEAST_SESSIONS, powerOfTwoAbove(2 * traffic.flows())),
                1);
    }

    /** A capture for each worker's queue. */
    static Source captures(List<Path> files, Traffic traffic) {
        StringBuilder device = new StringBuilder("net_pcap0");
        files.forEach(file -> device.append(",rx_pcap=").append(file));
        return new Source(
                List.of(device.append(",infinite_rx=1").toString()),
                powerOfTwoAbove(traffic.packets() + files.size() * QUEUES),
                Math.max(LEAST_SESSIONS, powerOfTwoAbove(2 * traffic.flows())),
                files.size());
    }

    /** A {@link Generator} that listens at a socket; packets go through memory that both sides share. */
    static Source generator(Path socket, int sessions) {
        return new Source(List.of(memory(socket)), GENERATOR_BUFFERS, sessions, 1);
    }

    /** A {@link Generator} of so many flows, each with a session. */
    static Source generatorOf(Path socket, int flows) {
        return generator(socket, Math.max(LEAST_SESSIONS, powerOfTwoAbove(flows + flows / 2)));
    }

    /** This one, and a {@link Generator} behind a second port. */
    Source with(Path socket) {
        return new Source(
                List.of(devices.getFirst(), memory(socket)), powerOfTwoAbove(buffers + GENERATOR_BUFFERS), sessions, 1);
    }

    private static String memory(Path socket) {
        return "net_memif0,role=client,socket=%s,socket-abstract=no,rsize=%d,mac=%s"
                .formatted(socket, RING_BITS, Stations.text(Stations.DIRECTOR));
    }

    private static int powerOfTwoAbove(int number) {
        return Integer.highestOneBit(number) * 2 - 1;
    }

    boolean hugePages() {
        return HugePages.suffice(buffers, sessions);
    }

    /** The only worker has the second CPU; several share all of them with the rest of the director. */
    private List<String> cores() {
        if (workers == 1) {
            return List.of("-l", "0,1");
        }
        StringBuilder cores = new StringBuilder("--lcores=0@0");
        for (int worker = 0; worker < workers; worker++) {
            cores.append(",%d@%d".formatted(worker + 1, worker));
        }
        return List.of(cores.toString());
    }

    List<String> ealArguments() {
        List<String> arguments = new ArrayList<>(cores());
        arguments.add("--no-pci");
        if (!hugePages()) {
            arguments.add("--no-huge");
        }
        devices.forEach(device -> arguments.add("--vdev=" + device));
        return arguments;
    }
}
