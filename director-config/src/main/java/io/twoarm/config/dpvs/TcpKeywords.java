package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.Setting.Support.REFUSED;
import static io.twoarm.config.dpvs.Setting.Support.WITHOUT_EFFECT;
import static io.twoarm.config.dpvs.ValueKind.flag;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.seconds;

import java.util.List;
import java.util.Optional;

/** Keywords of ipvs_defs/tcp: TCP sessions and the SYN proxy. */
public final class TcpKeywords {
    public static final Setting<Boolean> DEFENCE_TCP_DROP = new Setting<>(
            "ipvs_defs/tcp/defence_tcp_drop",
            flag(),
            Optional.of(false),
            false,
            HONOURED,
            "Drops TCP segments to ports that carry no service, and those of unknown sessions, instead of answering them by a reset.");
    public static final Setting<Integer> TCP_NONE_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/none",
            seconds(),
            Optional.of(2),
            false,
            HONOURED,
            "Lifetime of a TCP session in no state.");
    public static final Setting<Integer> TCP_ESTABLISHED_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/established",
            seconds(),
            Optional.of(90),
            false,
            HONOURED,
            "Lifetime of an established TCP session without a packet.");
    public static final Setting<Integer> TCP_SYN_SENT_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/syn_sent",
            seconds(),
            Optional.of(3),
            false,
            HONOURED,
            "Lifetime after the client's SYN.");
    public static final Setting<Integer> TCP_SYN_RECV_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/syn_recv",
            seconds(),
            Optional.of(30),
            false,
            HONOURED,
            "Lifetime after the realserver's SYN-ACK.");
    public static final Setting<Integer> TCP_FIN_WAIT_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/fin_wait",
            seconds(),
            Optional.of(7),
            false,
            HONOURED,
            "Lifetime after the first FIN of the client.");
    public static final Setting<Integer> TCP_TIME_WAIT_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/time_wait", seconds(), Optional.of(7), false, HONOURED, "Lifetime after both FINs.");
    public static final Setting<Integer> TCP_CLOSE_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/close", seconds(), Optional.of(3), false, HONOURED, "Lifetime after a RST.");
    public static final Setting<Integer> TCP_CLOSE_WAIT_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/close_wait",
            seconds(),
            Optional.of(7),
            false,
            HONOURED,
            "Lifetime after the first FIN of the realserver.");
    public static final Setting<Integer> TCP_LAST_ACK_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/last_ack",
            seconds(),
            Optional.of(7),
            false,
            HONOURED,
            "Lifetime while the last ACK is awaited.");
    public static final Setting<Integer> TCP_LISTEN_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/listen",
            seconds(),
            Optional.of(120),
            false,
            HONOURED,
            "Lifetime of a session that listens.");
    public static final Setting<Integer> TCP_SYNACK_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/synack",
            seconds(),
            Optional.of(30),
            false,
            HONOURED,
            "Lifetime after a SYN-ACK of the SYN proxy.");
    public static final Setting<Integer> TCP_LAST_TIMEOUT = new Setting<>(
            "ipvs_defs/tcp/timeout/last",
            seconds(),
            Optional.of(2),
            false,
            HONOURED,
            "Lifetime of a TCP session that has ended.");
    public static final Setting<Integer> SYNACK_MSS = new Setting<>(
            "ipvs_defs/tcp/synproxy/synack_options/mss",
            number(1, 65535, "bytes"),
            Optional.of(1452),
            false,
            HONOURED,
            "MSS that the SYN proxy offers to clients.");
    public static final Setting<Integer> SYNACK_TTL = new Setting<>(
            "ipvs_defs/tcp/synproxy/synack_options/ttl",
            number(1, 255, "hops"),
            Optional.of(63),
            false,
            HONOURED,
            "TTL of the SYN proxy's packets.");
    public static final Setting<Boolean> SYNACK_SACK = new Setting<>(
            "ipvs_defs/tcp/synproxy/synack_options/sack",
            flag(),
            Optional.of(true),
            false,
            HONOURED,
            "The SYN proxy offers selective acknowledgement.");
    public static final Setting<Integer> SYNACK_WSCALE = new Setting<>(
            "ipvs_defs/tcp/synproxy/synack_options/wscale",
            number(0, 14, "bits"),
            Optional.of(0),
            false,
            HONOURED,
            "Window scale that the SYN proxy offers; 0 is none.");
    public static final Setting<Boolean> SYNACK_TIMESTAMP = new Setting<>(
            "ipvs_defs/tcp/synproxy/synack_options/timestamp",
            flag(),
            Optional.of(false),
            false,
            REFUSED,
            "The SYN proxy offers timestamps.");
    public static final Setting<Boolean> CLOSE_CLIENT_WINDOW = new Setting<>(
            "ipvs_defs/tcp/synproxy/close_client_window",
            flag(),
            Optional.of(false),
            false,
            WITHOUT_EFFECT,
            "The SYN proxy lets a client send only once the realserver is connected.");
    public static final Setting<Boolean> DEFER_RS_SYN = new Setting<>(
            "ipvs_defs/tcp/synproxy/defer_rs_syn",
            flag(),
            Optional.of(false),
            false,
            REFUSED,
            "The SYN proxy connects the realserver only after the client's first data.");
    public static final Setting<Integer> RS_SYN_MAX_RETRY = new Setting<>(
            "ipvs_defs/tcp/synproxy/rs_syn_max_retry",
            number(1, 99, "attempts"),
            Optional.of(3),
            false,
            HONOURED,
            "Attempts of the SYN proxy to connect the realserver.");
    public static final Setting<Integer> ACK_STORM_THRESH = new Setting<>(
            "ipvs_defs/tcp/synproxy/ack_storm_thresh",
            number(1, 999, "packets"),
            Optional.of(10),
            false,
            WITHOUT_EFFECT,
            "Equal ACKs after which the SYN proxy drops more of them.");
    public static final Setting<Integer> MAX_ACK_SAVED = new Setting<>(
            "ipvs_defs/tcp/synproxy/max_ack_saved",
            number(1, 63, "packets"),
            Optional.of(3),
            false,
            WITHOUT_EFFECT,
            "Packets that the SYN proxy keeps while the realserver is being connected.");
    public static final Setting<Boolean> CONN_REUSE_CLOSE = new Setting<>(
            "ipvs_defs/tcp/synproxy/conn_reuse_state/close",
            flag(),
            Optional.of(true),
            false,
            WITHOUT_EFFECT,
            "Sessions in CLOSE may be used again by a new SYN.");
    public static final Setting<Boolean> CONN_REUSE_TIME_WAIT = new Setting<>(
            "ipvs_defs/tcp/synproxy/conn_reuse_state/time_wait",
            flag(),
            Optional.of(true),
            false,
            WITHOUT_EFFECT,
            "Sessions in TIME_WAIT may be used again by a new SYN.");
    public static final Setting<Boolean> CONN_REUSE_FIN_WAIT = new Setting<>(
            "ipvs_defs/tcp/synproxy/conn_reuse_state/fin_wait",
            flag(),
            Optional.of(false),
            false,
            REFUSED,
            "Sessions in FIN_WAIT may be used again by a new SYN.");
    public static final Setting<Boolean> CONN_REUSE_CLOSE_WAIT = new Setting<>(
            "ipvs_defs/tcp/synproxy/conn_reuse_state/close_wait",
            flag(),
            Optional.of(false),
            false,
            REFUSED,
            "Sessions in CLOSE_WAIT may be used again by a new SYN.");
    public static final Setting<Boolean> CONN_REUSE_LAST_ACK = new Setting<>(
            "ipvs_defs/tcp/synproxy/conn_reuse_state/last_ack",
            flag(),
            Optional.of(false),
            false,
            REFUSED,
            "Sessions in LAST_ACK may be used again by a new SYN.");

    static final List<Setting<?>> ALL = List.of(
            DEFENCE_TCP_DROP,
            TCP_NONE_TIMEOUT,
            TCP_ESTABLISHED_TIMEOUT,
            TCP_SYN_SENT_TIMEOUT,
            TCP_SYN_RECV_TIMEOUT,
            TCP_FIN_WAIT_TIMEOUT,
            TCP_TIME_WAIT_TIMEOUT,
            TCP_CLOSE_TIMEOUT,
            TCP_CLOSE_WAIT_TIMEOUT,
            TCP_LAST_ACK_TIMEOUT,
            TCP_LISTEN_TIMEOUT,
            TCP_SYNACK_TIMEOUT,
            TCP_LAST_TIMEOUT,
            SYNACK_MSS,
            SYNACK_TTL,
            SYNACK_SACK,
            SYNACK_WSCALE,
            SYNACK_TIMESTAMP,
            CLOSE_CLIENT_WINDOW,
            DEFER_RS_SYN,
            RS_SYN_MAX_RETRY,
            ACK_STORM_THRESH,
            MAX_ACK_SAVED,
            CONN_REUSE_CLOSE,
            CONN_REUSE_TIME_WAIT,
            CONN_REUSE_FIN_WAIT,
            CONN_REUSE_CLOSE_WAIT,
            CONN_REUSE_LAST_ACK);

    private TcpKeywords() {}
}
