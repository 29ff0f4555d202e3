package io.twoarm.diagnose.capture;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.SshConnection;
import io.twoarm.diagnose.host.DiagnoseException;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sessions of directors, whatever software they run. */
public final class SessionTables {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MOST = "100000";
    private static final int STATE = 2;
    private static final int CLIENT = 3;
    private static final int VIRTUAL = 4;
    private static final int AFTER_VIRTUAL = 5;

    private SessionTables() {}

    /** The sessions of a director now; none when it does not answer. */
    public static List<Translation> read(HostAccess hosts, Host.Director director) {
        try {
            SshConnection host = hosts.open(director.name());
            CommandResult answer = director.kind() == DirectorKind.BUNDLED
                    ? host.run(DaemonBundle.CONTROL_COMMAND, "--json", "sessions", MOST)
                    : host.run("ipvsadm", "-L", "-n", "-c");
            if (!answer.succeeded()) {
                return List.of();
            }
            return director.kind() == DirectorKind.BUNDLED ? ofDirector(answer.stdout()) : ofIpvsadm(answer.stdout());
        } catch (DeployException | DiagnoseException e) {
            return List.of();
        }
    }

    /** Reads the answer of {@code sessions} (see {@code docs/control-protocol.md}). */
    static List<Translation> ofDirector(String json) {
        List<Translation> sessions = new ArrayList<>();
        try {
            for (JsonNode each : JSON.readTree(json).path("sessions")) {
                Endpoint client = Endpoint.parse(each.path("client").asString());
                Endpoint virtual = Endpoint.parse(each.path("virtual").asString());
                Endpoint realserver = Endpoint.parse(each.path("realserver").asString());
                String local = each.path("local").asString();
                sessions.add(new Translation(
                        protocol(each.path("protocol").asString()),
                        client,
                        virtual,
                        local.isEmpty() ? client : Endpoint.parse(local),
                        realserver,
                        each.path("state").asString()));
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // A table that is cut has what it has.
        }
        return List.copyOf(sessions);
    }

    /**
     * Reads {@code ipvsadm -Lnc}: protocol, expiry, state, client, virtual, with DPVS the local address, realserver.
     */
    static List<Translation> ofIpvsadm(String text) {
        List<Translation> sessions = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().replaceFirst("^\\[\\d+]", "").split("\\s+");
            // DPVS puts the protocol in brackets of its own and the expiry behind it.
            if (words.length <= AFTER_VIRTUAL || !words[0].matches("(?i)tcp|udp|sctp|icmp|icmpv6")) {
                continue;
            }
            try {
                Endpoint client = Endpoint.parse(words[CLIENT]);
                Endpoint virtual = Endpoint.parse(words[VIRTUAL]);
                boolean local = words.length > AFTER_VIRTUAL + 1;
                Endpoint realserver = Endpoint.parse(words[local ? AFTER_VIRTUAL + 1 : AFTER_VIRTUAL]);
                Endpoint own = local ? Endpoint.parse(words[AFTER_VIRTUAL]) : client;
                sessions.add(new Translation(protocol(words[0]), client, virtual, own, realserver, words[STATE]));
            } catch (IllegalArgumentException e) {
                // A heading, or a template without ports.
            }
        }
        return List.copyOf(sessions);
    }

    private static int protocol(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "udp" -> Flow.UDP;
            case "sctp" -> Flow.SCTP;
            case "icmp" -> Flow.ICMP;
            case "icmpv6" -> Flow.ICMPV6;
            default -> Flow.TCP;
        };
    }
}
