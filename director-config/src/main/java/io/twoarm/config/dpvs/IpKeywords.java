package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.REFUSED;
import static io.twoarm.config.dpvs.Setting.Support.WITHOUT_EFFECT;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.onOff;
import static io.twoarm.config.dpvs.ValueKind.oneOf;

import java.util.List;
import java.util.Optional;

/** Keywords of ipv4_defs and ipv6_defs. */
public final class IpKeywords {
    public static final Setting<Boolean> IPV4_FORWARDING = new Setting<>(
            "ipv4_defs/forwarding",
            onOff(),
            Optional.of(false),
            false,
            REFUSED,
            "Routing of packets that belong to no service.");
    public static final Setting<Integer> DEFAULT_TTL = new Setting<>(
            "ipv4_defs/default_ttl",
            number(0, 255, "hops"),
            Optional.of(64),
            true,
            WITHOUT_EFFECT,
            "TTL of packets that the director itself sends.");
    public static final Setting<Integer> FRAGMENT_BUCKET_NUMBER = new Setting<>(
            "ipv4_defs/fragment/bucket_number",
            number(32, 65536, "buckets"),
            Optional.of(4096),
            true,
            WITHOUT_EFFECT,
            "Size of the table of incomplete packets.");
    public static final Setting<Integer> FRAGMENT_BUCKET_ENTRIES = new Setting<>(
            "ipv4_defs/fragment/bucket_entries",
            number(1, 256, "entries"),
            Optional.of(16),
            true,
            WITHOUT_EFFECT,
            "Entries in each bucket of that table.");
    public static final Setting<Integer> FRAGMENT_MAX_ENTRIES = new Setting<>(
            "ipv4_defs/fragment/max_entries",
            number(1, Integer.MAX_VALUE, "entries"),
            Optional.of(4096),
            true,
            WITHOUT_EFFECT,
            "Incomplete packets at a time.");
    public static final Setting<Integer> FRAGMENT_TTL = new Setting<>(
            "ipv4_defs/fragment/ttl",
            number(1, 255, "seconds"),
            Optional.of(1),
            true,
            WITHOUT_EFFECT,
            "Time that an incomplete packet is kept.");
    public static final Setting<Boolean> IPV6_DISABLE =
            new Setting<>("ipv6_defs/disable", onOff(), Optional.of(false), false, WITHOUT_EFFECT, "No IPv6 at all.");
    public static final Setting<Boolean> IPV6_FORWARDING = new Setting<>(
            "ipv6_defs/forwarding",
            onOff(),
            Optional.of(false),
            false,
            REFUSED,
            "Routing of IPv6 packets that belong to no service.");
    public static final Setting<String> ADDR_GEN_MODE = new Setting<>(
            "ipv6_defs/addr_gen_mode",
            oneOf("eui64", "none", "stable-privacy", "random"),
            Optional.of("eui64"),
            false,
            WITHOUT_EFFECT,
            "How the link-local address is made.");
    public static final Setting<String> STABLE_SECRET = new Setting<>(
            "ipv6_defs/stable_secret",
            new ValueKind.Hex128(),
            Optional.empty(),
            false,
            WITHOUT_EFFECT,
            "Secret for addr_gen_mode stable-privacy.");
    public static final Setting<String> ROUTE6_METHOD = new Setting<>(
            "ipv6_defs/route6/method",
            oneOf("hlist", "lpm"),
            Optional.of("hlist"),
            true,
            WITHOUT_EFFECT,
            "Structure of the IPv6 routing table.");
    public static final Setting<Integer> ROUTE6_RECYCLE_TIME = new Setting<>(
            "ipv6_defs/route6/recycle_time",
            number(1, 36000, "seconds"),
            Optional.of(10),
            false,
            WITHOUT_EFFECT,
            "Time between two clean-ups of that table.");
    public static final Setting<Integer> LPM6_MAX_RULES = new Setting<>(
            "ipv6_defs/route6/lpm/lpm6_max_rules",
            number(16, 65536, "routes"),
            Optional.of(256),
            true,
            WITHOUT_EFFECT,
            "IPv6 routes at most, with method lpm.");
    public static final Setting<Integer> LPM6_NUM_TBL8S = new Setting<>(
            "ipv6_defs/route6/lpm/lpm6_num_tbl8s",
            number(256, 1048576, "tables"),
            Optional.of(4096),
            true,
            WITHOUT_EFFECT,
            "Sub-tables, with method lpm.");
    public static final Setting<Integer> RT6_HASH_BUCKET = new Setting<>(
            "ipv6_defs/route6/lpm/rt6_hash_bucket",
            number(16, 65536, "buckets"),
            Optional.of(256),
            true,
            WITHOUT_EFFECT,
            "Hash buckets, with method lpm.");

    static final List<Setting<?>> ALL = List.of(
            IPV4_FORWARDING,
            DEFAULT_TTL,
            FRAGMENT_BUCKET_NUMBER,
            FRAGMENT_BUCKET_ENTRIES,
            FRAGMENT_MAX_ENTRIES,
            FRAGMENT_TTL,
            IPV6_DISABLE,
            IPV6_FORWARDING,
            ADDR_GEN_MODE,
            STABLE_SECRET,
            ROUTE6_METHOD,
            ROUTE6_RECYCLE_TIME,
            LPM6_MAX_RULES,
            LPM6_NUM_TBL8S,
            RT6_HASH_BUCKET);

    private IpKeywords() {}
}
