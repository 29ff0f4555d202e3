package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;
import io.twoarm.director.port.BondStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several Ethernet devices as one, by DPDK's {@code net_bonding} ({@code rte_eth_bond.h}). The bonding configures, starts
 * and stops its members itself.
 *
 * <p>In mode 4 the driver sends and receives LACP's frames (IEEE 802.1AX) within its bursts: both must be called at
 * least every 100 ms, also without packets.
 */
public final class Bond {
    /** Mode of LACP. */
    public static final int LACP = 4;
    /** The driver's name. */
    static final String DRIVER = "net_bonding";

    private static final List<String> POLICIES = List.of("layer2", "layer23", "layer34");
    /** Flows over all members: addresses and ports choose. */
    private static final byte LAYER_34 = 2;

    /** How often links are looked at, for members that do not tell. */
    private static final int MONITOR_MILLIS = 10;
    /** The driver's own; its library has no function for other delays. */
    private static final int NO_DELAY = 0;

    /** {@code struct rte_eth_bond_8023ad_slave_info}: 0 selection u32 | 4 state of the port u8 | keys and the partner's. */
    private static final int MEMBER_INFO_BYTES = 64;

    private static final int ACTOR_STATE_OFFSET = 4;
    /** Collecting and distributing (IEEE 802.1AX, 6.4.2.3). */
    private static final int CARRIES = 0x30;

    private static final int MAC_BYTES = 8;

    /**
     * What a bonding shall be.
     *
     * @param number of the driver's device, {@code net_bonding0} and so on
     * @param name in {@code dpvs.conf}
     * @param mode 0 or 4
     * @param numaNode of its members
     * @param dedicatedQueues whether LACP shall have queues of its own where the members can
     * @param members the devices; the first gives its Ethernet address
     * @param memberNames theirs in {@code dpvs.conf}
     */
    public record Wanted(
            int number,
            String name,
            int mode,
            int numaNode,
            boolean dedicatedQueues,
            List<EthernetDevice> members,
            List<String> memberNames) {
        public Wanted {
            members = List.copyOf(members);
            memberNames = List.copyOf(memberNames);
        }
    }

    private final Dpdk dpdk;
    private final Wanted wanted;
    private final EthernetDevice device;
    private final boolean ownQueues;
    private final NativeFunction policyGet;
    private final NativeFunction activeGet;
    private final NativeFunction memberInfo;

    private Bond(Eal eal, Wanted wanted) throws DpdkException {
        dpdk = eal.dpdk();
        this.wanted = wanted;
        int port = create();
        for (EthernetDevice member : wanted.members()) {
            call("rte_eth_bond_slave_add", "taking in " + member.name(), port, member.port());
        }
        call(
                "rte_eth_bond_primary_set",
                "making the first member primary",
                port,
                wanted.members().getFirst().port());
        setAddress(port);
        monitorLinks(port);
        ownQueues = wanted.mode() == LACP && tuneLacp(port);
        policyGet = dpdk.function("rte_eth_bond_xmit_policy_get");
        activeGet = dpdk.function("rte_eth_bond_active_slaves_get");
        memberInfo = dpdk.function("rte_eth_bond_8023ad_slave_info");
        device = new EthernetDevice(new EthernetCalls(dpdk), port, wanted.members());
    }

    /**
     * Loads the driver's library, once for all.
     *
     * @throws DpdkException when it is missing
     */
    public static void load(Eal eal) throws DpdkException {
        eal.dpdk().load("net_bond", "librte-net-bond23");
    }

    /**
     * Makes a bonding of devices that are not set up.
     *
     * @throws DpdkException when a device cannot be its member
     */
    public static Bond create(Eal eal, Wanted wanted) throws DpdkException {
        return new Bond(eal, wanted);
    }

    /** All of them as one. */
    public EthernetDevice device() {
        return device;
    }

    /** To be called when the device has been started: neighbour discovery needs multicast. */
    public void started() throws DpdkException {
        if (speaksLacp()) {
            device.receiveEveryGroup();
        }
    }

    /** Whether it agrees with the switch by LACP. */
    boolean speaksLacp() {
        return wanted.mode() == LACP;
    }

    /** Whether LACP has hardware queues of its own. */
    public boolean hasDedicatedQueues() {
        return ownQueues;
    }

    private int create() throws DpdkException {
        NativeFunction create = dpdk.function("rte_eth_bond_create");
        try (Arena arena = Arena.ofConfined()) {
            int port = (int) create.call(
                    arena.allocateFrom(DRIVER + wanted.number()).address(), wanted.mode(), wanted.numaNode() & 0xff);
            check("creating it", port);
            return port;
        }
    }

    /** The primary's address, given, so that it stays when that member goes. */
    private void setAddress(int port) throws DpdkException {
        NativeFunction set = dpdk.function("rte_eth_bond_mac_address_set");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(MAC_BYTES, Long.BYTES);
            address.set(
                    ValueLayout.JAVA_LONG,
                    0,
                    Long.reverseBytes(wanted.members().getFirst().macAddress() << 16));
            check("setting its Ethernet address", (int) set.call(port, address.address()));
        }
    }

    private void monitorLinks(int port) throws DpdkException {
        check("looking at links every " + MONITOR_MILLIS + " ms", (int)
                dpdk.function("rte_eth_bond_link_monitoring_set").call(port, MONITOR_MILLIS));
    }

    /** @return whether LACP has queues of its own, which needs flow rules of the members */
    private boolean tuneLacp(int port) throws DpdkException {
        NativeFunction policy = dpdk.function("rte_eth_bond_xmit_policy_set");
        NativeFunction queues = dpdk.function("rte_eth_bond_8023ad_dedicated_queues_enable");
        check("choosing members by addresses and ports", (int) policy.call(port, LAYER_34));
        return wanted.dedicatedQueues() && (int) queues.call(port) == 0;
    }

    private void call(String function, String what, int bond, int member) throws DpdkException {
        check(what, (int) dpdk.function(function).call(bond, member));
    }

    private void check(String what, int result) throws DpdkException {
        if (result < 0) {
            throw new DpdkException(
                    "bonding " + wanted.name() + ": " + what + " failed"
                            + (result == -1 ? "" : ": " + dpdk.errorText(-result)),
                    List.of(),
                    "see DPDK's lines in the log; members must be devices of the same kind and speed on one NUMA node");
        }
    }

    /** What it is and which members take frames. For a control thread. */
    public BondStatus status() {
        Set<Integer> active = active();
        List<EthernetDevice> members = wanted.members();
        return new BondStatus(
                wanted.mode(),
                POLICIES.get(policy()),
                MONITOR_MILLIS,
                NO_DELAY,
                NO_DELAY,
                IntStream.range(0, members.size())
                        .mapToObj(i -> new BondStatus.Member(
                                wanted.memberNames().get(i),
                                members.get(i).macAddress(),
                                active.contains(members.get(i).port()),
                                i == 0))
                        .toList());
    }

    private int policy() {
        return Math.max(0, (int) policyGet.call(device.port()));
    }

    /** Whether LACP lets a member take and send frames. */
    private boolean hasAgreed(int member, Arena arena) {
        MemorySegment info = arena.allocate(MEMBER_INFO_BYTES, Long.BYTES);
        int known = (int) memberInfo.call(device.port(), member, info.address());
        return known == 0 && (info.get(ValueLayout.JAVA_BYTE, ACTOR_STATE_OFFSET) & CARRIES) == CARRIES;
    }

    private Set<Integer> active() {
        int most = dpdk.layout().maxPorts();
        Set<Integer> found = new HashSet<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ports = arena.allocate(ValueLayout.JAVA_SHORT, most);
            int count = (int) activeGet.call(device.port(), ports.address(), most);
            for (int i = 0; i < count; i++) {
                int member = ports.getAtIndex(ValueLayout.JAVA_SHORT, i) & 0xffff;
                if (!speaksLacp() || hasAgreed(member, arena)) {
                    found.add(member);
                }
            }
            return found;
        }
    }
}
