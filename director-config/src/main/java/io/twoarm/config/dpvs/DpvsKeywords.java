package io.twoarm.config.dpvs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All keywords of {@code dpvs.conf} as DPVS 1.10.2 reads it (its sources, where they and its list of items disagree), in
 * the order in which they are printed.
 */
public final class DpvsKeywords {
    private static final List<Setting<?>> SETTINGS = Stream.of(
                    GlobalKeywords.ALL,
                    NetifKeywords.ALL,
                    WorkerKeywords.ALL,
                    ServiceTableKeywords.ALL,
                    IpKeywords.ALL,
                    IpvsKeywords.ALL,
                    TcpKeywords.ALL,
                    SiitKeywords.ALL,
                    Nat64Keywords.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private static final List<Block> BLOCKS = List.of(
            new Block("global_defs", false, false, false, "Logging and the program as a whole."),
            new Block("netif_defs", false, false, false, "Packet buffers, ports, bondings and VLANs."),
            new Block(
                    "netif_defs/device",
                    true,
                    true,
                    true,
                    "A port. The first block is DPDK port 0, the next one port 1, and so on; the name is free."),
            new Block("netif_defs/device/rx", false, false, false, "Receiving."),
            new Block("netif_defs/device/tx", false, false, false, "Sending."),
            new Block("netif_defs/bonding", true, true, true, "Several ports as one; stands behind its ports."),
            new Block(
                    "netif_defs/vlan",
                    true,
                    true,
                    false,
                    "A VLAN of a port, with a name like a device's; TwoArm's own."),
            new Block("worker_defs", false, false, false, "Which core serves which queues."),
            new Block("worker_defs/worker", true, true, true, "One core."),
            new Block("worker_defs/worker/port", true, true, false, "The queues of one port that the core serves."),
            new Block("timer_defs", false, false, false, "Timers."),
            new Block("neigh_defs", false, false, false, "Neighbours' Ethernet addresses."),
            new Block("sa_pool", false, false, false, "Ports of the local addresses."),
            new Block("ipset_defs", false, false, false, "Sets of addresses."),
            new Block("ipv4_defs", false, false, false, "IPv4."),
            new Block("ipv4_defs/fragment", false, false, false, "Reassembly of packets to the director itself."),
            new Block("ipv6_defs", false, false, false, "IPv6."),
            new Block("ipv6_defs/route6", false, false, false, "IPv6 routes."),
            new Block("ipv6_defs/route6/lpm", false, false, false, "IPv6 routes with method lpm."),
            new Block("siit_defs", false, false, false, "Stateless translation; TwoArm's own."),
            new Block("siit_defs/eam", true, true, false, "An explicit address mapping; its name is the IPv4 prefix."),
            new Block("nat64_defs", false, false, false, "Stateful NAT64; TwoArm's own."),
            new Block("nat64_defs/binding", true, true, false, "A configured binding; its name is address and port."),
            new Block("ctrl_defs", false, false, false, "Control."),
            new Block("ctrl_defs/lcore_msg", false, false, false, "Messages between cores."),
            new Block("ipvs_defs", false, false, false, "Sessions."),
            new Block("ipvs_defs/conn", false, false, false, "Sessions of all protocols."),
            new Block("ipvs_defs/udp", false, false, false, "UDP sessions."),
            new Block("ipvs_defs/udp/timeout", false, false, false, "Lifetimes of UDP sessions."),
            new Block("ipvs_defs/tcp", false, false, false, "TCP sessions."),
            new Block("ipvs_defs/tcp/timeout", false, false, false, "Lifetimes of TCP sessions, by state."),
            new Block("ipvs_defs/tcp/synproxy", false, false, false, "The SYN proxy."),
            new Block("ipvs_defs/tcp/synproxy/synack_options", false, false, false, "Options of its SYN-ACK."),
            new Block(
                    "ipvs_defs/tcp/synproxy/conn_reuse_state", false, false, false, "Sessions that a SYN may reuse."));

    private static final Map<String, Setting<?>> SETTINGS_BY_PATH =
            SETTINGS.stream().collect(Collectors.toUnmodifiableMap(Setting::path, Function.identity()));

    private static final Map<String, Block> BLOCKS_BY_PATH =
            BLOCKS.stream().collect(Collectors.toUnmodifiableMap(Block::path, Function.identity()));

    /** Keywords that repeat and are lists in the model rather than settings. */
    static final String SLAVE = "netif_defs/bonding/slave";

    /** Keywords that existed once, with what became of them. */
    private static final Map<String, String> REMOVED = Map.of(
            "netif_defs/device/rx/max_burst_size", "DPVS has had a fixed burst size since 1.9.",
            "netif_defs/device/tx/max_burst_size", "DPVS has had a fixed burst size since 1.9.",
            "netif_defs/device/fdir",
                    "It was removed in DPVS 1.9, whose parser then takes the block's } for the end of the device and"
                            + " loses every device and bonding that follows.",
            "global_defs/daemon", "It is listed among DPVS's items but was never a keyword.");

    private DpvsKeywords() {}

    /** Every keyword that carries a value, in print order. */
    public static List<Setting<?>> all() {
        return SETTINGS;
    }

    /** Every keyword that opens a block, in print order. */
    public static List<Block> blocks() {
        return BLOCKS;
    }

    public static Optional<Setting<?>> setting(String path) {
        return Optional.ofNullable(SETTINGS_BY_PATH.get(path));
    }

    public static Optional<Block> block(String path) {
        return Optional.ofNullable(BLOCKS_BY_PATH.get(path));
    }

    /** Why a keyword that existed once does no longer. */
    static Optional<String> removed(String path) {
        return Optional.ofNullable(REMOVED.get(path));
    }

    /** Names of all keywords that may stand in a block; the root block's path is empty. */
    static List<String> namesIn(String block) {
        Stream<String> settings = SETTINGS.stream()
                .filter(setting -> setting.block().equals(block))
                .map(Setting::name);
        Stream<String> blocks = BLOCKS.stream()
                .filter(candidate -> candidate.enclosing().equals(block))
                .map(Block::name);
        Stream<String> slave = block.equals("netif_defs/bonding") ? Stream.of("slave") : Stream.empty();
        return Stream.of(settings, blocks, slave).flatMap(Function.identity()).toList();
    }
}
