package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.Setting.Support.WITHOUT_EFFECT;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwo;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwoMinusOne;
import static io.twoarm.config.dpvs.ValueKind.flag;
import static io.twoarm.config.dpvs.ValueKind.joined;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.onOff;
import static io.twoarm.config.dpvs.ValueKind.oneOf;
import static io.twoarm.config.dpvs.ValueKind.text;

import java.util.List;
import java.util.Optional;

/** Keywords of netif_defs: buffers, ports, bondings and VLANs. */
public final class NetifKeywords {
    public static final Setting<Integer> PKTPOOL_SIZE = new Setting<>(
            "netif_defs/pktpool_size",
            downToPowerOfTwoMinusOne(1023, 134217727, "buffers"),
            Optional.of(65535),
            true,
            HONOURED,
            "Packet buffers for each NUMA node, about 2.3 KiB each.");
    public static final Setting<Integer> PKTPOOL_CACHE = new Setting<>(
            "netif_defs/pktpool_cache",
            downToPowerOfTwo(32, 8192, "buffers"),
            Optional.of(256),
            true,
            HONOURED,
            "Packet buffers that each worker keeps for itself.");
    public static final Setting<String> FDIR_MODE = new Setting<>(
            "netif_defs/fdir_mode",
            oneOf("perfect", "signature"),
            Optional.of("perfect"),
            true,
            WITHOUT_EFFECT,
            "Kind of flow rules on ixgbe NICs.");
    public static final Setting<Integer> RX_QUEUE_NUMBER = new Setting<>(
            "netif_defs/device/rx/queue_number",
            number(0, 16, "queues"),
            Optional.empty(),
            true,
            HONOURED,
            "Receive queues; what the workers list decides, so this should say the same.");
    public static final Setting<Integer> RX_DESCRIPTOR_NUMBER = new Setting<>(
            "netif_defs/device/rx/descriptor_number",
            downToPowerOfTwo(16, 8192, "descriptors"),
            Optional.of(256),
            true,
            HONOURED,
            "Slots in each receive queue.");
    public static final Setting<List<String>> RSS = new Setting<>(
            "netif_defs/device/rx/rss",
            joined("all", "ip", "tcp", "udp", "sctp", "ether", "port", "tunnel"),
            Optional.of(List.of("tcp")),
            true,
            WITHOUT_EFFECT,
            "Headers that choose the receive queue.");
    public static final Setting<Integer> TX_QUEUE_NUMBER = new Setting<>(
            "netif_defs/device/tx/queue_number",
            number(0, 16, "queues"),
            Optional.empty(),
            true,
            HONOURED,
            "Transmit queues; what the workers list decides, so this should say the same.");
    public static final Setting<Integer> TX_DESCRIPTOR_NUMBER = new Setting<>(
            "netif_defs/device/tx/descriptor_number",
            downToPowerOfTwo(16, 8192, "descriptors"),
            Optional.of(512),
            true,
            HONOURED,
            "Slots in each transmit queue.");
    public static final Setting<Boolean> MBUF_FAST_FREE = new Setting<>(
            "netif_defs/device/tx/mbuf_fast_free",
            onOff(),
            Optional.of(true),
            true,
            WITHOUT_EFFECT,
            "Faster freeing of sent buffers; off when the ports are on different NUMA nodes.");
    public static final Setting<Integer> MTU = new Setting<>(
            "netif_defs/device/mtu",
            number(1, 9000, "bytes"),
            Optional.of(1500),
            true,
            HONOURED,
            "Largest IP packet on the wire.");
    public static final Setting<Boolean> PROMISC_MODE = new Setting<>(
            "netif_defs/device/promisc_mode",
            flag(),
            Optional.of(false),
            true,
            HONOURED,
            "Accepts frames for every Ethernet address.");
    public static final Setting<Boolean> ALLMULTICAST = new Setting<>(
            "netif_defs/device/allmulticast",
            flag(),
            Optional.of(false),
            true,
            HONOURED,
            "Accepts frames for every multicast group.");
    public static final Setting<String> KNI_NAME = new Setting<>(
            "netif_defs/device/kni_name",
            text(31),
            Optional.empty(),
            true,
            HONOURED,
            "Name of the kernel's interface beside the port, of at most 15 characters; with kni on DEVICE.kni when absent.");
    public static final Setting<Integer> BONDING_MODE = new Setting<>(
            "netif_defs/bonding/mode",
            number(0, 6, ""),
            Optional.of(0),
            true,
            HONOURED,
            "0 spreads frames in turn, 4 is LACP; the others are known to fail.");
    public static final Setting<String> BONDING_PRIMARY = new Setting<>(
            "netif_defs/bonding/primary",
            text(31),
            Optional.empty(),
            true,
            HONOURED,
            "Member whose Ethernet address and settings are the bonding's; the first one when absent.");
    public static final Setting<Integer> BONDING_NUMA_NODE = new Setting<>(
            "netif_defs/bonding/numa_node",
            number(0, 7, ""),
            Optional.of(0),
            true,
            HONOURED,
            "NUMA node of all members.");
    public static final Setting<String> BONDING_KNI_NAME = new Setting<>(
            "netif_defs/bonding/kni_name",
            text(31),
            Optional.empty(),
            true,
            HONOURED,
            "Name of the kernel interface beside the bonding; BONDING.kni when absent.");
    public static final Setting<Boolean> BONDING_OPTIONS = new Setting<>(
            "netif_defs/bonding/options",
            new ValueKind.BondingOptions(),
            Optional.of(true),
            true,
            HONOURED,
            "Whether LACP gets hardware queues of its own where the members can; mode 4 only, and mode must stand before it.");
    public static final Setting<String> VLAN_LINK = new Setting<>(
            "netif_defs/vlan/link",
            text(31),
            Optional.empty(),
            false,
            HONOURED,
            "Device or bonding that the VLAN's frames pass. VLANs in this file are TwoArm's own; DPVS has them by dpip only.");
    public static final Setting<Integer> VLAN_ID = new Setting<>(
            "netif_defs/vlan/id",
            number(1, Vlan.HIGHEST_ID, ""),
            Optional.empty(),
            false,
            HONOURED,
            "Number of the VLAN.");
    public static final Setting<String> VLAN_PROTOCOL = new Setting<>(
            "netif_defs/vlan/protocol",
            oneOf("802.1q", "802.1ad"),
            Optional.of("802.1q"),
            false,
            HONOURED,
            "Kind of tag: 802.1q, or the service tag of 802.1ad.");

    static final List<Setting<?>> ALL = List.of(
            PKTPOOL_SIZE,
            PKTPOOL_CACHE,
            FDIR_MODE,
            RX_QUEUE_NUMBER,
            RX_DESCRIPTOR_NUMBER,
            RSS,
            TX_QUEUE_NUMBER,
            TX_DESCRIPTOR_NUMBER,
            MBUF_FAST_FREE,
            MTU,
            PROMISC_MODE,
            ALLMULTICAST,
            KNI_NAME,
            BONDING_MODE,
            BONDING_PRIMARY,
            BONDING_NUMA_NODE,
            BONDING_KNI_NAME,
            BONDING_OPTIONS,
            VLAN_LINK,
            VLAN_ID,
            VLAN_PROTOCOL);

    private NetifKeywords() {}
}
