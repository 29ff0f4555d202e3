package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.ValueKind.number;
import static io.twoarm.config.dpvs.ValueKind.oneOf;
import static io.twoarm.config.dpvs.ValueKind.text;

import java.util.List;
import java.util.Optional;

/** Keywords of stateful NAT64 (RFC 6146), which only TwoArm's director knows. */
public final class Nat64Keywords {
    /** Value of {@link #FILTERING}: only who was sent something may send. */
    public static final String ADDRESS = "address";

    private static final int LONGEST = 43;
    private static final int MOST = 1 << 22;

    public static final Setting<String> PREFIX = new Setting<>(
            "nat64_defs/prefix",
            text(LONGEST),
            Optional.empty(),
            false,
            HONOURED,
            "IPv6 prefix of length 32, 40, 48, 56, 64 or 96 in which IPv6 hosts see all IPv4 addresses (RFC 6052)."
                    + " TwoArm's own; DPVS does not know it.");
    public static final Setting<String> POOL = new Setting<>(
            "nat64_defs/pool",
            text(LONGEST),
            Optional.empty(),
            false,
            HONOURED,
            "IPv4 network of length 24 to 32, or an address, that IPv4 hosts see instead of the IPv6 hosts.");
    public static final Setting<String> FILTERING = new Setting<>(
            "nat64_defs/filtering",
            oneOf("endpoint", ADDRESS),
            Optional.of("endpoint"),
            false,
            HONOURED,
            "Who may send to a port of the pool in use: everybody, or only addresses that its host has sent to (address).");
    public static final Setting<Integer> BINDINGS = new Setting<>(
            "nat64_defs/bindings",
            number(1, MOST, "bindings"),
            Optional.of(65_536),
            false,
            HONOURED,
            "Ports of the pool in use at most; 64 bytes each.");
    public static final Setting<Integer> SESSIONS = new Setting<>(
            "nat64_defs/sessions",
            number(1, MOST, "sessions"),
            Optional.of(131_072),
            false,
            HONOURED,
            "Sessions at most; 32 bytes each.");
    public static final Setting<Integer> UDP_TIMEOUT = new Setting<>(
            "nat64_defs/udp_timeout",
            number(120, 86_400, "seconds"),
            Optional.of(300),
            false,
            HONOURED,
            "Lifetime of a UDP session without a datagram (RFC 4787: at least 2 minutes).");
    public static final Setting<Integer> ICMP_TIMEOUT = new Setting<>(
            "nat64_defs/icmp_timeout",
            number(60, 86_400, "seconds"),
            Optional.of(60),
            false,
            HONOURED,
            "Lifetime of a session of pings without one.");
    public static final Setting<Integer> TCP_TIMEOUT = new Setting<>(
            "nat64_defs/tcp_timeout",
            number(7_440, 604_800, "seconds"),
            Optional.of(7_440),
            false,
            HONOURED,
            "Lifetime of an open connection without a segment (RFC 5382: at least 2 hours and 4 minutes).");
    public static final Setting<Integer> TRANSITORY_TIMEOUT = new Setting<>(
            "nat64_defs/tcp_transitory_timeout",
            number(240, 86_400, "seconds"),
            Optional.of(240),
            false,
            HONOURED,
            "Lifetime of a connection that opens or ends (RFC 5382: at least 4 minutes).");
    public static final Setting<String> PROTOCOL = new Setting<>(
            "nat64_defs/binding/protocol",
            oneOf("tcp", "udp"),
            Optional.of("tcp"),
            false,
            HONOURED,
            "Protocol of a configured binding.");
    public static final Setting<String> HOST = new Setting<>(
            "nat64_defs/binding/host",
            text(LONGEST),
            Optional.empty(),
            false,
            HONOURED,
            "IPv6 host that packets to the binding's address and port go to.");
    public static final Setting<Integer> PORT = new Setting<>(
            "nat64_defs/binding/port",
            number(1, 65_535, "port"),
            Optional.empty(),
            false,
            HONOURED,
            "Its port there. Without it that of the binding.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            PREFIX,
            POOL,
            FILTERING,
            BINDINGS,
            SESSIONS,
            UDP_TIMEOUT,
            ICMP_TIMEOUT,
            TCP_TIMEOUT,
            TRANSITORY_TIMEOUT,
            PROTOCOL,
            HOST,
            PORT);

    private Nat64Keywords() {}
}
