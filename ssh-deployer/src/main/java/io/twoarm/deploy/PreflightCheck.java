package io.twoarm.deploy;

import io.twoarm.artifact.HostService;
import io.twoarm.deploy.HostPreflight.Fact;
import io.twoarm.deploy.HostPreflight.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From what a host says of itself to facts and findings for people. */
final class PreflightCheck {
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
    private static final Set<String> OTHER_DIRECTORS =
            Set.of("dpvs.service", "keepalived.service", "ldirectord.service");

    private final HostDesign design;
    private final HostFacts host;
    private final HardwareCheck hardware;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private PreflightCheck(HostDesign design, HostFacts host, HostNeeds needs) {
        this.hardware = new HardwareCheck(needs);
        this.design = design;
        this.host = host;
    }

    static HostPreflight of(SshConnection connection, HostDesign design, HostNeeds needs) {
        PreflightCheck check = new PreflightCheck(design, HostFacts.gather(connection, design), needs);
        Instant before = Instant.now();
        CommandResult result = connection
                .run(RemoteCommand.script(RemoteScript.PREFLIGHT.text(), check.hardware.questions())
                        .labelled("preflight.sh"))
                .orThrow();
        check.standard();
        check.tell(result.stdout(), before, Instant.now());
        check.judge();
        return new HostPreflight(design.host(), check.facts, check.findings);
    }

    private void standard() {
        facts.add(new Fact("system", host.system()));
        networkFiles(host, design.host()).ifPresent(facts::add);
        facts.add(new Fact("kernel", host.kernel() + ", " + host.architecture()));
        facts.add(new Fact("systemd", host.initState()));
        facts.add(new Fact(
                "free space",
                host.space().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> "%s %d MiB".formatted(entry.getKey(), entry.getValue() / 1024))
                        .collect(Collectors.joining(", "))));
    }

    /** How the files of the host's own network are made, which no deployment touches. */
    static Optional<Fact> networkFiles(HostFacts host, String name) {
        return host.target()
                .filter(system -> !system.assumed())
                .map(system -> new Fact(
                        "network files",
                        "twoarm recipe %s DIR --host %s"
                                .formatted(system.network().word(), name)));
    }

    private void tell(String text, Instant before, Instant after) {
        boolean begun = false;
        for (String line : text.lines().toList()) {
            String[] field = line.split("\t", -1);
            if (!begun) {
                begun = line.equals("preflight");
                continue;
            }
            hardware.tell(field, facts);
            switch (field[0]) {
                case "user" -> user(field[1], field[2]);
                case "time" -> clock(Instant.ofEpochSecond(Long.parseLong(field[1])), before, after);
                case "processor" -> facts.add(new Fact("processors", field[1] + " x " + field[2]));
                case "memory" ->
                    facts.add(new Fact("memory", "%s MiB, %s MiB available".formatted(mebi(field[1]), mebi(field[2]))));
                case "hugepages" ->
                    facts.add(new Fact("hugepages", "%s of %s, %s free".formatted(field[2], field[1], field[3])));
                case "iommu" -> facts.add(new Fact("IOMMU", field[1] + " groups, vfio-pci loaded: " + field[2]));
                case "nic" -> facts.add(new Fact("NIC", nic(field)));
                case "headers" -> facts.add(new Fact("headers", field[1]));
                case "dpdk" -> facts.add(new Fact("DPDK", field[1]));
                case "configuration" -> facts.add(new Fact("has", field[1]));
                case "network" -> facts.add(new Fact("network by", field[1]));
                case "selinux" -> facts.add(new Fact("SELinux", field[1].equals("1") ? "enforcing" : "permissive"));
                case "firewall" -> firewall(field[1]);
                case "listening" -> facts.add(new Fact("listening", field[1]));
                case "service" -> service(field[1]);
                default -> {
                    // "end", and what a login shell prints after it.
                }
            }
        }
    }

    private static long mebi(String kibi) {
        return Long.parseLong(kibi) / 1024;
    }

    private static String nic(String[] field) {
        return field[2].equals("virtual")
                ? "%s, virtual, %s receive queues".formatted(field[1], field[5])
                : "%s at %s, driver %s, NUMA node %s, %s of %s receive queues, RSS %s, flow rules %s"
                        .formatted(field[1], field[2], field[3], field[4], field[5], field[6], field[7], field[8]);
    }

    private void user(String name, String id) {
        facts.add(new Fact("user", name));
        if (!id.equals("0")) {
            findings.add(new Finding(
                    true,
                    "commands run as " + name,
                    "root",
                    "set the user of the host's ssh entry to root, or allow that user sudo"));
        }
    }

    private void clock(Instant there, Instant before, Instant after) {
        // The host tells whole seconds.
        Duration ahead = Duration.between(after, there);
        Duration behind = Duration.between(there.plusSeconds(1), before);
        Duration skew = ahead.compareTo(behind) > 0 ? ahead : behind;
        if (skew.compareTo(CLOCK_TOLERANCE) > 0) {
            findings.add(new Finding(
                    false,
                    "the clock is %d s %s".formatted(skew.toSeconds(), skew.equals(ahead) ? "ahead" : "behind"),
                    "less than %d s, so that logs and histories of hosts can be compared"
                            .formatted(CLOCK_TOLERANCE.toSeconds()),
                    "let it follow a time server: timedatectl set-ntp true"));
        }
    }

    private void firewall(String name) {
        facts.add(new Fact("firewall", name));
        findings.add(new Finding(
                false,
                "the firewall %s is active".formatted(name),
                "that it lets pass what this host serves, and VRRP (protocol 112) and BGP (TCP 179) of groups",
                switch (name) {
                    case "firewalld" ->
                        "firewall-cmd --permanent --add-port=PORT/tcp and --add-protocol=vrrp, then firewall-cmd --reload";
                    case "ufw" -> "ufw allow PORT/tcp";
                    default -> "look at its rules (iptables-save, nft list ruleset)";
                }));
    }

    private void service(String unit) {
        facts.add(new Fact("running", unit));
        boolean ours = design.services().stream().map(HostService::unit).anyMatch(unit::equals);
        if (!ours && design.bundle().isPresent() && OTHER_DIRECTORS.contains(unit)) {
            findings.add(new Finding(
                    true,
                    unit + " runs, another load balancer",
                    "one director for the ports and addresses of this host",
                    "stop it first: systemctl disable --now " + unit));
        }
    }

    private void judge() {
        Suitability.findings(host, design, HostChange.between(host, design))
                .forEach(finding -> findings.add(new Finding(true, finding.found(), finding.needed(), finding.fix())));
        host.assumption()
                .ifPresent(finding -> findings.add(
                        new Finding(false, "the system is " + finding.found(), finding.needed(), finding.fix())));
        findings.addAll(hardware.judge());
        host.unfinished()
                .forEach(id -> findings.add(new Finding(
                        false,
                        "the change %s has no result yet".formatted(id),
                        "nothing; the next deployment completes it or takes it back",
                        "repeat the deployment")));
        List<String> missing = host.missingPackages(design);
        if (!missing.isEmpty()) {
            findings.add(new Finding(
                    false,
                    "not installed: " + String.join(", ", missing),
                    "these packages; the deployment installs them, if the host reaches its package mirror",
                    "nothing, or beforehand on the host: "
                            + host.target()
                                    .map(system -> system.manager().forPeople(missing))
                                    .orElse("install them")));
        }
    }
}
