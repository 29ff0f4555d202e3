package io.twoarm.director.dpdk;

import io.twoarm.director.linux.KernelInterface;
import io.twoarm.director.linux.NativeFunction;
import io.twoarm.director.linux.OpenSockets;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.port.DeviceCounters;
import io.twoarm.director.port.LinkState;
import io.twoarm.director.port.PortSwitch;
import io.twoarm.director.share.WorkerShare;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The control side of one Ethernet device of DPDK. Order of use: {@link #setUp},
 * {@link #start}, {@link #burstFunctions}, {@link #stop}, {@link #close}.
 */
public final class EthernetDevice {
    private static final int NAME_BYTES = 64;
    private static final int LINK_BYTES = 8;
    private static final int ENOTSUP = 95;
    private static final int ANY_SOCKET = -1;
    private static final String RING_DRIVER = "net_af_packet";
    private static final String EXPRESS_DRIVER = "net_af_xdp";
    private static final int ETHERNET_AND_CHECK = 14 + 4;
    /** {@code struct rte_eth_rss_reta_entry64}: 0 which of the entries are set u64, 8 64 queue numbers u16. */
    private static final int REDIRECTION_BYTES = 136;

    private static final int REDIRECTION_GROUP = 64;
    private static final Pattern PCI_ADDRESS = Pattern.compile("[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    /** Virtual drivers that make no system call when a burst is received or sent. */
    private static final Set<String> MEMORY_ONLY_DRIVERS = Set.of("net_null", "net_ring");

    private final EthernetCalls calls;
    private final int port;
    private final String name;
    private final String driver;
    private final int interfaceIndex;
    private final int longestFrame;
    private final DeviceQueues queues;
    private final List<EthernetDevice> members;
    /** Receive queues that the device spreads flows over. */
    private int spreadOver = 1;
    /** By receive queue; empty where the driver opens none for each. */
    private final Map<Integer, Integer> receiveSockets = new HashMap<>();

    private EthernetDevice(EthernetCalls calls, int port) {
        this(calls, port, List.of());
    }

    /** @param members of a bonding, else none */
    EthernetDevice(EthernetCalls calls, int port, List<EthernetDevice> members) {
        this.members = List.copyOf(members);
        this.calls = calls;
        this.port = port;
        DpdkLayout.EthDevInfo layout = calls.dpdk.layout().ethDevInfo();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(NAME_BYTES);
            require("rte_eth_dev_get_name_by_port", (int) calls.getName.call(port, text.address()));
            name = text.getString(0);
            MemorySegment info = arena.allocate(layout.size(), Long.BYTES);
            require("rte_eth_dev_info_get", (int) calls.getInfo.call(port, info.address()));
            driver = Dpdk.text(info.get(ValueLayout.JAVA_LONG, layout.driverName()));
            interfaceIndex = info.get(ValueLayout.JAVA_INT, layout.ifIndex());
            longestFrame = info.get(ValueLayout.JAVA_INT, layout.maxRxPacketLength());
            queues = DeviceQueues.of(info, layout);
        }
    }

    /** All devices that EAL found, in the order of their port numbers. */
    public static List<EthernetDevice> all(Eal eal) {
        EthernetCalls calls = new EthernetCalls(eal.dpdk());
        List<EthernetDevice> devices = new ArrayList<>();
        for (int port = 0; port < eal.dpdk().layout().maxPorts(); port++) {
            if ((int) calls.isValidPort.call(port) != 0) {
                devices.add(new EthernetDevice(calls, port));
            }
        }
        return devices;
    }

    /** DPDK's port number. */
    public int port() {
        return port;
    }

    /** DPDK's name: that of {@code --vdev}, or a PCI address. */
    public String name() {
        return name;
    }

    public String driver() {
        return driver;
    }

    /** What it can do with several queues. */
    public DeviceQueues queues() {
        return queues;
    }

    /** The devices that frames come from and go to: itself, or the members of a bonding. */
    public List<EthernetDevice> parts() {
        return members.isEmpty() ? List.of(this) : members;
    }

    /** Index of the kernel interface that the driver uses; 0 when there is none. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /**
     * Configures the device and its queues.
     *
     * @param mtu largest IP packet in bytes
     * @param receiveDescriptors wish; adjusted to what the device allows
     * @param transmitDescriptors likewise
     */
    public void setUp(MbufPool pool, int mtu, int receiveDescriptors, int transmitDescriptors) throws DpdkException {
        setUp(pool, mtu, receiveDescriptors, transmitDescriptors, 1, 1);
    }

    /**
     * Configures the device with several queues. Where it can, it spreads flows over its receive queues as {@link
     * WorkerShare#of} does over as many workers.
     *
     * @param receiveQueues at most {@link DeviceQueues#receive()}
     * @param transmitQueues at most {@link DeviceQueues#transmit()}
     */
    public void setUp(
            MbufPool pool,
            int mtu,
            int receiveDescriptors,
            int transmitDescriptors,
            int receiveQueues,
            int transmitQueues)
            throws DpdkException {
        DpdkLayout.EthConf layout = calls.dpdk.layout().ethConf();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment conf = arena.allocate(layout.size(), Long.BYTES);
            int admitted = admittedMtu(mtu);
            conf.set(ValueLayout.JAVA_INT, layout.rxMtu(), admitted);
            spreadOver = receiveQueues > 1 && queues.spreads() ? receiveQueues : 1;
            if (spreadOver > 1) {
                queues.spreadBy(conf, layout, arena);
            }
            int configured = (int) calls.configure.call(port, receiveQueues, transmitQueues, conf.address());
            check("configuring with MTU " + mtu, configured, "lower mtu of this device in dpvs.conf");
            MemorySegment descriptors = arena.allocate(ValueLayout.JAVA_SHORT, 2);
            descriptors.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) receiveDescriptors);
            descriptors.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) transmitDescriptors);
            int adjusted = (int)
                    calls.adjustDescriptors.call(port, descriptors.address(), descriptors.address() + Short.BYTES);
            check("choosing queue lengths", adjusted, "change descriptor_number of this device in dpvs.conf");
            for (int queue = 0; queue < receiveQueues; queue++) {
                Set<Integer> others = expressSockets();
                int received = (int) calls.setUpReceiveQueue.call(
                        port,
                        queue,
                        descriptors.getAtIndex(ValueLayout.JAVA_SHORT, 0) & 0xffff,
                        ANY_SOCKET,
                        0L,
                        pool.address());
                check(
                        "setting up receive queue " + queue,
                        received,
                        "raise pktpool_size or lower descriptor_number in dpvs.conf");
                Set<Integer> opened = expressSockets();
                opened.removeAll(others);
                if (opened.size() == 1) {
                    receiveSockets.put(queue, opened.iterator().next());
                }
            }
            for (int queue = 0; queue < transmitQueues; queue++) {
                int transmitted = (int) calls.setUpTransmitQueue.call(
                        port, queue, descriptors.getAtIndex(ValueLayout.JAVA_SHORT, 1) & 0xffff, ANY_SOCKET, 0L);
                check("setting up transmit queue " + queue, transmitted, "lower descriptor_number in dpvs.conf");
            }
            setMtu(mtu, admitted);
        }
    }

    /** The {@code AF_XDP} sockets of this process, where the driver opens such. */
    private Set<Integer> expressSockets() {
        return driver.equals(EXPRESS_DRIVER) ? OpenSockets.expressDataPath() : new HashSet<>();
    }

    /** The {@code AF_XDP} socket of a receive queue that is set up, where the driver has one. */
    public Optional<Integer> receiveSocket(int queue) {
        return Optional.ofNullable(receiveSockets.get(queue));
    }

    /** Whether frames come and go by a packet socket of the kernel. */
    public boolean isPacketSocket() {
        return driver.equals(RING_DRIVER);
    }

    /**
     * What DPDK lets be configured. Its net_af_packet of 22.11 says that it takes frames of 1518 bytes, and takes as large ones
     * as its rings have frames for.
     */
    private int admittedMtu(int mtu) {
        return isPacketSocket() ? Math.min(mtu, longestFrame - ETHERNET_AND_CHECK) : mtu;
    }

    private void setMtu(int mtu, int admitted) throws DpdkException {
        if (admitted < mtu) {
            requireOfInterface(mtu);
            return;
        }
        // A bonding gives its members the MTU when it configures them, at its start; before, they refuse one.
        int mtuSet = members.isEmpty() ? (int) calls.setMtu.call(port, mtu) : -ENOTSUP;
        if (mtuSet != -ENOTSUP) {
            check("setting MTU " + mtu, mtuSet, "set mtu of this device in dpvs.conf to what its interface allows");
        }
    }

    /** Where DPDK does not set the MTU of the kernel's interface, it must be large enough already. */
    private void requireOfInterface(int mtu) throws DpdkException {
        KernelInterface kernel = KernelInterface.at(interfaceIndex);
        if (kernel.mtu() < mtu) {
            throw new DpdkException(
                    "port " + name + ": its interface has MTU " + kernel.mtu() + ", dpvs.conf says " + mtu,
                    List.of(),
                    "ip link set dev " + kernel.name() + " mtu " + mtu + ", or lower mtu of this device in dpvs.conf");
        }
    }

    /**
     * Starts the device; packets arrive from now on.
     *
     * @param promiscuous whether to receive frames for other Ethernet addresses too
     * @param allMulticast whether to receive all multicast frames
     */
    public void start(boolean promiscuous, boolean allMulticast) throws DpdkException {
        int started = (int) calls.start.call(port);
        check("starting", started, "see DPDK's lines in the log");
        if (spreadOver > 1) {
            redirect();
        }
        if (promiscuous) {
            allowUnsupported("promiscuous mode", calls.enablePromiscuous);
        }
        if (allMulticast) {
            allowUnsupported("reception of all multicast", calls.enableAllMulticast);
        }
    }

    /**
     * Has the started device take every multicast group; where it cannot, every frame. A bonding in mode 4 drops what was not
     * asked for, and members of many drivers have no switch for groups alone.
     */
    void receiveEveryGroup() throws DpdkException {
        if ((int) calls.enableAllMulticast.call(port) < 0) {
            allowUnsupported("promiscuous mode", calls.enablePromiscuous);
        }
    }

    /** Leads hashes to queues as {@link WorkerShare} leads them to workers. */
    private void redirect() throws DpdkException {
        try (Arena arena = Arena.ofConfined()) {
            int groups = (queues.redirection() + REDIRECTION_GROUP - 1) / REDIRECTION_GROUP;
            MemorySegment table = arena.allocate((long) groups * REDIRECTION_BYTES, Long.BYTES);
            WorkerShare share = new WorkerShare(0, spreadOver);
            for (int i = 0; i < queues.redirection(); i++) {
                long group = (long) (i / REDIRECTION_GROUP) * REDIRECTION_BYTES;
                long entry = group + Long.BYTES + 2L * (i % REDIRECTION_GROUP);
                table.set(
                        ValueLayout.JAVA_LONG,
                        group,
                        table.get(ValueLayout.JAVA_LONG, group) | 1L << i % REDIRECTION_GROUP);
                table.set(ValueLayout.JAVA_SHORT, entry, (short) share.of(i));
            }
            int updated = (int) calls.updateRedirection.call(port, table.address(), queues.redirection());
            if (updated != -ENOTSUP) {
                check("spreading flows over " + spreadOver + " queues", updated, "use fewer workers");
            }
        }
    }

    private void allowUnsupported(String what, NativeFunction call) throws DpdkException {
        int result = (int) call.call(port);
        if (result != -ENOTSUP) {
            check("switching on " + what, result, "take it out of this device's block in dpvs.conf");
        }
    }

    /** The fast path of the started device. */
    public BurstFunctions burstFunctions() {
        return burstFunctions(0, 0);
    }

    /**
     * The fast path of the started device through queues that are set up.
     *
     * @param receiveQueue its number
     * @param transmitQueue its number
     */
    public BurstFunctions burstFunctions(int receiveQueue, int transmitQueue) {
        DpdkLayout.FastPathOps layout = calls.dpdk.layout().fastPathOps();
        long ops = calls.dpdk.symbol("rte_eth_fp_ops").address() + (long) layout.size() * port;
        boolean memoryOnly = MEMORY_ONLY_DRIVERS.contains(driver)
                || PCI_ADDRESS.matcher(name).matches();
        return new BurstFunctions(
                Mem.getLong(ops + layout.rxBurst()),
                Mem.getLong(Mem.getLong(ops + layout.rxQueues()) + 8L * receiveQueue),
                Mem.getLong(ops + layout.txBurst()),
                Mem.getLong(Mem.getLong(ops + layout.txQueues()) + 8L * transmitQueue),
                memoryOnly);
    }

    /**
     * Switches something while packets flow. For a control thread.
     *
     * @throws DpdkException when the driver cannot
     */
    public void set(PortSwitch what, boolean on) throws DpdkException {
        NativeFunction call = switch (what) {
            case PROMISC -> on ? calls.enablePromiscuous : calls.disablePromiscuous;
            case ALLMULTICAST -> on ? calls.enableAllMulticast : calls.disableAllMulticast;
            case LINK -> on ? calls.setLinkUp : calls.setLinkDown;
        };
        int result = (int) call.call(port);
        String name = what.name().toLowerCase(Locale.ROOT);
        check("switching " + name + (on ? " on" : " off"), result, "this driver has no such switch");
    }

    /** What is switched on, but for the link, which {@link #link()} tells. For a control thread. */
    public Set<PortSwitch> switchedOn() {
        Set<PortSwitch> found = EnumSet.noneOf(PortSwitch.class);
        if ((int) calls.isPromiscuous.call(port) == 1) {
            found.add(PortSwitch.PROMISC);
        }
        if ((int) calls.isAllMulticast.call(port) == 1) {
            found.add(PortSwitch.ALLMULTICAST);
        }
        return found;
    }

    public void stop() {
        control("rte_eth_dev_stop", calls.stop);
    }

    /** Releases the device and what it has attached to its interface. */
    public void close() {
        control("rte_eth_dev_close", calls.close);
    }

    private void control(String function, NativeFunction call) {
        require(function, (int) call.call(port));
    }

    /** The device's Ethernet address in the low 48 bits, first byte highest. */
    public long macAddress() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Long.BYTES, Long.BYTES);
            require("rte_eth_macaddr_get", (int) calls.getMacAddress.call(port, bytes.address()));
            return Long.reverseBytes(bytes.get(ValueLayout.JAVA_LONG, 0)) >>> 16;
        }
    }

    /** {@code struct rte_eth_link}: 0 speed in Mbit/s u32 | 4 flags: bit 0 duplex, bit 1 autoneg, bit 2 up. */
    public LinkState link() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment link = arena.allocate(LINK_BYTES, Long.BYTES);
            require("rte_eth_link_get_nowait", (int) calls.getLink.call(port, link.address()));
            int flags = link.get(ValueLayout.JAVA_INT, 4);
            return new LinkState((flags & 4) != 0, link.get(ValueLayout.JAVA_INT, 0), (flags & 1) != 0);
        }
    }

    /** What the driver has counted since start. For a control thread. */
    public DeviceCounters counters() {
        DpdkLayout.EthStats layout = calls.dpdk.layout().ethStats();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stats = arena.allocate(layout.size(), Long.BYTES);
            require("rte_eth_stats_get", (int) calls.getStats.call(port, stats.address()));
            return new DeviceCounters(
                    stats.get(ValueLayout.JAVA_LONG, layout.receivedPackets()),
                    stats.get(ValueLayout.JAVA_LONG, layout.receivedBytes()),
                    stats.get(ValueLayout.JAVA_LONG, layout.sentPackets()),
                    stats.get(ValueLayout.JAVA_LONG, layout.sentBytes()),
                    stats.get(ValueLayout.JAVA_LONG, layout.missed()),
                    stats.get(ValueLayout.JAVA_LONG, layout.receiveErrors()),
                    stats.get(ValueLayout.JAVA_LONG, layout.noBuffer()),
                    stats.get(ValueLayout.JAVA_LONG, layout.sendErrors()));
        }
    }

    private void check(String what, int result, String fix) throws DpdkException {
        if (result < 0) {
            throw new DpdkException(
                    "port " + name + " (" + driver + "): " + what + " failed: " + calls.dpdk.errorText(-result),
                    List.of(),
                    fix);
        }
    }

    private void require(String function, int result) {
        if (result < 0) {
            throw new IllegalStateException(function + " of port " + port + ": " + calls.dpdk.errorText(-result));
        }
    }
}
