package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.service.TemplateStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of virtual services and their realservers: sessions, figures, rates, limits. */
final class IpvsadmServices {
    private static final long RATE_MILLIS = 250;

    private final DirectorView.Running director;
    private final IpvsadmOptions options;
    private final StringBuilder out;

    IpvsadmServices(DirectorView.Running director, IpvsadmOptions options, StringBuilder out) {
        this.director = director;
        this.options = options;
        this.out = out;
    }

    void list() throws ToolFailure, InterruptedException {
        List<ServiceStatus> services = IpvsadmChoice.running(options, director);
        out.append("IP Virtual Server version " + IpvsadmListing.VERSION + " (size=0)\n");
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
            List<TemplateStatus> templates =
                    director.forwarder().templates(IpvsadmListing.MOST_SESSIONS, director.nowMicros());
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
            return "MATCH " + service.match().get().text(director::portName);
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
        out.append(format.formatted(name(definition), IpvsadmFlags.of(definition)));
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
        for (ServiceStatus service : IpvsadmChoice.running(options, director)) {
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
                        .map(IpvsadmServices::figures)
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
}
