package io.twoarm.diagnose.probe;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.SshConnection;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a bundled director says about itself and one service, over its control socket. */
final class DirectorState {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNIT = "twoarm-director.service";

    private final String director;
    private final SshConnection host;

    DirectorState(HostAccess hosts, String director) {
        this.director = director;
        host = hosts.open(director);
    }

    private Optional<JsonNode> ask(String question) {
        CommandResult answer = host.run(DaemonBundle.CONTROL_COMMAND, "--json", question);
        try {
            return answer.succeeded() ? Optional.of(JSON.readTree(answer.stdout())) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Packets dropped since start, by reason, without the zeros. */
    Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>();
        ask("counters")
                .ifPresent(counters -> counters.path("dropped").properties().forEach(each -> {
                    if (each.getValue().asLong() > 0) {
                        drops.put(each.getKey(), each.getValue().asLong());
                    }
                }));
        return drops;
    }

    List<ProbeFinding> findings(VirtualService service, List<RealserverPool.Member> members) {
        Optional<JsonNode> status = ask("status");
        if (status.isEmpty()) {
            String unit = host.run("systemctl", "is-active", UNIT).stdout().strip();
            return List.of(ProbeFinding.broken(
                    director,
                    "the director runs",
                    UNIT + " is " + unit + ", its control socket does not answer",
                    "systemctl start twoarm-director; if that fails: journalctl -u twoarm-director"));
        }
        List<ProbeFinding> findings = new ArrayList<>();
        findings.add(ProbeFinding.good(
                director,
                "the director runs",
                "for " + status.get().path("uptime_seconds").asLong() + " s"));
        findings.addAll(ports());
        findings.addAll(service(service, members));
        return findings;
    }

    private List<ProbeFinding> ports() {
        List<ProbeFinding> findings = new ArrayList<>();
        for (JsonNode port : ask("ports").map(each -> each.path("ports")).orElse(JSON.createArrayNode())) {
            String name = port.path("name").asString();
            String check = "port " + name + " has link";
            if (!port.path("link_up").asBoolean()) {
                findings.add(ProbeFinding.broken(
                        director,
                        check,
                        "no link on " + port.path("device").asString(),
                        "look at cable, switch port and driver; on an af_packet port: ip link set " + name + " up"));
            } else {
                findings.add(lost(port, name, check));
            }
        }
        return findings;
    }

    private ProbeFinding lost(JsonNode port, String name, String check) {
        long lost = port.path("missed").asLong() + port.path("no_buffer").asLong();
        return lost == 0
                ? ProbeFinding.good(director, check, "")
                : ProbeFinding.doubtful(
                        director,
                        "port " + name + " loses nothing",
                        lost + " packets were lost since start: the worker or the packet pool is too small",
                        "give the director a faster core, or raise pktpool_size in dpvs.conf");
    }

    private List<ProbeFinding> service(VirtualService service, List<RealserverPool.Member> members) {
        String endpoint = new Endpoint(service.vip(), service.servicePort()).toString();
        String check = "it has the service " + endpoint;
        Optional<JsonNode> found = find(service);
        if (found.isEmpty()) {
            return List.of(ProbeFinding.broken(
                    director,
                    check,
                    "twoarm-directorctl services does not list it",
                    "twoarm deploy, or on the director: systemctl reload twoarm-director"));
        }
        List<ProbeFinding> findings = new ArrayList<>();
        findings.add(ProbeFinding.good(director, check, ""));
        if (service.mode() == VirtualService.ForwardingMode.FULLNAT
                && found.get().path("local_addresses").isEmpty()) {
            findings.add(ProbeFinding.broken(
                    director,
                    "the service has a local address",
                    "it has none, so that no session can be made",
                    "add the pool's addresses: twoarm deploy, or ipvsadm --add-laddr"));
        }
        for (RealserverPool.Member member : members) {
            realserver(found.get(), member).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<JsonNode> find(VirtualService service) {
        return ask("services")
                .flatMap(answer -> answer.path("services")
                        .valueStream()
                        .filter(each -> each.path("protocol")
                                        .asString()
                                        .equals(service.protocol().name().toLowerCase(Locale.ROOT))
                                && each.path("address").asString().equals(IpLiteral.format(service.vip()))
                                && each.path("port").asInt() == service.servicePort())
                        .findFirst());
    }

    /** Whether the director's health checks have taken a realserver out. */
    boolean isUp(VirtualService service, RealserverPool.Member member) {
        return find(service)
                .flatMap(found -> entry(found, member))
                .map(entry -> entry.path("up").asBoolean())
                .orElse(false);
    }

    private static Optional<JsonNode> entry(JsonNode service, RealserverPool.Member member) {
        return service.path("realservers")
                .valueStream()
                .filter(each -> each.path("address").asString().equals(IpLiteral.format(member.address()))
                        && each.path("port").asInt() == member.port())
                .findFirst();
    }

    private Optional<ProbeFinding> realserver(JsonNode service, RealserverPool.Member member) {
        String name = new Endpoint(member.address(), member.port()).toString();
        Optional<JsonNode> entry = entry(service, member);
        if (entry.isEmpty()) {
            return Optional.of(ProbeFinding.broken(
                    director,
                    "it sends to " + name,
                    "the service does not have this realserver",
                    "twoarm deploy, or on the director: systemctl reload twoarm-director"));
        }
        // Why a check fails is found out on the realserver, which is asked next.
        return entry.get().path("up").asBoolean()
                ? Optional.of(ProbeFinding.good(director, "the health check finds " + member.host() + " up", ""))
                : Optional.of(ProbeFinding.doubtful(
                        director,
                        "the health check finds " + member.host() + " up",
                        "it is down, and gets no new connections",
                        "see what is found on " + member.host()));
    }
}
