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
 */
record Source(List<String> devices, int buffers, int sessions) {
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
                Math.max(LEAST_SESSIONS, powerOfTwoAbove(2 * traffic.flows())));
    }

    /** A {@link Generator} that listens at a socket; packets go through memory that both sides share. */
    static Source generator(Path socket, int sessions) {
        return new Source(List.of(memory(socket)), GENERATOR_BUFFERS, sessions);
    }

    /** A {@link Generator} of so many flows, each with a session. */
    static Source generatorOf(Path socket, int flows) {
        return generator(socket, Math.max(LEAST_SESSIONS, powerOfTwoAbove(flows + flows / 2)));
    }

    /** This one, and a {@link Generator} behind a second port. */
    Source with(Path socket) {
        return new Source(
                List.of(devices.getFirst(), memory(socket)), powerOfTwoAbove(buffers + GENERATOR_BUFFERS), sessions);
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

    List<String> ealArguments() {
        List<String> arguments = new ArrayList<>(List.of("-l", "0,1", "--no-pci"));
        if (!hugePages()) {
            arguments.add("--no-huge");
        }
        devices.forEach(device -> arguments.add("--vdev=" + device));
        return arguments;
    }
}
