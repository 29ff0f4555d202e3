package io.twoarm.diagnose.probe;

import io.twoarm.deploy.CommandResult;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.VirtualService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A realserver as it is, and what of it can keep a service from answering. */
final class RealserverState {
    private static final Pattern GATEWAY = Pattern.compile("\"gateway\":\"([^\"]+)\"");
    private static final Pattern DEVICE = Pattern.compile("\"dev\":\"([^\"]+)\"");

    private final RealserverPool.Member member;
    private final InetAddress answersTo;
    private final Map<String, String> facts;

    private RealserverState(RealserverPool.Member member, InetAddress answersTo, Map<String, String> facts) {
        this.member = member;
        this.answersTo = answersTo;
        this.facts = facts;
    }

    /** @param answersTo where the realserver's answers go: a local address of the director, or the client */
    static RealserverState read(
            HostAccess hosts, VirtualService service, RealserverPool.Member member, InetAddress answersTo) {
        CommandResult result = hosts.open(member.host())
                .script(
                        script(),
                        IpLiteral.format(member.address()),
                        Integer.toString(member.port()),
                        IpLiteral.format(answersTo),
                        switch (service.protocol()) {
                            case TCP -> "t";
                            case UDP -> "u";
                            case SCTP -> "S";
                        });
        return of(member, answersTo, result.stdout());
    }

    static RealserverState of(RealserverPool.Member member, InetAddress answersTo, String output) {
        Map<String, String> facts = new HashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                facts.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return new RealserverState(member, answersTo, facts);
    }

    private static String script() {
        try (InputStream in = RealserverState.class.getResourceAsStream("realserver.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /**
     * What is looked at, in the order in which a packet meets it.
     *
     * @param designedGateway the next hop that the design has for answers; empty when it is on the same wire
     * @param refused whether the realserver answered with a reset
     * @param silent whether it got packets and did not answer
     */
    List<ProbeFinding> findings(Optional<InetAddress> designedGateway, boolean refused, boolean silent) {
        List<ProbeFinding> findings = new ArrayList<>();
        findings.add(address());
        findings.add(listener(refused));
        findings.add(route(designedGateway));
        findings.add(neighbour());
        filter(silent).ifPresent(findings::add);
        return findings;
    }

    private ProbeFinding address() {
        String address = IpLiteral.format(member.address());
        String check = "has the address " + address;
        return fact("address").equals("no")
                ? ProbeFinding.broken(
                        member.host(), check, "no interface has it", "ip addr add " + address + "/LENGTH dev DEVICE")
                : ProbeFinding.good(member.host(), check, "");
    }

    private ProbeFinding listener(boolean refused) {
        String check = "a program listens on port " + member.port();
        String listener = fact("listener").replaceAll("\\s+", " ").strip();
        return listener.isEmpty()
                ? ProbeFinding.broken(
                        member.host(),
                        check,
                        "nobody listens" + (refused ? "; connections are refused with RST" : ""),
                        "start the service, such as: systemctl start nginx")
                : ProbeFinding.good(member.host(), check, listener);
    }

    private ProbeFinding route(Optional<InetAddress> designedGateway) {
        String target = IpLiteral.format(answersTo);
        String check = "its answers to " + target + " go "
                + designedGateway
                        .map(gateway -> "by " + IpLiteral.format(gateway))
                        .orElse("directly, on the same wire");
        String route = fact("route");
        Matcher device = DEVICE.matcher(route);
        if (!device.find()) {
            return ProbeFinding.broken(
                    member.host(),
                    check,
                    "no route: ip route get " + target + " says " + route.strip(),
                    "twoarm deploy puts the routes of the design back, as do the interface's address and mask");
        }
        Matcher found = GATEWAY.matcher(route);
        Optional<String> gateway = found.find() ? Optional.of(found.group(1)) : Optional.empty();
        String way = gateway.map(via -> "via " + via + " ").orElse("") + "dev " + device.group(1);
        if (gateway.equals(designedGateway.map(IpLiteral::format))) {
            return ProbeFinding.good(member.host(), check, way);
        }
        return ProbeFinding.broken(
                member.host(),
                check,
                "wrong gateway: they go " + way,
                "ip route show match " + target + "; then ip route del the wrong one"
                        + designedGateway
                                .map(via -> " and ip route add " + target + " via " + IpLiteral.format(via))
                                .orElse(""));
    }

    private ProbeFinding neighbour() {
        String next = fact("next");
        String check = "the next hop " + next + " answers ARP or neighbour discovery";
        String entry = fact("neighbour");
        boolean dead = entry.contains("FAILED") || entry.contains("INCOMPLETE");
        return dead
                ? ProbeFinding.broken(
                        member.host(),
                        check,
                        "ip neigh show " + next + " says FAILED",
                        "correct the gateway, or bring the host up that should have " + next)
                : ProbeFinding.good(member.host(), check, entry.isEmpty() ? "no entry is needed" : "");
    }

    private Optional<ProbeFinding> filter(boolean silent) {
        String rules = (fact("filter") + fact("iptables")).strip();
        String check = "no filter drops its packets";
        if (!rules.isEmpty()) {
            String fix = "nft list ruleset (or iptables-save); take out the rule, or accept port " + member.port()
                    + " before it";
            return Optional.of(
                    silent
                            ? ProbeFinding.broken(member.host(), check, "it has rules such as: " + rules, fix)
                            : ProbeFinding.doubtful(member.host(), check, "it has rules such as: " + rules, fix));
        }
        boolean reversePath =
                !fact("rp_filtered").isEmpty() && !fact("rp_filtered").equals("0");
        if (silent && reversePath) {
            return Optional.of(ProbeFinding.broken(
                    member.host(),
                    "the reverse-path filter lets its packets in",
                    fact("rp_filtered") + " packets were dropped by it (nstat TcpExtIPReversePathFilter); rp_filter is "
                            + fact("rp_filter"),
                    "sysctl -w net.ipv4.conf.all.rp_filter=2, and the same for the device"));
        }
        return Optional.of(ProbeFinding.good(member.host(), check, ""));
    }

    /** Whether programs there see the client that TOA names. */
    ProbeFinding clientAddress() {
        String check = "programs see the client's address (TOA)";
        String module = fact("toa_module");
        if (!module.isEmpty()) {
            return ProbeFinding.good(member.host(), check, "the module " + module + " is loaded");
        }
        String unit = fact("toa_unit");
        if (unit.isEmpty()) {
            return ProbeFinding.broken(
                    member.host(),
                    check,
                    "neither twoarm-toa nor a TOA module is there",
                    "twoarm deploy installs what its kernel takes");
        }
        String found = unit + " is " + fact("toa_state");
        if (fact("toa_state").equals("active")) {
            if (unit.equals("twoarm-toa")) {
                return ProbeFinding.good(member.host(), check, found);
            }
            found += ", and its module is not loaded";
        }
        return ProbeFinding.broken(
                member.host(),
                check,
                found,
                "systemctl restart %s; if that fails: journalctl -u %s".formatted(unit, unit));
    }
}
