package io.twoarm.director.command;

import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.service.TemplateStatus;
import io.twoarm.director.session.SessionStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of connections, and of clients that come back to their realserver. */
final class IpvsadmConnections {
    private final DirectorView.Running director;
    private final IpvsadmOptions options;
    private final StringBuilder out;

    IpvsadmConnections(DirectorView.Running director, IpvsadmOptions options, StringBuilder out) {
        this.director = director;
        this.options = options;
        this.out = out;
    }

    void list() throws ToolFailure {
        if (options.has(Option.PERSISTENT_CONN)) {
            director.forwarder()
                    .templates(IpvsadmListing.MOST_SESSIONS, director.nowMicros())
                    .forEach(this::template);
            return;
        }
        Optional<ServiceKey> wanted = IpvsadmChoice.named(options, director);
        Optional<String> pair = options.value(Option.SOCKPAIR);
        List<SessionStatus> found =
                director.forwarder().sessions(IpvsadmListing.MOST_SESSIONS, director.nowMicros()).stream()
                        .filter(session -> wanted.isEmpty()
                                || wanted.get()
                                        .equals(new ServiceKey(
                                                session.protocol(), session.virtual(), session.virtualPort())))
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
}
