package io.twoarm.director.dpdk;

import io.twoarm.director.port.BondStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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
    private final MethodHandle policyGet;
    private final MethodHandle activeGet;
    private final MethodHandle memberInfo;

    private Bond(Eal eal, Wanted wanted) throws DpdkException {
        dpdk = eal.dpdk();
        this.wanted = wanted;
        short port = create();
        for (EthernetDevice member : wanted.members()) {
            call("rte_eth_bond_slave_add", "taking in " + member.name(), port, (short) member.port());
        }
        call("rte_eth_bond_primary_set", "making the first member primary", port, (short)
                wanted.members().getFirst().port());
        setAddress(port);
        monitorLinks(port);
        ownQueues = wanted.mode() == LACP && tuneLacp(port);
        policyGet = dpdk.handle("rte_eth_bond_xmit_policy_get", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT));
        activeGet = dpdk.handle(
                "rte_eth_bond_active_slaves_get", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.LONG, Dpdk.SHORT));
        memberInfo = dpdk.handle(
                "rte_eth_bond_8023ad_slave_info", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.SHORT, Dpdk.LONG));
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

    private short create() throws DpdkException {
        MethodHandle create = dpdk.handle(
                "rte_eth_bond_create",
                FunctionDescriptor.of(Dpdk.INT, Dpdk.LONG, ValueLayout.JAVA_BYTE, ValueLayout.JAVA_BYTE));
        try (Arena arena = Arena.ofConfined()) {
            int port = (int) create.invokeExact(
                    arena.allocateFrom(DRIVER + wanted.number()).address(), (byte) wanted.mode(), (byte)
                            wanted.numaNode());
            check("creating it", port);
            return (short) port;
        } catch (DpdkException e) {
            throw e;
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
    }

    /** The primary's address, given, so that it stays when that member goes. */
    private void setAddress(short port) throws DpdkException {
        MethodHandle set =
                dpdk.handle("rte_eth_bond_mac_address_set", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.LONG));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(MAC_BYTES, Long.BYTES);
            address.set(
                    ValueLayout.JAVA_LONG,
                    0,
                    Long.reverseBytes(wanted.members().getFirst().macAddress() << 16));
            check("setting its Ethernet address", (int) set.invokeExact(port, address.address()));
        } catch (DpdkException e) {
            throw e;
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
    }

    private void monitorLinks(short port) throws DpdkException {
        try {
            check("looking at links every " + MONITOR_MILLIS + " ms", (int) dpdk.handle(
                            "rte_eth_bond_link_monitoring_set", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.INT))
                    .invokeExact(port, MONITOR_MILLIS));
        } catch (DpdkException e) {
            throw e;
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
    }

    /** @return whether LACP has queues of its own, which needs flow rules of the members */
    private boolean tuneLacp(short port) throws DpdkException {
        MethodHandle policy = dpdk.handle(
                "rte_eth_bond_xmit_policy_set", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, ValueLayout.JAVA_BYTE));
        MethodHandle queues =
                dpdk.handle("rte_eth_bond_8023ad_dedicated_queues_enable", FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT));
        try {
            check("choosing members by addresses and ports", (int) policy.invokeExact(port, LAYER_34));
            return wanted.dedicatedQueues() && (int) queues.invokeExact(port) == 0;
        } catch (DpdkException e) {
            throw e;
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
    }

    private void call(String function, String what, short bond, short member) throws DpdkException {
        try {
            check(what, (int) dpdk.handle(function, FunctionDescriptor.of(Dpdk.INT, Dpdk.SHORT, Dpdk.SHORT))
                    .invokeExact(bond, member));
        } catch (DpdkException e) {
            throw e;
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
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
        try {
            return Math.max(0, (int) policyGet.invokeExact((short) device.port()));
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
    }

    /** Whether LACP lets a member take and send frames. */
    private boolean hasAgreed(short member, Arena arena) throws Throwable {
        MemorySegment info = arena.allocate(MEMBER_INFO_BYTES, Long.BYTES);
        int known = (int) memberInfo.invokeExact((short) device.port(), member, info.address());
        return known == 0 && (info.get(ValueLayout.JAVA_BYTE, ACTOR_STATE_OFFSET) & CARRIES) == CARRIES;
    }

    private Set<Integer> active() {
        int most = dpdk.layout().maxPorts();
        Set<Integer> found = new HashSet<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ports = arena.allocate(ValueLayout.JAVA_SHORT, most);
            int count = (int) activeGet.invokeExact((short) device.port(), ports.address(), (short) most);
            for (int i = 0; i < count; i++) {
                short member = ports.getAtIndex(ValueLayout.JAVA_SHORT, i);
                if (!speaksLacp() || hasAgreed(member, arena)) {
                    found.add(member & 0xffff);
                }
            }
            return found;
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
    }
}
