package io.twoarm.artifact;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments for DPDK's environment (EAL).
 *
 * @param arguments in order, none with a blank
 * @param notes what they are for, one line each
 */
record EalCommandLine(List<String> arguments, List<String> notes) {

    /** Frames of a net_af_packet ring, each way. */
    private static final int RING_FRAMES = 512;

    private static final int ORDINARY_FRAME = 2048;

    /** What the kernel writes before a packet in a frame of a ring: 66 bytes of its own, and the Ethernet header. */
    private static final int BEFORE_PACKET = 80;

    /** MbufPool of the director has room for what is rounded up to it. */
    private static final int FRAME_UNIT = 256;

    private static final int PAGE = 4096;

    static EalCommandLine of(DirectorPlan plan) {
        List<String> arguments = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        DataplaneSettings settings = plan.director().dataplane();
        boolean nics = plan.hasHardware();
        addCores(settings, nics, arguments, notes);
        addMemory(settings, arguments, notes);
        addPorts(plan, settings, nics, arguments, notes);
        return new EalCommandLine(List.copyOf(arguments), List.copyOf(notes));
    }

    private static void addCores(DataplaneSettings settings, boolean nics, List<String> arguments, List<String> notes) {
        if (nics) {
            arguments.add("-l");
            arguments.add("0-" + settings.workers());
            notes.add("-l: core 0 controls, each core from 1 on is a worker's, as in worker_defs of dpvs.conf");
        } else {
            notes.add("no -l: the workers share the machine's cores with everything else, on any machine");
        }
    }

    private static void addMemory(DataplaneSettings settings, List<String> arguments, List<String> notes) {
        if (settings.hugepages()) {
            arguments.add("--in-memory");
            notes.add("--in-memory: hugepages without files, so that nothing is left behind");
        } else {
            arguments.add("--no-huge");
            arguments.add("--no-shconf");
            notes.add("--no-huge --no-shconf: ordinary memory, no files");
        }
        arguments.add("-m");
        arguments.add(String.valueOf(settings.memoryMegabytes()));
        notes.add("-m: memory in MiB");
    }

    private static void addPorts(
            DirectorPlan plan, DataplaneSettings settings, boolean nics, List<String> arguments, List<String> notes) {
        arguments.add("--file-prefix=twoarm");
        notes.add("--file-prefix: a name of its own among DPDK programs on this host");
        if (!nics) {
            arguments.add("--no-pci");
            notes.add("--no-pci: leaves all NICs alone");
        }
        notes.add("the ports follow in the order of the devices in dpvs.conf");
        int virtual = 0;
        for (DpvsPorts.Nic nic : plan.nics()) {
            switch (nic.attachment()) {
                case Attachment.Pci(String address) -> {
                    arguments.add("-a");
                    arguments.add(address);
                }
                case Attachment.AfPacket(String name) -> {
                    arguments.add("--vdev=net_af_packet" + virtual++ + ",iface=" + name + ",qpairs="
                            + settings.workers() + "," + ring(plan, nic.port()));
                }
                case Attachment.Bond _, Attachment.Kernel(), Attachment.Vlan _ ->
                    throw new IllegalStateException(nic + " is no NIC");
            }
        }
    }

    /**
     * Frames and blocks of a net_af_packet ring, as large as the wire's packets need. DPDK takes it that no block has a gap
     * behind its last frame, and the kernel wants whole pages. qdisc_bypass=0 lets tcpdump on the interface see what is sent,
     * too.
     */
    private static String ring(DirectorPlan plan, Port port) {
        int mtu = plan.topology().segmentOf(port).map(Segment::mtu).orElse(Segment.ETHERNET_MTU);
        int frame = Math.max(ORDINARY_FRAME, roundedUp(mtu + BEFORE_PACKET, FRAME_UNIT));
        int block = frame / greatestCommonDivisor(frame, PAGE) * PAGE;
        return "qdisc_bypass=0,blocksz=" + block + ",framesz=" + frame + ",framecnt=" + RING_FRAMES;
    }

    private static int greatestCommonDivisor(int one, int other) {
        return BigInteger.valueOf(one).gcd(BigInteger.valueOf(other)).intValueExact();
    }

    private static int roundedUp(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }
}
