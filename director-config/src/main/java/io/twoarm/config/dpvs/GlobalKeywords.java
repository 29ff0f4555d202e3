package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.Setting.Support.REFUSED;
import static io.twoarm.config.dpvs.Setting.Support.WITHOUT_EFFECT;
import static io.twoarm.config.dpvs.ValueKind.downToPowerOfTwoMinusOne;
import static io.twoarm.config.dpvs.ValueKind.onOff;
import static io.twoarm.config.dpvs.ValueKind.oneOf;
import static io.twoarm.config.dpvs.ValueKind.text;

import java.util.List;
import java.util.Optional;

/** Keywords of global_defs: logging and the program as a whole. */
public final class GlobalKeywords {
    public static final Setting<String> LOG_LEVEL = new Setting<>(
            "global_defs/log_level",
            oneOf("EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG"),
            Optional.of("INFO"),
            false,
            HONOURED,
            "Lowest severity that is logged.");
    public static final Setting<String> LOG_FILE = new Setting<>(
            "global_defs/log_file",
            text(4096),
            Optional.empty(),
            false,
            WITHOUT_EFFECT,
            "File that the log is appended to; the bundled director logs to its journal.");
    public static final Setting<Boolean> LOG_ASYNC_MODE = new Setting<>(
            "global_defs/log_async_mode",
            onOff(),
            Optional.of(false),
            true,
            WITHOUT_EFFECT,
            "Logging by a thread of its own.");
    public static final Setting<Integer> LOG_ASYNC_POOL_SIZE = new Setting<>(
            "global_defs/log_async_pool_size",
            downToPowerOfTwoMinusOne(1023, Integer.MAX_VALUE, "messages"),
            Optional.of(16383),
            true,
            WITHOUT_EFFECT,
            "Log messages that may wait to be written.");
    public static final Setting<Boolean> LOG_WITH_TIMESTAMP = new Setting<>(
            "global_defs/log_with_timestamp",
            onOff(),
            Optional.of(false),
            false,
            WITHOUT_EFFECT,
            "Timestamps in an asynchronous log.");
    public static final Setting<Boolean> PDUMP =
            new Setting<>("global_defs/pdump", onOff(), Optional.of(false), true, REFUSED, "Access for dpdk-pdump.");
    public static final Setting<Boolean> KNI = new Setting<>(
            "global_defs/kni",
            onOff(),
            Optional.of(true),
            true,
            HONOURED,
            "A kernel interface beside every port, for packets that the dataplane does not handle itself.");
    public static final Setting<Boolean> LLDP = new Setting<>(
            "global_defs/lldp", onOff(), Optional.of(false), false, REFUSED, "Sending and receiving LLDP.");

    static final List<Setting<?>> ALL =
            List.of(LOG_LEVEL, LOG_FILE, LOG_ASYNC_MODE, LOG_ASYNC_POOL_SIZE, LOG_WITH_TIMESTAMP, PDUMP, KNI, LLDP);

    private GlobalKeywords() {}
}
