package io.twoarm.artifact;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.director.DirectorConfiguration;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything for a director of kind {@code bundled}. */
final class DirectorArtifacts {
    static final String DPVS_CONF = "/etc/twoarm/dpvs.conf";
    static final String KEEPALIVED_CONF = "/etc/twoarm/keepalived.conf";
    static final String NOTIFY_FIFO = "/run/twoarm-vrrp/notify";
    static final String PORTS_SCRIPT = "/etc/twoarm/ports";
    static final String PORTS_RULES = "/etc/twoarm/ports.nft";
    static final String DIRECTOR_UNIT = "twoarm-director.service";
    static final String PORTS_UNIT = "twoarm-ports.service";

    /**
     * DPDK 22.11 of Debian 12, no more than needed: the libraries that the daemon opens, the two buses, the mempool
     * driver, and the drivers of ports that need no hardware. Their dependencies bring the rest.
     */
    private static final List<String> DPDK_PACKAGES = List.of(
            "librte-bus-pci23",
            "librte-bus-vdev23",
            "librte-ethdev23",
            "librte-mempool-ring23",
            "librte-net-af-packet23",
            "librte-net-null23",
            "librte-net-pcap23",
            "librte-net-ring23",
            "librte-net-tap23");

    /** The drivers of all NICs; a topology does not say whose a PCI address is. */
    private static final String NIC_DRIVERS = "librte-meta-net";

    private static final String BOND_DRIVER = "librte-net-bond23";

    private final Topology topology;
    private final Host.Director director;
    private final DirectorPlan plan;

    DirectorArtifacts(Topology topology, Host.Director director) {
        this.topology = topology;
        this.director = director;
        this.plan = DirectorPlan.of(topology, director);
    }

    HostArtifacts generate() {
        String dpvsConf = new DpvsConfText(plan).print();
        String keepalivedConf = new KeepalivedConfText(plan).print();
        checkOwnWork(dpvsConf, keepalivedConf);
        List<HostFile> files = new ArrayList<>();
        List<HostService> services = new ArrayList<>();
        List<Validation> validations = new ArrayList<>();
        files.add(new HostFile(DPVS_CONF, 0644, dpvsConf, "ports, workers and sizes of the dataplane"));
        files.add(new HostFile(KEEPALIVED_CONF, 0644, keepalivedConf, "addresses, routes and services"));
        boolean shared = !plan.sharedInterfaces().isEmpty();
        if (shared) {
            addPorts(files, validations, services);
        }
        DirectorHardware hardware = DirectorHardware.of(plan);
        if (!hardware.isEmpty()) {
            hardware.addTo(files, validations, services);
        }
        KernelRoutes.of(topology, plan).ifPresent(routes -> routes.addTo(files, services));
        addDirector(shared, !hardware.isEmpty(), files, services);
        new BundledVrrp(plan).addTo(files, services, validations);
        validations.add(new Validation(
                List.of(
                        DaemonBundle.COMMAND,
                        "--check",
                        "-c",
                        Validation.staged(DPVS_CONF),
                        "-k",
                        Validation.staged(KEEPALIVED_CONF)),
                "the director accepts both of its files"));
        Units.validation(files).ifPresent(validations::add);
        return new HostArtifacts(director.name(), packages(shared), true, files, validations, services);
    }

    private void addDirector(
            boolean hasPortsUnit, boolean hasHardwareUnit, List<HostFile> files, List<HostService> services) {
        EalCommandLine eal = EalCommandLine.of(plan);
        String unit = TextFile.render(
                "director.service",
                Map.of(
                        "header", FileHeader.lines(topology, director, "The director daemon."),
                        "host", director.name(),
                        "command", DaemonBundle.COMMAND,
                        "hasPortsUnit", hasPortsUnit,
                        "twins", twins(),
                        "hasHardwareUnit", hasHardwareUnit,
                        "ealNotes", eal.notes(),
                        "ealArguments", lines(eal.arguments())));
        HostFile file = Units.file(DIRECTOR_UNIT, unit, "runs the director daemon");
        files.add(file);
        services.add(new HostService(
                DIRECTOR_UNIT,
                List.of(DPVS_CONF, KEEPALIVED_CONF, file.path(), DaemonBundle.INSTALL_PATH),
                false,
                List.of(KEEPALIVED_CONF)));
    }

    /** Commands that give the kernel's interfaces beside the ports their addresses. */
    private List<String> twins() {
        return plan.ports().stream()
                .flatMap(port -> port.kernelAddresses().stream()
                        .map(own -> "addr replace " + own + " dev " + KernelTwin.name(port.name())))
                .toList();
    }

    /** One argument with its value to a line. */
    private static List<String> lines(List<String> arguments) {
        List<String> lines = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("-")) {
                lines.add(argument);
            } else {
                lines.add(lines.removeLast() + " " + argument);
            }
        }
        return lines;
    }

    private void addPorts(List<HostFile> files, List<Validation> validations, List<HostService> services) {
        List<String> interfaces = plan.sharedInterfaces();
        String script = TextFile.render(
                "ports",
                Map.of(
                        "header",
                        FileHeader.lines(topology, director, "Hands the dataplane's interfaces over to it, and back."),
                        "interfaces",
                        interfaces));
        String rules = TextFile.render(
                "ports.nft",
                Map.of(
                        "header",
                        FileHeader.lines(topology, director, "Keeps the kernel off the interfaces of the dataplane."),
                        "interfaces",
                        interfaces));
        String unit = TextFile.render(
                "ports.service",
                Map.of(
                        "header",
                                FileHeader.lines(
                                        topology, director, "Prepares the dataplane's interfaces before it starts."),
                        "host", director.name(),
                        "interfaces", interfaces));
        HostFile unitFile = Units.file(PORTS_UNIT, unit, "prepares the dataplane's interfaces");
        files.add(new HostFile(PORTS_SCRIPT, 0755, script, "hands interfaces over to the dataplane and back"));
        files.add(new HostFile(PORTS_RULES, 0644, rules, "keeps the kernel off the dataplane's interfaces"));
        files.add(unitFile);
        validations.add(
                new Validation(List.of("/bin/sh", "-n", Validation.staged(PORTS_SCRIPT)), "the script can be read"));
        validations.add(new Validation(
                List.of("/usr/sbin/nft", "--check", "--file", Validation.staged(PORTS_RULES)),
                "the kernel accepts the rules"));
        services.add(new HostService(PORTS_UNIT, List.of(PORTS_SCRIPT, PORTS_RULES, unitFile.path()), false));
    }

    private List<String> packages(boolean shared) {
        return Stream.of(
                        DPDK_PACKAGES.stream(),
                        Stream.of("iproute2"),
                        plan.vrrp().isPresent() ? Stream.of("keepalived") : Stream.<String>empty(),
                        shared ? Stream.of("ethtool", "nftables") : Stream.<String>empty(),
                        plan.hasBonds() ? Stream.of(BOND_DRIVER) : Stream.<String>empty(),
                        plan.hasHardware() ? Stream.of(NIC_DRIVERS, "kmod") : Stream.<String>empty())
                .flatMap(packages -> packages)
                .sorted()
                .toList();
    }

    /** What the director would refuse is never handed out. */
    private void checkOwnWork(String dpvsConf, String keepalivedConf) {
        DpvsFile dpvs = DpvsFile.parse(dpvsConf);
        KeepalivedFile keepalived = KeepalivedFile.parse(keepalivedConf);
        List<String> errors = Stream.of(
                        dpvs.findings(),
                        keepalived.findings(),
                        DirectorConfiguration.check(dpvs.conf(), keepalived.conf()))
                .flatMap(List::stream)
                .filter(ConfigFinding::isError)
                .map(finding -> finding.render(Path.of(finding.file().fileName())))
                .toList();
        if (!errors.isEmpty()) {
            throw new GenerationException(
                    "hosts." + director.name(), "the director would refuse the configuration that follows", errors);
        }
    }
}
