package io.twoarm.artifact;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.model.DpvsRelease;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.RouteTable;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything for a director of kind {@code dpvs}. DPVS comes as source: its programs {@code dpvs}, {@code dpip},
 * {@code ipvsadm} and {@code keepalived} are expected in {@link #PROGRAMS}.
 */
final class DpvsArtifacts {
    static final String PROGRAMS = "/usr/local/sbin/";
    static final String DPVS_CONF = "/etc/dpvs.conf";
    static final String KEEPALIVED_CONF = "/etc/keepalived/keepalived.conf";
    static final String NETWORK_SCRIPT = "/etc/twoarm/dpvs-network";
    static final String DPVS_UNIT = "twoarm-dpvs.service";
    static final String NETWORK_UNIT = "twoarm-dpvs-network.service";
    static final String KEEPALIVED_UNIT = "twoarm-dpvs-keepalived.service";
    static final String UNMANAGED_CONF = "/etc/NetworkManager/conf.d/60-twoarm.conf";

    private final Topology topology;
    private final Host.Director director;
    private final DpvsPorts ports;
    private final List<HostFile> files = new ArrayList<>();
    private final List<HostService> services = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();

    DpvsArtifacts(Topology topology, Host.Director director) {
        this.topology = topology;
        this.director = director;
        this.ports = DpvsPorts.of(topology, director);
    }

    HostArtifacts generate() {
        String dpvsConf = new DpvsProgramConfText(topology, director, ports).print();
        checkOwnWork(dpvsConf);
        files.add(new HostFile(DPVS_CONF, 0644, dpvsConf, "ports, workers and sizes of DPVS"));
        files.add(new HostFile(
                KEEPALIVED_CONF,
                0644,
                new KeepalivedProgramText(topology, director, KeepalivedProgramText.Dialect.DPVS).print(),
                "VRRP, local addresses and services"));
        addNetwork();
        addKernelRoutes();
        addUnits();
        files.add(new HostFile(
                UNMANAGED_CONF,
                0644,
                TextFile.render(
                        "unmanaged.conf",
                        Map.of("header", header("Keeps NetworkManager off DPVS's kernel interfaces."))),
                "keeps addresses on the kernel interfaces"));
        BgpSpeaker.addTo(topology, director, files, validations, services);
        validations.add(
                new Validation(List.of("/bin/sh", "-n", Validation.staged(NETWORK_SCRIPT)), "the script can be read"));
        Units.validation(files).ifPresent(validations::add);
        List<String> packages = new ArrayList<>(List.of("iproute2"));
        packages.addAll(BgpSpeaker.packages(topology, director));
        return new HostArtifacts(
                director.name(), packages.stream().sorted().toList(), false, files, validations, services);
    }

    private List<String> header(String... about) {
        return FileHeader.lines(topology, director, about);
    }

    /** A command for {@code dpip} or {@code ip}, and why. */
    public record Step(String comment, String command) {}

    private void addNetwork() {
        String script = TextFile.render(
                "dpvs-network",
                Map.of(
                        "header", header("Gives DPVS and its kernel interfaces their addresses and routes."),
                        "dpip", PROGRAMS + "dpip",
                        "vlans", vlans(),
                        "twins", twins(),
                        "steps", steps()));
        files.add(new HostFile(NETWORK_SCRIPT, 0755, script, "addresses and routes, which keepalived cannot set"));
    }

    /** Routes of ports that DPVS does not drive, such as one for management. */
    private void addKernelRoutes() {
        List<KernelRoutes.KernelRoute> routes = director.routes().stream()
                .filter(route -> RouteTable.outgoingPort(topology, director, route)
                        .filter(director::isKernels)
                        .isPresent())
                .map(route -> KernelRoutes.route(topology, route))
                .toList();
        if (!routes.isEmpty()) {
            new KernelRoutes(topology, director, routes, List.of("Routes of DPVS are in " + NETWORK_SCRIPT + "."))
                    .addTo(files, services);
        }
    }

    private List<Step> vlans() {
        return ports.vlans().stream()
                .map(vlan -> new Step(
                        "VLAN of segment " + vlan.port().segment() + ".",
                        "vlan add " + vlan.port().name() + " link " + vlan.link() + " proto 802.1q id "
                                + vlan.number()))
                .toList();
    }

    private List<Step> twins() {
        List<Step> steps = new ArrayList<>();
        for (Port port : ports.interfaces()) {
            String name = KernelTwin.name(port.name());
            if (!KernelTwin.isUsed(port)) {
                continue;
            }
            steps.add(new Step(
                    "The kernel's side of " + port.name() + " is down after every start of DPVS.",
                    "link set " + name + " up"));
            for (InterfaceAddress own : port.kernelAddresses()) {
                steps.add(new Step(
                        "Own address for VRRP, BGP and health checks.", "addr replace " + own + " dev " + name));
            }
        }
        return steps;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Port port : ports.interfaces()) {
            for (InterfaceAddress own : port.kernelAddresses()) {
                steps.add(new Step(
                        "Packets to this address are for the kernel.",
                        route(IpLiteral.isIpv4(own.address())) + single(own) + " scope kni_host dev " + port.name()));
            }
            for (Prefix network : topology.onLink(director, port)) {
                steps.add(new Step(
                        "The wire of " + port.name() + ".", route(network.isIpv4()) + network + " dev " + port.name()));
            }
            for (InterfaceAddress own : port.addresses()) {
                steps.add(new Step("Own address.", "addr add " + single(own) + " dev " + port.name()));
            }
        }
        addVirtualAddresses(steps);
        for (Route route : director.routes()) {
            RouteTable.outgoingPort(topology, director, route)
                    .filter(ports.interfaces()::contains)
                    .ifPresent(port -> steps.add(new Step(
                            "A route of the project.",
                            route(route.destination().isIpv4())
                                    + (route.destination().isDefault() ? "default" : route.destination())
                                    + route.via()
                                            .map(gateway -> " via " + IpLiteral.format(gateway))
                                            .orElse("")
                                    + " dev " + port.name())));
        }
        return steps;
    }

    /** VIPs that keepalived does not move, and outside addresses, which need a port pool. */
    private void addVirtualAddresses(List<Step> steps) {
        Set<String> commands = new LinkedHashSet<>();
        topology.servicesOf(director)
                .filter(service -> !movedByVrrp(service.director()))
                .map((VirtualService service) -> "addr add " + IpLiteral.format(service.vip()) + "/"
                        + IpLiteral.bits(service.vip()) + " dev " + service.port())
                .forEach(commands::add);
        commands.forEach(command -> steps.add(new Step("A VIP.", command)));
        topology.natGatewaysOf(director)
                .forEach((NatGateway gateway) -> gateway.addresses()
                        .forEach(address -> steps.add(new Step(
                                "Outside address of NAT gateway " + gateway.name() + ", with ports for its sessions.",
                                "addr add " + IpLiteral.format(address) + "/" + IpLiteral.bits(address) + " dev "
                                        + gateway.port() + " sapool"))));
    }

    private boolean movedByVrrp(String owner) {
        return topology.directorGroup(owner)
                .filter(group -> !group.instances().isEmpty())
                .isPresent();
    }

    private static String route(boolean ipv4) {
        return ipv4 ? "route add " : "route -6 add ";
    }

    private static String single(InterfaceAddress own) {
        return IpLiteral.format(own.address()) + "/" + IpLiteral.bits(own.address());
    }

    private void addUnits() {
        boolean dashA = director.release() != DpvsRelease.V1_8;
        List<String> arguments = new ArrayList<>();
        arguments.add("-l 0-" + director.dataplane().workers());
        arguments.add("-m " + director.dataplane().memoryMegabytes());
        arguments.addAll(ports.arguments(dashA));
        HostFile dpvs = unit(DPVS_UNIT, "dpvs.service", Map.of("arguments", arguments), "runs DPVS");
        HostFile network =
                unit(NETWORK_UNIT, "dpvs-network.service", Map.of(), "sets addresses and routes after DPVS's start");
        HostFile keepalived = unit(KEEPALIVED_UNIT, "dpvs-keepalived.service", Map.of(), "runs DPVS's keepalived");
        services.add(new HostService(DPVS_UNIT, List.of(DPVS_CONF, dpvs.path()), false));
        services.add(new HostService(NETWORK_UNIT, List.of(NETWORK_SCRIPT, network.path()), false));
        services.add(new HostService(KEEPALIVED_UNIT, List.of(KEEPALIVED_CONF, keepalived.path()), true));
    }

    private HostFile unit(String name, String template, Map<String, Object> more, String reason) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("header", header("Starts a part of DPVS."));
        values.put("host", director.name());
        values.put("programs", PROGRAMS);
        HostFile file = Units.file(name, TextFile.render(template, values), reason);
        files.add(file);
        return file;
    }

    /** What DPVS would misread is never handed out. What only the bundled director refuses does not matter here. */
    private void checkOwnWork(String dpvsConf) {
        List<String> errors = DpvsFile.parse(dpvsConf).findings().stream()
                .filter(ConfigFinding::isError)
                .filter(finding -> !finding.rule().equals(ConfigFinding.UNSUPPORTED))
                .map(finding -> finding.render(Path.of("dpvs.conf")))
                .toList();
        if (!errors.isEmpty()) {
            throw new GenerationException(
                    "hosts." + director.name(), "DPVS would refuse the configuration that follows", errors);
        }
    }
}
