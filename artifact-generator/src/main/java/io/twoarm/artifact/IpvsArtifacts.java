package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Everything for a director of kind {@code ipvs}: the kernel's LVS, set up by the distribution's keepalived. */
final class IpvsArtifacts {
    static final String KEEPALIVED_CONF = "/etc/keepalived/keepalived.conf";
    static final String KEEPALIVED_UNIT = "keepalived.service";
    static final String NAT_RULES = "/etc/twoarm/nat.nft";
    static final String NAT_UNIT = "twoarm-nat.service";

    private final Topology topology;
    private final Host.Director director;
    private final List<HostFile> files = new ArrayList<>();
    private final List<HostService> services = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private final Set<String> packages = new TreeSet<>(List.of("iproute2", "kmod", "procps"));

    IpvsArtifacts(Topology topology, Host.Director director) {
        this.topology = topology;
        this.director = director;
    }

    HostArtifacts generate() {
        new KernelSettings(topology, director, settings(), modules()).addTo(files, services);
        KernelRoutes.of(topology, director, List.of(), List.of()).addTo(files, services);
        List<NatGateway> gateways = topology.natGatewaysOf(director).toList();
        if (!gateways.isEmpty()) {
            addNat(gateways);
        }
        if (needsKeepalived()) {
            addKeepalived();
        }
        ConnectionSync.of(topology, director).ifPresent(sync -> {
            sync.addTo(files, validations, services);
            packages.add(ConnectionSync.PACKAGE);
        });
        BgpSpeaker.addTo(topology, director, files, validations, services);
        packages.addAll(BgpSpeaker.packages(topology, director));
        Units.validation(files).ifPresent(validations::add);
        return new HostArtifacts(director.name(), List.copyOf(packages), false, files, validations, services);
    }

    /** A lone way out whose addresses are the ports' own has nothing to balance and nothing to move. */
    private boolean needsKeepalived() {
        boolean moved = topology.groupOf(director)
                .filter(group -> !group.instances().isEmpty())
                .isPresent();
        boolean extraAddresses = topology.natGatewaysOf(director)
                .flatMap(gateway -> gateway.addresses().stream())
                .anyMatch(address -> director.ports().stream()
                        .flatMap(port -> port.addresses().stream())
                        .noneMatch(own -> own.address().equals(address)));
        return moved
                || extraAddresses
                || topology.servicesOf(director).findAny().isPresent();
    }

    private void addKeepalived() {
        if (topology.servicesOf(director).findAny().isPresent()) {
            packages.add("ipvsadm");
        }
        packages.add("keepalived");
        files.add(new HostFile(
                KEEPALIVED_CONF,
                0644,
                new KeepalivedProgramText(topology, director, KeepalivedProgramText.Dialect.STOCK).print(),
                "virtual addresses, services and health checks"));
        services.add(new HostService(KEEPALIVED_UNIT, List.of(KEEPALIVED_CONF), true));
        validations.add(new Validation(
                List.of("/usr/sbin/keepalived", "--config-test", "--use-file", Validation.staged(KEEPALIVED_CONF)),
                "keepalived accepts its file"));
    }

    private List<KernelSettings.Line> settings() {
        List<KernelSettings.Line> lines = new ArrayList<>();
        boolean forwards = topology.natGatewaysOf(director).findAny().isPresent() || uses(ForwardingMode.NAT);
        if (forwards) {
            lines.add(new KernelSettings.Line(
                    "Packets of realservers and hosts behind this director go on to others.",
                    "net.ipv4.ip_forward",
                    1));
            if (hasIpv6()) {
                lines.add(new KernelSettings.Line("The same for IPv6.", "net.ipv6.conf.all.forwarding", 1));
            }
        }
        String why =
                "No ICMP redirects: on a wire that clients and realservers share they would teach realservers a way"
                        + " around the director. Both the value for all and the port's own must be 0.";
        lines.add(new KernelSettings.Line(why, "net.ipv4.conf.all.send_redirects", 0));
        lines.add(new KernelSettings.Line(
                "Ports that appear later begin with this.", "net.ipv4.conf.default.send_redirects", 0));
        for (Port port : director.ports()) {
            // In the name of a setting a dot separates; in an interface's name it is written as a slash.
            lines.add(new KernelSettings.Line(
                    "Port " + port.name() + " on segment " + port.segment() + ".",
                    "net.ipv4.conf." + port.name().replace('.', '/') + ".send_redirects",
                    0));
        }
        if (ConnectionSync.of(topology, director).isPresent()) {
            lines.add(new KernelSettings.Line(
                    "Packets of connections that were taken over pass although this kernel has not seen those before"
                            + " them, whose sequence numbers it would want to compare.",
                    "net.netfilter.nf_conntrack_tcp_be_liberal",
                    1));
        }
        return lines;
    }

    private boolean uses(ForwardingMode mode) {
        return topology.servicesOf(director).anyMatch(service -> service.mode() == mode);
    }

    private boolean hasIpv6() {
        return director.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .anyMatch(own -> !IpLiteral.isIpv4(own.address()));
    }

    private List<String> modules() {
        Set<String> modules = new LinkedHashSet<>();
        if (ConnectionSync.of(topology, director).isPresent()) {
            // Its settings are there only with it.
            modules.add("nf_conntrack");
        }
        if (topology.servicesOf(director).findAny().isPresent()) {
            modules.add("ip_vs");
        }
        topology.servicesOf(director)
                .map(VirtualService::scheduler)
                .forEach(scheduler -> modules.add("ip_vs_" + scheduler.name().toLowerCase(Locale.ROOT)));
        return List.copyOf(modules);
    }

    private void addNat(List<NatGateway> gateways) {
        packages.add("nftables");
        files.add(new HostFile(
                NAT_RULES,
                0644,
                TextFile.render(
                        "nat.nft",
                        Map.of(
                                "header",
                                FileHeader.lines(
                                        topology, director, "Addresses of connections that leave through this host."),
                                "rules",
                                NatRule.of(gateways),
                                "filters",
                                NatRule.filters(gateways))),
                "gives connections that leave their outside address"));
        HostFile unit = Units.file(
                NAT_UNIT,
                TextFile.render(
                        "nat.service",
                        Map.of(
                                "header",
                                FileHeader.lines(topology, director, "Loads the NAT rules."),
                                "host",
                                director.name())),
                "loads the NAT rules");
        files.add(unit);
        validations.add(new Validation(
                List.of("/usr/sbin/nft", "--check", "--file", Validation.staged(NAT_RULES)),
                "the kernel accepts the rules"));
        services.add(new HostService(NAT_UNIT, List.of(NAT_RULES, unit.path()), false));
    }
}
