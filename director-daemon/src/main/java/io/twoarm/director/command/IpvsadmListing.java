package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.Timeouts;
import java.util.List;

/** The tables of {@code ipvsadm}, column by column as DPVS 1.10 prints them. Names are never looked up. */
final class IpvsadmListing {
    static final String VERSION = "1.10.2";
    static final int MOST_SESSIONS = 100_000;

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
            case SAVE -> {
                for (ServiceStatus status : chosen()) {
                    IpvsadmSaved.append(out, status.definition(), director);
                }
            }
            default -> list();
        }
        return ToolOutput.done(out.toString());
    }

    private void accessLists(boolean denied) throws ToolFailure {
        IpvsadmAccess.list(out, chosen().stream().map(ServiceStatus::definition).toList(), denied);
    }

    private List<ServiceStatus> chosen() throws ToolFailure {
        return IpvsadmChoice.running(options, director);
    }

    private void list() throws ToolFailure, InterruptedException {
        if (options.has(Option.CONNECTION)) {
            new IpvsadmConnections(director, options, out).list();
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
            new IpvsadmServices(director, options, out).list();
        }
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
}
