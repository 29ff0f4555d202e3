package io.twoarm.director.command;

import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ConnectionLimits;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the options of {@code ipvsadm} say of a service's realservers. */
final class IpvsadmServers {
    private static final int HIGHEST_LIMIT = 1 << 24;
    private static final Map<Option, ForwardingMode> MODES = Map.of(
            Option.FULLNAT,
            ForwardingMode.FULLNAT,
            Option.MASQUERADING,
            ForwardingMode.NAT,
            Option.GATEWAYING,
            ForwardingMode.DIRECT,
            Option.IPIP,
            ForwardingMode.TUNNEL,
            Option.SNAT,
            ForwardingMode.SNAT);

    private IpvsadmServers() {}

    /** RIP and port; without a port that of the service. */
    private static RealserverDefinition server(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        Endpoint end;
        try {
            String protocol = service.protocol() == Protocol.UDP ? "udp" : "tcp";
            end = Endpoint.parse(options.required(Option.REAL_SERVER), protocol);
        } catch (IllegalArgumentException e) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "illegal real server: " + e.getMessage());
        }
        int port = end.port().filter(given -> given != 0).orElse(service.port());
        return new RealserverDefinition(end.address(), port, 1, false, Optional.empty());
    }

    private static RealserverDefinition known(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        RealserverDefinition wanted = server(service, options);
        return service.realservers().stream()
                .filter(known -> isSame(known, wanted))
                .findFirst()
                .orElseThrow(() -> new ToolFailure(
                        IpvsadmOptions.REFUSED,
                        "not exist: " + service.key() + " has no real server "
                                + wanted.address().withPort(wanted.port())));
    }

    private static boolean isSame(RealserverDefinition one, RealserverDefinition other) {
        return one.address().equals(other.address()) && one.port() == other.port();
    }

    /** The forwarding method that is asked for; where none is, another one. */
    private static ForwardingMode mode(IpvsadmOptions options, ForwardingMode otherwise) throws ToolFailure {
        List<Option> given = MODES.keySet().stream().filter(options::has).toList();
        if (given.size() > 1) {
            throw new ToolFailure(
                    IpvsadmOptions.WRONG_USAGE,
                    "two forwarding methods, " + given.get(0).longName() + " and "
                            + given.get(1).longName() + "; give one");
        }
        return tunnel(options, given.isEmpty() ? otherwise : MODES.get(given.getFirst()));
    }

    /** The kind of tunnel that is asked for, as in ipvsadm 1.31. */
    private static ForwardingMode tunnel(IpvsadmOptions options, ForwardingMode mode) throws ToolFailure {
        Optional<String> type = options.value(Option.TUN_TYPE);
        if (type.isEmpty()) {
            return mode;
        }
        if (!mode.isTunnel()) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--tun-type is for -i (--ipip) only");
        }
        return switch (type.get()) {
            case "ipip" -> ForwardingMode.TUNNEL;
            case "gre" -> ForwardingMode.GRE;
            case "gue" -> throw new ToolFailure(IpvsadmOptions.REFUSED, "not support: tun-type gue; use ipip or gre");
            default -> throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--tun-type is ipip or gre");
        };
    }

    /** Where packets keep their ports, a realserver has the service's whatever is written, as with ipvsadm 1.31. */
    private static RealserverDefinition reachedBy(
            ServiceDefinition service, RealserverDefinition server, ForwardingMode mode) {
        int port = mode.isOneSided() ? service.port() : server.port();
        return new RealserverDefinition(
                server.address(),
                port,
                server.weight(),
                server.inhibitOnFailure(),
                server.limits(),
                server.check(),
                mode);
    }

    private static RealserverDefinition weighted(
            RealserverDefinition server, IpvsadmOptions options, int weight, ConnectionLimits limits)
            throws ToolFailure {
        return new RealserverDefinition(
                server.address(),
                server.port(),
                options.number(Option.WEIGHT, weight, 0, 65_535),
                server.inhibitOnFailure(),
                new ConnectionLimits(
                        options.number(Option.U_THRESHOLD, limits.upper(), 0, HIGHEST_LIMIT),
                        options.number(Option.L_THRESHOLD, limits.lower(), 0, HIGHEST_LIMIT)),
                server.check(),
                server.mode());
    }

    static ServiceDefinition added(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        ForwardingMode mode = mode(options, ForwardingMode.DIRECT);
        RealserverDefinition named = reachedBy(service, server(service, options), mode);
        RealserverDefinition added = weighted(named, options, 1, ConnectionLimits.NONE);
        if (service.realservers().stream().anyMatch(known -> isSame(known, added))) {
            throw new ToolFailure(
                    IpvsadmOptions.REFUSED,
                    "already exist: real server " + added.address().withPort(added.port()));
        }
        List<RealserverDefinition> servers = new ArrayList<>(service.realservers());
        servers.add(added);
        return service.withRealservers(servers);
    }

    static ServiceDefinition edited(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        RealserverDefinition before = known(service, options);
        RealserverDefinition same = reachedBy(service, before, mode(options, before.mode()));
        RealserverDefinition after = weighted(same, options, before.weight(), before.limits());
        return service.withRealservers(service.realservers().stream()
                .map(known -> known.equals(before) ? after : known)
                .toList());
    }

    static ServiceDefinition deleted(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        RealserverDefinition gone = known(service, options);
        return service.withRealservers(service.realservers().stream()
                .filter(known -> !known.equals(gone))
                .toList());
    }
}
