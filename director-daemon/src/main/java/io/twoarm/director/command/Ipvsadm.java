package io.twoarm.director.command;

import io.twoarm.config.keepalived.ServiceOptions;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ConnectionLimits;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.Persistence;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.TrafficLimits;
import io.twoarm.director.session.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code ipvsadm}: virtual services, realservers and local addresses. */
public final class Ipvsadm implements Tool {
    /** As ipvsadm ends when the other side refuses. */
    private static final int REFUSED = 255;

    private static final int HIGHEST_LIMIT = 1 << 24;
    private static final int LONGEST_SECONDS = 31_536_000;
    private static final int DEFAULT_PERSISTENCE = 360;
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

    @Override
    public String name() {
        return "ipvsadm";
    }

    @Override
    public ToolOutput run(List<String> words, DirectorView.Running director) throws InterruptedException {
        try {
            IpvsadmOptions options = IpvsadmOptions.parse(words);
            return switch (options.command()) {
                case HELP -> ToolOutput.done(ToolHelp.IPVSADM);
                case LIST, GET_LADDR, GET_BLKLST, GET_WHTLST, SAVE, VERSION ->
                    new IpvsadmListing(director, options).run();
                default -> {
                    execute(options, director);
                    yield ToolOutput.done("");
                }
            };
        } catch (ToolFailure e) {
            return new ToolOutput(e.status(), "", "ipvsadm: " + e.getMessage() + "\n");
        } catch (ControlException | IllegalArgumentException e) {
            return new ToolOutput(REFUSED, "", "ipvsadm: " + e.getMessage() + "\n");
        }
    }

    private static void execute(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        refuseUnsupported(options);
        switch (options.command()) {
            case ADD_SERVICE -> addService(options, director);
            case EDIT_SERVICE -> editService(options, director, service -> withPolicy(service, options));
            case DELETE_SERVICE -> {
                ServiceKey key = service(options, director);
                find(director, key);
                director.change(tables -> tables.withServices(tables.services().stream()
                        .filter(service -> !service.key().equals(key))
                        .toList()));
            }
            case CLEAR -> director.change(tables -> tables.withServices(List.of()));
            case ADD_SERVER -> editService(options, director, service -> addServer(service, options));
            case EDIT_SERVER -> editService(options, director, service -> editServer(service, options));
            case DELETE_SERVER -> editService(options, director, service -> deleteServer(service, options));
            case ADD_BLKLST, DEL_BLKLST, ADD_WHTLST, DEL_WHTLST ->
                editService(options, director, service -> IpvsadmAccess.edited(service, options));
            case ADD_LADDR -> addLocalAddress(options, director);
            case DEL_LADDR -> deleteLocalAddress(options, director);
            case ZERO ->
                director.zero(
                        namedService(options, director).isPresent()
                                ? Optional.of(find(director, service(options, director))
                                        .key())
                                : Optional.empty());
            case SET -> setTimeouts(options, director);
            default ->
                throw new ToolFailure(
                        REFUSED, "not support: " + options.command().longName());
        }
    }

    private static void refuseUnsupported(IpvsadmOptions options) throws ToolFailure {
        if (options.has(Option.FWMARK_SERVICE)) {
            throw new ToolFailure(
                    REFUSED,
                    "not support: --fwmark-service; the kernel's firewall sets marks, and packets of this director do not"
                            + " pass it. Name the service by -t, -u, --sctp-service, -q, -1, or by -H");
        }
        for (Option option : List.of(Option.QUIC, Option.PE, Option.DEST_CHECK)) {
            if (options.has(option)) {
                throw new ToolFailure(REFUSED, "not support: " + option.longName());
            }
        }
    }

    /** The service that the options name. */
    static ServiceKey service(IpvsadmOptions options, DirectorView.Running director) throws ToolFailure {
        return namedService(options, director)
                .orElseThrow(() -> new ToolFailure(
                        IpvsadmOptions.WRONG_USAGE,
                        options.command().longName() + " needs a service: -t, -u, --sctp-service, -q, -1 or -H"));
    }

    /** The service that the options name, if any. */
    static Optional<ServiceKey> namedService(IpvsadmOptions options, DirectorView.Running director) throws ToolFailure {
        try {
            if (options.has(Option.TCP_SERVICE)) {
                return Optional.of(withPort(Protocol.TCP, options.required(Option.TCP_SERVICE)));
            }
            if (options.has(Option.UDP_SERVICE)) {
                return Optional.of(withPort(Protocol.UDP, options.required(Option.UDP_SERVICE)));
            }
            if (options.has(Option.SCTP_SERVICE)) {
                return Optional.of(withPort(Protocol.SCTP, options.required(Option.SCTP_SERVICE)));
            }
            if (options.has(Option.ICMP_SERVICE)) {
                Endpoint end = Endpoint.parse(options.required(Option.ICMP_SERVICE), "icmp");
                return Optional.of(new ServiceKey(Protocol.ICMP, end.address(), 0));
            }
            if (options.has(Option.ICMPV6_SERVICE)) {
                Endpoint end = Endpoint.parse(options.required(Option.ICMPV6_SERVICE), "icmp");
                return Optional.of(new ServiceKey(Protocol.ICMPV6, end.address(), 0));
            }
            if (options.has(Option.MATCH)) {
                FlowMatch match = IpvsadmMatch.parse(options.required(Option.MATCH), director);
                return Optional.of(
                        ServiceDefinition.matching(match, Optional.empty(), ServicePolicy.ROUND_ROBIN, List.of())
                                .key());
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "illegal virtual server: " + e.getMessage());
        }
    }

    private static ServiceKey withPort(Protocol protocol, String text) {
        Endpoint end = Endpoint.parse(text, protocol == Protocol.UDP ? "udp" : "tcp");
        int port = end.port().orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" has no port"));
        if (port == 0) {
            throw new IllegalArgumentException("port 0, every port, is not supported");
        }
        return new ServiceKey(protocol, end.address(), port);
    }

    private static ServiceDefinition find(DirectorView.Running director, ServiceKey key) throws ToolFailure {
        return find(director.tables(), key)
                .orElseThrow(() -> new ToolFailure(REFUSED, "no service: " + key + " does not exist"));
    }

    private static Optional<ServiceDefinition> find(ForwardingTables tables, ServiceKey key) {
        return tables.services().stream()
                .filter(service -> service.key().equals(key))
                .findFirst();
    }

    private static void addService(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceKey key = service(options, director);
        if (find(director.tables(), key).isPresent()) {
            throw new ToolFailure(REFUSED, "already exist: " + key);
        }
        ServiceDefinition service = withPolicy(fresh(key), options);
        director.change(tables -> {
            List<ServiceDefinition> services = new ArrayList<>(tables.services());
            services.add(service);
            return tables.withServices(services);
        });
    }

    private static ServiceDefinition fresh(ServiceKey key) {
        return key.match()
                .map(match -> ServiceDefinition.matching(match, Optional.empty(), ServicePolicy.ROUND_ROBIN, List.of()))
                .orElseGet(() -> new ServiceDefinition(
                        key.address(),
                        key.port(),
                        key.protocol(),
                        key.protocol() == Protocol.TCP,
                        Optional.empty(),
                        List.of(),
                        List.of()));
    }

    private interface Edit {
        ServiceDefinition apply(ServiceDefinition service) throws ToolFailure;
    }

    private static void editService(IpvsadmOptions options, DirectorView.Running director, Edit edit)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceDefinition edited = edit.apply(find(director, service(options, director)));
        director.change(replacing(edited));
    }

    private static UnaryOperator<ForwardingTables> replacing(ServiceDefinition edited) {
        return tables -> tables.withServices(tables.services().stream()
                .map(service -> service.key().equals(edited.key()) ? edited : service)
                .toList());
    }

    private static ServiceDefinition withPolicy(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
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
                                traffic(options)),
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
                throw new ToolFailure(REFUSED, "not support: proxy-protocol " + wanted.get());
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
                        REFUSED,
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
            case "gue" -> throw new ToolFailure(REFUSED, "not support: tun-type gue; use ipip or gre");
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

    private static ServiceDefinition addServer(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        ForwardingMode mode = mode(options, ForwardingMode.DIRECT);
        RealserverDefinition named = reachedBy(service, server(service, options), mode);
        RealserverDefinition added = weighted(named, options, 1, ConnectionLimits.NONE);
        if (service.realservers().stream().anyMatch(known -> isSame(known, added))) {
            throw new ToolFailure(
                    REFUSED, "already exist: real server " + added.address().withPort(added.port()));
        }
        List<RealserverDefinition> servers = new ArrayList<>(service.realservers());
        servers.add(added);
        return service.withRealservers(servers);
    }

    private static ServiceDefinition editServer(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        RealserverDefinition before = known(service, options);
        RealserverDefinition same = reachedBy(service, before, mode(options, before.mode()));
        RealserverDefinition after = weighted(same, options, before.weight(), before.limits());
        return service.withRealservers(service.realservers().stream()
                .map(known -> known.equals(before) ? after : known)
                .toList());
    }

    private static ServiceDefinition deleteServer(ServiceDefinition service, IpvsadmOptions options)
            throws ToolFailure {
        RealserverDefinition gone = known(service, options);
        return service.withRealservers(service.realservers().stream()
                .filter(known -> !known.equals(gone))
                .toList());
    }

    private static void addLocalAddress(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceDefinition service = find(director, service(options, director));
        IpAddress local = IpAddress.parse(options.required(Option.LADDR));
        int port = DpipDevices.port(director, options.required(Option.IFNAME), REFUSED);
        if (service.localAddresses().contains(local)) {
            throw new ToolFailure(REFUSED, "already exist: local address " + local);
        }
        List<IpAddress> locals = new ArrayList<>(service.localAddresses());
        locals.add(local);
        UnaryOperator<ForwardingTables> change = replacing(service.withLocalAddresses(locals));
        director.change(tables -> {
            boolean known =
                    tables.addresses().stream().anyMatch(own -> own.address().equals(local));
            List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
            if (!known) {
                addresses.add(new OwnAddress(local, port, OwnAddress.Role.LOCAL));
            }
            return change.apply(tables.withAddresses(addresses));
        });
    }

    /** The address goes with the last service that uses it. */
    private static void deleteLocalAddress(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceDefinition service = find(director, service(options, director));
        IpAddress local = IpAddress.parse(options.required(Option.LADDR));
        if (!service.localAddresses().contains(local)) {
            throw new ToolFailure(REFUSED, "not exist: local address " + local);
        }
        UnaryOperator<ForwardingTables> change = replacing(service.withLocalAddresses(service.localAddresses().stream()
                .filter(known -> !known.equals(local))
                .toList()));
        director.change(tables -> {
            ForwardingTables changed = change.apply(tables);
            boolean used = changed.services().stream()
                    .anyMatch(other -> other.localAddresses().contains(local));
            return changed.withAddresses(changed.addresses().stream()
                    .filter(own -> used || !own.address().equals(local) || own.role() != OwnAddress.Role.LOCAL)
                    .toList());
        });
    }

    private static void setTimeouts(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        String text = options.required(Option.SET);
        if (!text.matches("\\d{1,8} \\d{1,8} \\d{1,8}")) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--set takes three numbers of seconds: TCP TCPFIN UDP");
        }
        String[] seconds = text.split(" ");
        director.change(tables -> tables.withTimeouts(tables.timeouts()
                .changed(SessionState.ESTABLISHED, Integer.parseInt(seconds[0]))
                .changed(SessionState.FIN_WAIT, Integer.parseInt(seconds[1]))
                .changed(SessionState.UDP_ONEWAY, Integer.parseInt(seconds[2]))
                .changed(SessionState.UDP_NORMAL, Integer.parseInt(seconds[2]))));
    }
}
