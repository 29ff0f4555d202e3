package io.twoarm.director.command;

import io.twoarm.config.keepalived.ServiceOptions;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.Persistence;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.TrafficLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the options of {@code ipvsadm} say of a virtual service itself. */
final class IpvsadmPolicy {
    private static final int LONGEST_SECONDS = 31_536_000;
    private static final int DEFAULT_PERSISTENCE = 360;

    private IpvsadmPolicy() {}

    /** The service as the options want it; what they leave out is as by default. */
    static ServiceDefinition edited(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        String word = options.value(Option.SCHEDULER).orElse("wlc");
        SchedulerKind scheduler = SchedulerKind.of(word)
                .orElseThrow(() -> new ToolFailure(IpvsadmOptions.WRONG_USAGE, "unknown scheduler " + word));
        String target = options.value(Option.HASH_TARGET).orElse("sip");
        if (options.has(Option.HASH_TARGET) && scheduler != SchedulerKind.CONHASH) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--hash-target is for -s conhash only");
        }
        HashTarget hashTarget = options.has(Option.SCHED_FLAGS)
                ? flagged(scheduler, options.value(Option.SCHED_FLAGS).orElse(""))
                : HashTarget.of(target)
                        .filter(known -> known != HashTarget.SOURCE_AND_PORT)
                        .orElseThrow(() -> new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--hash-target is sip or qid"));
        boolean onePacket = options.has(Option.OPS);
        if (onePacket && service.protocol() != Protocol.UDP) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--ops is for UDP services only");
        }
        if (service.match().isPresent() && (options.has(Option.PERSISTENT) || options.has(Option.PROXY_PROTOCOL))) {
            throw new ToolFailure(
                    IpvsadmOptions.WRONG_USAGE, "-p and --proxy-protocol are not for match services (-H)");
        }
        int seconds = options.number(Option.CONN_TIMEOUT, 0, 0, LONGEST_SECONDS);
        return service.withClientAddress(clientAddress(service, options))
                .withPolicy(
                        new ServicePolicy(
                                scheduler,
                                hashTarget,
                                persistence(service.address(), options),
                                onePacket,
                                options.has(Option.EXPIRE_QUIESCENT),
                                service.policy().sorryServer(),
                                options.number(Option.CONN_RATE, 0, 0, ServiceOptions.HIGHEST_CONNECTION_RATE),
                                synProxy(service, options),
                                traffic(options),
                                endpointIndependent(service, options)),
                        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }

    private static TrafficLimits traffic(IpvsadmOptions options) throws ToolFailure {
        int bits = options.number(Option.BPS, 0, 0, io.twoarm.config.keepalived.TrafficLimits.HIGHEST_BPS);
        int proportion = options.number(Option.LIMIT_PROPORTION, TrafficLimits.WHOLE, 1, TrafficLimits.WHOLE);
        if (bits == 0 && options.has(Option.LIMIT_PROPORTION)) {
            throw new ToolFailure(
                    IpvsadmOptions.WRONG_USAGE, "--limit-proportion is a part of --bps: give both, or none");
        }
        int packets =
                options.number(Option.PACKET_RATE, 0, 0, io.twoarm.config.keepalived.TrafficLimits.HIGHEST_PACKET_RATE);
        return new TrafficLimits(bits, proportion, packets);
    }

    private static Optional<OutsideFilter> endpointIndependent(ServiceDefinition service, IpvsadmOptions options)
            throws ToolFailure {
        Optional<String> wanted = options.value(Option.ENDPOINT_INDEPENDENT);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (service.match().isEmpty()) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--endpoint-independent is for match services (-H) only");
        }
        return Optional.of(OutsideFilter.of(wanted.get())
                .orElseThrow(() -> new ToolFailure(
                        IpvsadmOptions.WRONG_USAGE,
                        "--endpoint-independent is " + wanted.get() + ": endpoint, address or address_port allowed")));
    }

    private static boolean synProxy(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        String wanted = options.value(Option.SYNPROXY).orElse("disable");
        if (!wanted.equals("enable") && !wanted.equals("disable")) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--synproxy is enable or disable");
        }
        boolean enabled = wanted.equals("enable");
        if (enabled && service.protocol() != Protocol.TCP) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--synproxy is for TCP services only");
        }
        return enabled;
    }

    /**
     * What the flags of a scheduler make it hash.
     *
     * @param flags with commas between; {@code sh-fallback} and {@code mh-fallback} are always on here
     */
    private static HashTarget flagged(SchedulerKind scheduler, String flags) throws ToolFailure {
        List<String> known = scheduler == SchedulerKind.SH || scheduler == SchedulerKind.MH
                ? List.of(scheduler.keyword() + "-fallback", scheduler.keyword() + "-port")
                : List.of();
        List<String> given = List.of(flags.split(",", -1));
        if (!known.containsAll(given)) {
            throw new ToolFailure(
                    IpvsadmOptions.WRONG_USAGE,
                    "--sched-flags " + flags + ": "
                            + (known.isEmpty()
                                    ? scheduler.keyword() + " has no flags, sh and mh have"
                                    : "allowed are " + String.join(", ", known)));
        }
        return given.contains(scheduler.keyword() + "-port") ? HashTarget.SOURCE_AND_PORT : HashTarget.SOURCE;
    }

    /** Without the option a service that is edited keeps its way; {@code disable} goes back to what DPVS does. */
    private static ClientAddressWay clientAddress(ServiceDefinition service, IpvsadmOptions options)
            throws ToolFailure {
        Optional<String> wanted = options.value(Option.PROXY_PROTOCOL);
        if (wanted.isEmpty()) {
            return service.clientAddress();
        }
        boolean tcp = service.protocol() == Protocol.TCP;
        if (service.protocol() == Protocol.SCTP && !wanted.get().equals("disable")) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--proxy-protocol is for TCP and UDP services only");
        }
        return switch (wanted.get()) {
            case "disable" -> tcp ? ClientAddressWay.TOA : ClientAddressWay.NONE;
            case "v1" -> {
                if (!tcp) {
                    throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--proxy-protocol v1 is for TCP services only");
                }
                yield ClientAddressWay.PROXY_V1;
            }
            case "v2" -> ClientAddressWay.PROXY_V2;
            case "v1-insecure", "v2-insecure" ->
                throw new ToolFailure(IpvsadmOptions.REFUSED, "not support: proxy-protocol " + wanted.get());
            default -> throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--proxy-protocol is disable, v1 or v2");
        };
    }

    private static Optional<Persistence> persistence(IpAddress vip, IpvsadmOptions options) throws ToolFailure {
        if (!options.has(Option.PERSISTENT)) {
            return Optional.empty();
        }
        int seconds = options.number(Option.PERSISTENT, DEFAULT_PERSISTENCE, 1, LONGEST_SECONDS);
        int length = vip.width();
        String mask = options.value(Option.NETMASK).orElse("");
        if (mask.matches("\\d{1,3}")) {
            length = options.number(Option.NETMASK, length, 1, vip.width());
        } else if (!mask.isEmpty()) {
            int bits = (int) IpAddress.parse(mask).low();
            length = Integer.bitCount(bits);
            if (bits == 0 || Integer.numberOfLeadingZeros(~bits) != length) {
                throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "-M " + mask + " is no netmask without holes");
            }
        }
        return Optional.of(new Persistence(Duration.ofSeconds(seconds), length, false));
    }
}
