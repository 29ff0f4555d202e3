package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.service.TemplateStatus;
import io.twoarm.director.service.TrafficLimits;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionStatus;
import io.twoarm.director.session.Timeouts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of {@code ipvsadm}, column by column as DPVS 1.10 prints them. Names are never looked up. */
final class IpvsadmListing {
    private static final String VERSION = "1.10.2";
    private static final int MOST_SESSIONS = 100_000;
    private static final long RATE_MILLIS = 250;

    private final DirectorView.Running director;
    private final IpvsadmOptions options;
    private final StringBuilder out = new StringBuilder();

    IpvsadmListing(DirectorView.Running director, IpvsadmOptions options) {
        this.director = director;
        this.options = options;
    }

    ToolOutput run() throws ToolFailure, InterruptedException {
        switch (options.command()) {
            case VERSION -> out.append("ipvsadm v" + VERSION + " (twoarm-director)\n");
            case GET_LADDR -> localAddresses();
            case GET_BLKLST -> accessLists(true);
            case GET_WHTLST -> accessLists(false);
            case SAVE -> save();
            default -> list();
        }
        return ToolOutput.done(out.toString());
    }

    private void accessLists(boolean denied) throws ToolFailure {
        IpvsadmAccess.list(out, chosen().stream().map(ServiceStatus::definition).toList(), denied);
    }

    private String device(int port) {
        return director.portName(port);
    }

    private void list() throws ToolFailure, InterruptedException {
        if (options.has(Option.CONNECTION)) {
            connections();
        } else if (options.has(Option.TIMEOUT)) {
            Timeouts timeouts = director.tables().timeouts();
            out.append("Timeout (tcp tcpfin udp): %d %d %d%n"
                    .formatted(
                            timeouts.of(SessionState.ESTABLISHED).toSeconds(),
                            timeouts.of(SessionState.FIN_WAIT).toSeconds(),
                            timeouts.of(SessionState.UDP_NORMAL).toSeconds()));
        } else if (options.has(Option.DAEMON)) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "not support: --daemon");
        } else {
            services();
        }
    }

    private List<ServiceStatus> chosen() throws ToolFailure {
        Optional<ServiceKey> wanted = Ipvsadm.namedService(options, director);
        List<ServiceStatus> all = director.forwarder().services();
        if (wanted.isPresent()) {
            List<ServiceStatus> found = all.stream()
                    .filter(service -> service.definition().key().equals(wanted.get()))
                    .toList();
            if (found.isEmpty()) {
                throw new ToolFailure(255, "no service: " + wanted.get() + " does not exist");
            }
            return found;
        }
        return options.has(Option.NOSORT)
                ? all
                : all.stream()
                        .sorted(Comparator.comparing((ServiceStatus service) ->
                                        service.definition().match().isPresent())
                                .thenComparing(service -> service.definition().protocol())
                                .thenComparing(service ->
                                        service.definition().address().isIpv4() ? 0 : 1)
                                .thenComparing(
                                        service ->
                                                service.definition().address().high(),
                                        Long::compareUnsigned)
                                .thenComparing(
                                        service ->
                                                service.definition().address().low(),
                                        Long::compareUnsigned)
                                .thenComparing(service -> service.definition().port()))
                        .toList();
    }

    private void services() throws ToolFailure, InterruptedException {
        List<ServiceStatus> services = chosen();
        out.append("IP Virtual Server version " + VERSION + " (size=0)\n");
        if (options.has(Option.STATS)) {
            figures("   Conns", "  InPkts", " OutPkts", " InBytes", "OutBytes");
            services.forEach(service -> statistics(service, figure -> figure));
        } else if (options.has(Option.RATE)) {
            figures("     CPS", "   InPPS", "  OutPPS", "   InBPS", "  OutBPS");
            rates(services);
        } else if (options.has(Option.THRESHOLDS)) {
            columns("Uthreshold", "Lthreshold", "ActiveConn", "InActConn ");
            services.forEach(service -> rows(service, "%-33s %s%n", this::thresholds));
        } else if (options.has(Option.PERSISTENT_CONN)) {
            out.append("%-33s %-9s %-11s %-10s %-10s%n"
                    .formatted("Prot LocalAddress:Port", "Weight", "PersistConn", "ActiveConn", "InActConn"));
            out.append("  -> RemoteAddress:Port\n");
            List<TemplateStatus> templates = director.forwarder().templates(MOST_SESSIONS, director.nowMicros());
            services.forEach(service -> rows(service, "%-33s %s%n", server -> persistent(service, server, templates)));
        } else {
            out.append("Prot LocalAddress:Port Scheduler Flags\n");
            out.append("  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n");
            services.forEach(service -> rows(service, "%s %s%n", this::plain));
        }
    }

    private void figures(String... names) {
        out.append("%-33s %8s %8s %8s %8s %8s%n"
                .formatted("Prot LocalAddress:Port", names[0], names[1], names[2], names[3], names[4]));
        out.append("  -> RemoteAddress:Port\n");
    }

    private void columns(String... names) {
        out.append("%-33s %-10s %-10s %-10s %-10s%n"
                .formatted("Prot LocalAddress:Port", names[0], names[1], names[2], names[3].trim()));
        out.append("  -> RemoteAddress:Port\n");
    }

    private String name(ServiceDefinition service) {
        if (service.match().isPresent()) {
            return "MATCH " + service.match().get().text(this::device);
        }
        String protocol = service.protocol() == Protocol.ICMPV6
                ? "ICMPv6"
                : service.protocol().name();
        // As wide as the others by one blank less, as ipvsadm prints it.
        return protocol
                + (service.protocol() == Protocol.SCTP ? " " : "  ")
                + service.address().withPort(service.port());
    }

    private static String end(ServiceDefinition service, IpAddress address, int port) {
        String text = address.withPort(port);
        return service.address().isIpv4() && text.length() > 28 ? text.substring(0, 28) : text;
    }

    private void rows(ServiceStatus service, String format, Function<RealserverStatus, String> row) {
        ServiceDefinition definition = service.definition();
        out.append(format.formatted(name(definition), flags(definition.policy(), definition)));
        servers(service)
                .forEach(server -> out.append("  -> %-28s %s%n"
                        .formatted(
                                end(
                                        definition,
                                        server.definition().address(),
                                        server.definition().port()),
                                row.apply(server))));
    }

    /** The sorry server is listed while it serves, as keepalived puts it in and out. */
    private static List<RealserverStatus> servers(ServiceStatus service) {
        boolean served = service.realservers().stream()
                .anyMatch(server -> server.up() && server.definition().weight() > 0);
        return Stream.concat(service.realservers().stream(), served ? Stream.empty() : service.sorryServer().stream())
                .toList();
    }

    private static String flags(ServicePolicy policy, ServiceDefinition service) {
        StringBuilder flags = new StringBuilder(policy.scheduler().keyword()).append(' ');
        if (policy.scheduler() == SchedulerKind.CONHASH) {
            flags.append(policy.hashTarget() == HashTarget.SOURCE ? "sip " : "qid ");
        }
        if (policy.hashTarget() == HashTarget.SOURCE_AND_PORT) {
            flags.append('(').append(policy.scheduler().keyword()).append("-port) ");
        }
        policy.persistence().ifPresent(persistence -> {
            flags.append("persistent ").append(persistence.time().toSeconds()).append(' ');
            if (persistence.prefixLength() < service.address().width()) {
                flags.append("mask ")
                        .append(
                                service.address().isIpv4()
                                        ? mask(persistence.prefixLength())
                                        : persistence.prefixLength())
                        .append(' ');
            }
        });
        if (policy.onePacket()) {
            flags.append("ops ");
        }
        if (policy.synProxy()) {
            flags.append("synproxy ");
        }
        service.establishTimeout()
                .ifPresent(time ->
                        flags.append("conn-timeout ").append(time.toSeconds()).append(' '));
        if (policy.connectionRate() > 0) {
            flags.append("conn-rate ").append(policy.connectionRate()).append(' ');
        }
        append(flags, policy.traffic());
        switch (service.clientAddress()) {
            case PROXY_V1 -> flags.append("ppv1 ");
            case PROXY_V2 -> flags.append("ppv2 ");
            case NONE, TOA, TOA_253 -> {
                // DPVS has no word for these.
            }
        }
        if (policy.expireQuiescent()) {
            flags.append("expire-quiescent ");
        }
        boolean bare = flags.indexOf(" ") == flags.length() - 1;
        return bare ? flags.toString() : flags.toString().stripTrailing();
    }

    private static void append(StringBuilder flags, TrafficLimits traffic) {
        if (traffic.megabits() > 0) {
            flags.append("bps ").append(traffic.megabits()).append("M ");
        }
        if (traffic.proportion() < TrafficLimits.WHOLE) {
            flags.append("limit-proportion ").append(traffic.proportion()).append(' ');
        }
        if (traffic.packets() > 0) {
            flags.append("packet-rate ").append(traffic.packets()).append(' ');
        }
    }

    private static String mask(int length) {
        int bits = length == 0 ? 0 : -1 << 32 - length;
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private String plain(RealserverStatus server) {
        String state =
                server.up() ? server.full() ? " overload" : "" : server.full() ? " inhibited,overload" : " inhibited";
        return "%-7s %-6d %-10d %-10d%s"
                .formatted(
                        server.definition().mode().label(),
                        server.weight(),
                        server.activeSessions(),
                        server.inactiveSessions(),
                        state);
    }

    private String thresholds(RealserverStatus server) {
        return "%-10d %-10d %-10d %-10d"
                .formatted(
                        server.definition().limits().upper(),
                        server.definition().limits().lower(),
                        server.activeSessions(),
                        server.inactiveSessions());
    }

    private static String persistent(ServiceStatus service, RealserverStatus server, List<TemplateStatus> templates) {
        long count = templates.stream()
                .filter(template -> template.service().equals(service.definition())
                        && template.realserver().equals(server.definition()))
                .count();
        return "%-9d %-11d %-10d %-10d"
                .formatted(server.weight(), count, server.activeSessions(), server.inactiveSessions());
    }

    /** With SNAT DPVS counts as in what comes from outside. */
    private static long[] figures(RealserverStatus server) {
        if (server.definition().mode() == ForwardingMode.SNAT) {
            return new long[] {
                server.connections(), server.packetsOut(), server.packetsIn(), server.bytesOut(), server.bytesIn()
            };
        }
        return new long[] {
            server.connections(), server.packetsIn(), server.packetsOut(), server.bytesIn(), server.bytesOut()
        };
    }

    private void statistics(ServiceStatus service, Function<long[], long[]> change) {
        ServiceDefinition definition = service.definition();
        long[] sum = new long[5];
        StringBuilder rows = new StringBuilder();
        for (RealserverStatus server : servers(service)) {
            long[] figures = change.apply(figures(server));
            rows.append("  -> %-28s"
                    .formatted(end(
                            definition,
                            server.definition().address(),
                            server.definition().port())));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += figures[i];
                rows.append(large(figures[i]));
            }
            rows.append('\n');
        }
        out.append("%-33s".formatted(name(definition)));
        for (long figure : sum) {
            out.append(large(figure));
        }
        out.append('\n').append(rows);
    }

    /** Measured for a quarter of a second, so that the numbers are of this moment. */
    private void rates(List<ServiceStatus> before) throws ToolFailure, InterruptedException {
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(RATE_MILLIS);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (ServiceStatus service : chosen()) {
            List<RealserverStatus> earlier = before.stream()
                    .filter(other ->
                            other.definition().key().equals(service.definition().key()))
                    .flatMap(other -> servers(other).stream())
                    .toList();
            List<RealserverStatus> now = servers(service);
            int[] at = {0};
            statistics(service, figures -> {
                int place = at[0]++;
                RealserverDefinition server = now.get(place).definition();
                long[] then = earlier.stream()
                        .filter(other -> other.definition().equals(server))
                        .map(IpvsadmListing::figures)
                        .findFirst()
                        .orElse(figures);
                long[] rates = new long[figures.length];
                for (int i = 0; i < rates.length; i++) {
                    rates[i] = Math.round(Math.max(0, figures[i] - then[i]) / seconds);
                }
                return rates;
            });
        }
    }

    private String large(long number) {
        if (options.has(Option.EXACT) || number < 100_000_000L) {
            return "%9d".formatted(number);
        }
        if (number < 1_000_000_000L) {
            return "%8dK".formatted(number / 1000);
        }
        if (number < 100_000_000_000L) {
            return "%8dM".formatted(number / 1_000_000);
        }
        return number < 100_000_000_000_000L
                ? "%8dG".formatted(number / 1_000_000_000)
                : "%8dT".formatted(number / 1_000_000_000_000L);
    }

    private void localAddresses() throws ToolFailure {
        out.append("%-20s %-8s %-20s %-10s %-10s%n".formatted("VIP:VPORT", "TOTAL", "SNAT_IP", "CONFLICTS", "CONNS"));
        List<LocalAddressStatus> pools = director.forwarder().localAddresses();
        for (ServiceStatus status : chosen()) {
            ServiceDefinition service = status.definition();
            if (service.match().isPresent()) {
                continue;
            }
            out.append("%-20s %-8d  %n"
                    .formatted(
                            service.address().withPort(service.port()),
                            service.localAddresses().size()));
            for (IpAddress local : service.localAddresses()) {
                long used = pools.stream()
                        .filter(pool -> pool.address().equals(local)
                                && service.realservers().stream()
                                        .anyMatch(server -> server.address().equals(pool.realserver())
                                                && server.port() == pool.realserverPort()
                                                && service.protocolTowards(server)
                                                        .name()
                                                        .equals(pool.protocol())))
                        .mapToLong(LocalAddressStatus::used)
                        .sum();
                // A pick never conflicts: the director keeps a map of its free ports.
                out.append("%-20s %-8s %-20s %-10d %-10d%n".formatted("", "", local, 0, used));
            }
        }
    }

    private void connections() throws ToolFailure {
        if (options.has(Option.PERSISTENT_CONN)) {
            director.forwarder().templates(MOST_SESSIONS, director.nowMicros()).forEach(this::template);
            return;
        }
        Optional<ServiceKey> wanted = Ipvsadm.namedService(options, director);
        Optional<String> pair = options.value(Option.SOCKPAIR);
        List<SessionStatus> found = director.forwarder().sessions(MOST_SESSIONS, director.nowMicros()).stream()
                .filter(session -> wanted.isEmpty()
                        || wanted.get()
                                .equals(new ServiceKey(session.protocol(), session.virtual(), session.virtualPort())))
                .filter(session -> pair.isEmpty() || pair.get().equals(pair(session)))
                .toList();
        if (pair.isPresent() && found.isEmpty()) {
            out.append("connection specified not found\n");
        }
        found.forEach(this::connection);
    }

    /** Of a host behind the director DPVS shows what answers see: the destination comes to the director's own address. */
    private void connection(SessionStatus session) {
        boolean outbound = session.virtual().equals(session.realserver());
        String client = session.client().withPort(session.clientPort());
        String virtual = session.virtual().withPort(session.virtualPort());
        String local = session.local().withPort(session.localPort());
        connection(
                session.protocol(),
                idleSeconds(session),
                state(session),
                outbound ? virtual : client,
                outbound ? local : virtual,
                outbound ? virtual : local,
                outbound ? client : session.realserver().withPort(session.realserverPort()));
    }

    private void template(TemplateStatus template) {
        ServiceDefinition service = template.service();
        connection(
                service.protocol(),
                template.endsIn().toSeconds(),
                service.protocol() == Protocol.TCP ? "TCP_NONE" : "UDP_NONE",
                template.network().withPort(0),
                service.address().withPort(service.port()),
                template.network().withPort(0),
                template.realserver().address().withPort(template.realserver().port()));
    }

    private void connection(Protocol protocol, long seconds, String state, String... ends) {
        out.append("[1]%-3s %-6s %-11s %-18s %-18s %-18s %s%n"
                .formatted(
                        protocol.name().toLowerCase(Locale.ROOT),
                        seconds + "s",
                        state,
                        ends[0],
                        ends[1],
                        ends[2],
                        ends[3]));
    }

    private static String pair(SessionStatus session) {
        return session.protocol().name().toLowerCase(Locale.ROOT) + ":"
                + session.client().withPort(session.clientPort()) + ":"
                + session.virtual().withPort(session.virtualPort());
    }

    /** The time that the session's state allows, as DPVS shows it; not what is left of it. */
    private long idleSeconds(SessionStatus session) {
        ServiceKey key = new ServiceKey(session.protocol(), session.virtual(), session.virtualPort());
        return switch (session.state()) {
            case ESTABLISHED, UDP_ONEWAY, UDP_NORMAL, SCTP_ESTABLISHED ->
                director.tables().services().stream()
                        .filter(service -> service.key().equals(key))
                        .flatMap(service -> service.establishTimeout().stream())
                        .findFirst()
                        .orElse(director.tables().timeouts().of(session.state()))
                        .toSeconds();
            default -> director.tables().timeouts().of(session.state()).toSeconds();
        };
    }

    private static String state(SessionStatus session) {
        return switch (session.state()) {
            case NONE -> "TCP_NONE";
            case ESTABLISHED -> "TCP_EST";
            case CLOSE -> "TCP_CLOSE";
            case SYN_SENT, SYN_RECV, FIN_WAIT, TIME_WAIT, CLOSE_WAIT, LAST_ACK, LISTEN, SYNACK ->
                session.state().name();
            case UDP_ONEWAY -> "UDP_ONEWAY";
            case UDP_NORMAL -> "UDP_NORM";
            case ONE_PACKET -> "UDP_LAST";
            case ICMP_ECHO -> "ICMP";
            case SCTP_INIT -> "SCTP_INIT";
            case SCTP_ESTABLISHED -> "SCTP_EST";
            case SCTP_SHUTDOWN -> "SCTP_SHUT";
            case SCTP_CLOSED -> "SCTP_CLOSE";
        };
    }

    /** Commands that make the same services again. DPVS leaves local addresses out; without them nothing would pass. */
    private void save() throws ToolFailure {
        for (ServiceStatus status : chosen()) {
            ServiceDefinition service = status.definition();
            String name = service.match()
                    .map(match -> "-H " + match.option(this::device))
                    .orElseGet(() -> letter(service.protocol()) + " "
                            + (service.port() == 0
                                    ? service.address().toString()
                                    : service.address().withPort(service.port())));
            out.append("-A ").append(name).append(" -s ").append(saved(service)).append('\n');
            for (RealserverDefinition server : service.realservers()) {
                out.append("-a %s -r %s %s -w %d"
                        .formatted(
                                name,
                                server.address().withPort(server.port()),
                                server.mode().option(),
                                server.weight()));
                if (server.limits().upper() != 0) {
                    out.append(" -x %d -y %d"
                            .formatted(server.limits().upper(), server.limits().lower()));
                }
                out.append('\n');
            }
            service.access().denied().forEach(subject -> out.append("-U %s -k %s%n".formatted(name, subject)));
            service.access().allowed().forEach(subject -> out.append("-O %s -2 %s%n".formatted(name, subject)));
            for (IpAddress local : service.localAddresses()) {
                director.tables().addresses().stream()
                        .filter(own -> own.address().equals(local))
                        .findFirst()
                        .ifPresent(own -> out.append("-P %s -z %s -F %s%n".formatted(name, local, device(own.port()))));
            }
        }
    }

    private static String letter(Protocol protocol) {
        return switch (protocol) {
            case TCP -> "-t";
            case UDP -> "-u";
            case SCTP -> "--sctp-service";
            case ICMP -> "-q";
            case ICMPV6 -> "-1";
        };
    }

    private static String saved(ServiceDefinition service) {
        ServicePolicy policy = service.policy();
        StringBuilder text = new StringBuilder(policy.scheduler().keyword());
        if (policy.hashTarget() == HashTarget.SOURCE_AND_PORT) {
            text.append(" --sched-flags ").append(policy.scheduler().keyword()).append("-port");
        } else if (policy.hashTarget() != HashTarget.SOURCE) {
            text.append(" --hash-target ").append(policy.hashTarget().keyword());
        }
        policy.persistence().ifPresent(persistence -> {
            text.append(" -p ").append(persistence.time().toSeconds());
            if (persistence.prefixLength() < service.address().width()) {
                text.append(" -M ").append(persistence.prefixLength());
            }
        });
        if (policy.onePacket()) {
            text.append(" --ops");
        }
        if (policy.synProxy()) {
            text.append(" -j enable");
        }
        service.establishTimeout()
                .ifPresent(time -> text.append(" --conn-timeout ").append(time.toSeconds()));
        if (policy.connectionRate() > 0) {
            text.append(" --conn-rate ").append(policy.connectionRate());
        }
        TrafficLimits traffic = policy.traffic();
        if (traffic.megabits() > 0) {
            text.append(" --bps ").append(traffic.megabits());
        }
        if (traffic.proportion() < TrafficLimits.WHOLE) {
            text.append(" --limit-proportion ").append(traffic.proportion());
        }
        if (traffic.packets() > 0) {
            text.append(" --packet-rate ").append(traffic.packets());
        }
        switch (service.clientAddress()) {
            case PROXY_V1 -> text.append(" --proxy-protocol v1");
            case PROXY_V2 -> text.append(" --proxy-protocol v2");
            case NONE, TOA, TOA_253 -> {
                // DPVS has no option for these.
            }
        }
        if (policy.expireQuiescent()) {
            text.append(" --expire-quiescent");
        }
        return text.toString();
    }
}
