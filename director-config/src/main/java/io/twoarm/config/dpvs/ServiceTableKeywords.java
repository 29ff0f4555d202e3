package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.Setting.Support.REFUSED;
import static io.twoarm.config.dpvs.Setting.Support.WITHOUT_EFFECT;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwo;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwoMinusOne;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.onOff;
import static io.twoarm.config.dpvs.ValueKind.oneOf;

import java.util.List;
import java.util.Optional;

/** Keywords of timers, neighbours, local ports, address sets and messages between cores. */
public final class ServiceTableKeywords {
    public static final Setting<Integer> SCHEDULE_INTERVAL = new Setting<>(
            "timer_defs/schedule_interval",
            number(1, 10000000, "microseconds"),
            Optional.of(10),
            false,
            WITHOUT_EFFECT,
            "Time between two looks at the timers.");
    public static final Setting<Integer> UNRES_QUEUE_LENGTH = new Setting<>(
            "neigh_defs/unres_queue_length",
            number(16, 8192, "packets"),
            Optional.of(128),
            true,
            HONOURED,
            "Packets that may wait for one neighbour's Ethernet address.");
    public static final Setting<Integer> NEIGH_TIMEOUT = new Setting<>(
            "neigh_defs/timeout",
            number(1, 3600, "seconds"),
            Optional.of(60),
            false,
            HONOURED,
            "Time after which a neighbour's Ethernet address is asked for again.");
    public static final Setting<Integer> POOL_HASH_SIZE = new Setting<>(
            "sa_pool/pool_hash_size",
            number(1, 128, "tables"),
            Optional.of(16),
            true,
            WITHOUT_EFFECT,
            "Port tables for each local address.");
    public static final Setting<Boolean> FLOW_ENABLE = new Setting<>(
            "sa_pool/flow_enable",
            onOff(),
            Optional.of(true),
            true,
            REFUSED,
            "Rules in the NIC that steer replies to the worker that knows them.");
    public static final Setting<Integer> IPSET_HASH_POOL_SIZE = new Setting<>(
            "ipset_defs/ipset_hash_pool_size",
            downToPowerOfTwoMinusOne(65536, Integer.MAX_VALUE, "entries"),
            Optional.of(262143),
            true,
            WITHOUT_EFFECT,
            "Entries of all address sets together.");
    public static final Setting<Integer> MSG_RING_SIZE = new Setting<>(
            "ctrl_defs/lcore_msg/ring_size",
            downToPowerOfTwo(256, 524288, "messages"),
            Optional.of(4096),
            true,
            WITHOUT_EFFECT,
            "Messages that may wait for one core.");
    public static final Setting<Integer> SYNC_MSG_TIMEOUT = new Setting<>(
            "ctrl_defs/lcore_msg/sync_msg_timeout_us",
            number(1, Integer.MAX_VALUE, "microseconds"),
            Optional.of(2000),
            false,
            WITHOUT_EFFECT,
            "Time that a core has to answer a message.");
    public static final Setting<String> MSG_PRIORITY_LEVEL = new Setting<>(
            "ctrl_defs/lcore_msg/priority_level",
            oneOf("low", "norm", "high", "ign"),
            Optional.of("low"),
            false,
            WITHOUT_EFFECT,
            "Least urgent messages that are handled while packets wait.");

    static final List<Setting<?>> ALL = List.of(
            SCHEDULE_INTERVAL,
            UNRES_QUEUE_LENGTH,
            NEIGH_TIMEOUT,
            POOL_HASH_SIZE,
            FLOW_ENABLE,
            IPSET_HASH_POOL_SIZE,
            MSG_RING_SIZE,
            SYNC_MSG_TIMEOUT,
            MSG_PRIORITY_LEVEL);

    private ServiceTableKeywords() {}
}
