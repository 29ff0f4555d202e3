package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.Setting.Support.REFUSED;
import static io.twoarm.config.dpvs.Setting.Support.WITHOUT_EFFECT;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwo;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwoMinusOne;
import static io.twoarm.config.dpvs.ValueKind.flag;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.onOff;
import static io.twoarm.config.dpvs.ValueKind.oneOf;
import static io.twoarm.config.dpvs.ValueKind.seconds;

import java.util.List;
import java.util.Optional;

/** Keywords of ipvs_defs: sessions of all protocols, and UDP. */
public final class IpvsKeywords {
    public static final Setting<Integer> CONN_POOL_SIZE = new Setting<>(
            "ipvs_defs/conn/conn_pool_size",
            downToPowerOfTwoMinusOne(65535, Integer.MAX_VALUE, "sessions"),
            Optional.of(2097151),
            true,
            HONOURED,
            "Sessions for each NUMA node.");
    public static final Setting<Integer> CONN_POOL_CACHE = new Setting<>(
            "ipvs_defs/conn/conn_pool_cache",
            downToPowerOfTwo(1, Integer.MAX_VALUE, "sessions"),
            Optional.of(256),
            true,
            WITHOUT_EFFECT,
            "Free sessions that each worker keeps for itself.");
    public static final Setting<Integer> CONN_INIT_TIMEOUT = new Setting<>(
            "ipvs_defs/conn/conn_init_timeout",
            seconds(),
            Optional.of(3),
            false,
            WITHOUT_EFFECT,
            "Lifetime of a session whose first packet was never answered.");
    public static final Setting<Boolean> EXPIRE_QUIESCENT_TEMPLATE = new Setting<>(
            "ipvs_defs/conn/expire_quiescent_template",
            flag(),
            Optional.of(false),
            false,
            HONOURED,
            "Persistence does not hold a client at a realserver of weight 0.");
    public static final Setting<Boolean> FAST_XMIT_CLOSE = new Setting<>(
            "ipvs_defs/conn/fast_xmit_close",
            flag(),
            Optional.of(false),
            true,
            WITHOUT_EFFECT,
            "Looks up route and neighbour for every packet instead of remembering them for the session.");
    public static final Setting<Boolean> XMIT_TTL = new Setting<>(
            "ipvs_defs/conn/xmit_ttl",
            flag(),
            Optional.of(false),
            false,
            HONOURED,
            "Lowers the TTL or hop limit of forwarded packets, and tells senders where it ends.");
    public static final Setting<Boolean> CONN_REDIRECT = new Setting<>(
            "ipvs_defs/conn/redirect",
            onOff(),
            Optional.of(false),
            true,
            REFUSED,
            "Hands packets that reach the wrong worker to the right one.");
    public static final Setting<Boolean> DEFENCE_UDP_DROP = new Setting<>(
            "ipvs_defs/udp/defence_udp_drop",
            flag(),
            Optional.of(false),
            false,
            HONOURED,
            "Drops UDP packets to ports that carry no service, instead of answering them by ICMP.");
    public static final Setting<String> UOA_MODE = new Setting<>(
            "ipvs_defs/udp/uoa_mode",
            oneOf("opp", "ipo"),
            Optional.of("opp"),
            false,
            WITHOUT_EFFECT,
            "Where the client's address is put in UDP packets.");
    public static final Setting<Integer> UOA_MAX_TRAIL = new Setting<>(
            "ipvs_defs/udp/uoa_max_trail",
            number(0, Integer.MAX_VALUE, "packets"),
            Optional.of(3),
            false,
            WITHOUT_EFFECT,
            "First packets of a UDP session that carry the client's address; 0 is none. DPVS loses those packets when the realserver lacks the uoa module. The bundled director puts no address into UDP packets.");
    public static final Setting<Integer> UDP_ONEWAY_TIMEOUT = new Setting<>(
            "ipvs_defs/udp/timeout/oneway",
            seconds(),
            Optional.of(300),
            false,
            HONOURED,
            "Lifetime of a UDP session that only the client has sent in.");
    public static final Setting<Integer> UDP_NORMAL_TIMEOUT = new Setting<>(
            "ipvs_defs/udp/timeout/normal",
            seconds(),
            Optional.of(300),
            false,
            HONOURED,
            "Lifetime of a UDP session that both sides have sent in.");
    public static final Setting<Integer> UDP_LAST_TIMEOUT = new Setting<>(
            "ipvs_defs/udp/timeout/last",
            seconds(),
            Optional.of(2),
            false,
            WITHOUT_EFFECT,
            "Lifetime of a UDP session that has ended.");

    static final List<Setting<?>> ALL = List.of(
            CONN_POOL_SIZE,
            CONN_POOL_CACHE,
            CONN_INIT_TIMEOUT,
            EXPIRE_QUIESCENT_TEMPLATE,
            FAST_XMIT_CLOSE,
            XMIT_TTL,
            CONN_REDIRECT,
            DEFENCE_UDP_DROP,
            UOA_MODE,
            UOA_MAX_TRAIL,
            UDP_ONEWAY_TIMEOUT,
            UDP_NORMAL_TIMEOUT,
            UDP_LAST_TIMEOUT);

    private IpvsKeywords() {}
}
