package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.toa.TunnelEnd;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The VIPs that a realserver has itself for services in mode DR and tunnel, and the settings that keep them quiet. */
final class RealserverAddresses {
    static final String UNIT = "twoarm-vips.service";

    /** Takes packets out of tunnels, by the kernel's receivers or without them. */
    static final String TUNNEL_LOADER = "/usr/local/sbin/twoarm-tunnel";

    private final Topology topology;
    private final Host.Realserver realserver;

    /** Each VIP, and whether its packets come by a tunnel. */
    private final Map<InetAddress, Boolean> vips = new LinkedHashMap<>();

    private RealserverAddresses(Topology topology, Host.Realserver realserver) {
        this.topology = topology;
        this.realserver = realserver;
        for (VirtualService service : topology.virtualServices()) {
            if (service.mode().vipOnRealservers() && serves(service)) {
                vips.merge(service.vip(), service.mode() == ForwardingMode.TUNNEL, Boolean::logicalOr);
            }
        }
    }

    static RealserverAddresses of(Topology topology, Host.Realserver realserver) {
        return new RealserverAddresses(topology, realserver);
    }

    void addTo(List<HostFile> files, List<HostService> services) {
        List<KernelSettings.Line> settings = settings();
        if (!settings.isEmpty()) {
            new KernelSettings(topology, realserver, settings, List.of()).addTo(files, services);
        }
        if (vips.isEmpty()) {
            return;
        }
        List<Line> lines = new ArrayList<>();
        vips.forEach((vip, _) -> lines.add(new Line(
                "Service" + (servicesOf(vip).size() > 1 ? "s " : " ") + String.join(", ", servicesOf(vip)) + ".",
                IpLiteral.format(vip) + "/" + IpLiteral.bits(vip))));
        String text = TextFile.render(
                "vips.service",
                Map.of(
                        "header", FileHeader.lines(topology, realserver, "The VIPs that this realserver answers for."),
                        "host", realserver.name(),
                        "tunnels", tunnels().orElse(""),
                        "vips", lines));
        HostFile file = Units.file(UNIT, text, "gives the realserver the VIPs of its services");
        files.add(file);
        List<String> restartOn = new ArrayList<>(List.of(file.path()));
        if (tunnels().isPresent()) {
            files.add(new HostFile(
                    TUNNEL_LOADER, 0755, TunnelEnd.loader(), "takes the packets of directors out of their tunnels"));
            restartOn.add(TUNNEL_LOADER);
        }
        services.add(new HostService(UNIT, restartOn, false));
    }

    /** What the files need. */
    List<String> packages() {
        return tunnels().isPresent() ? TunnelEnd.PACKAGES : List.of();
    }

    /** One VIP of the unit. */
    public record Line(String comment, String address) {}

    private boolean serves(VirtualService service) {
        return topology.realserverPool(service.realservers()).stream()
                .flatMap(pool -> pool.members().stream())
                .anyMatch(member -> member.host().equals(realserver.name()));
    }

    private List<String> servicesOf(InetAddress vip) {
        return topology.virtualServices().stream()
                .filter(service -> service.vip().equals(vip) && serves(service))
                .map(VirtualService::name)
                .toList();
    }

    /** Families of what is in the tunnels and the ports that they come by, as arguments; empty without tunnels. */
    private Optional<String> tunnels() {
        List<Boolean> ipv4 = vips.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(entry -> IpLiteral.isIpv4(entry.getKey()))
                .distinct()
                .toList();
        if (ipv4.isEmpty()) {
            return Optional.empty();
        }
        String families = ipv4.size() > 1 ? "both" : ipv4.getFirst() ? "ipv4" : "ipv6";
        return Optional.of(families + " "
                + String.join(" ", realserver.ports().stream().map(Port::name).toList()));
    }

    private List<KernelSettings.Line> settings() {
        List<KernelSettings.Line> lines = new ArrayList<>();
        if (vips.keySet().stream().anyMatch(IpLiteral::isIpv4)) {
            lines.add(new KernelSettings.Line(
                    "Answer ARP only for addresses of the port that was asked, so that the VIP stays the director's.",
                    "net.ipv4.conf.all.arp_ignore",
                    1));
            lines.add(new KernelSettings.Line(
                    "Ask by ARP with the port's own address: with the VIP as sender, neighbours would learn it here.",
                    "net.ipv4.conf.all.arp_announce",
                    2));
        }
        if (vips.entrySet().stream().anyMatch(entry -> entry.getValue() && IpLiteral.isIpv4(entry.getKey()))) {
            String why =
                    "Packets come out of the tunnel and are answered through another port. Strict checking would drop"
                            + " them; the greater one of this value and the tunnel's counts.";
            lines.add(new KernelSettings.Line(why, "net.ipv4.conf.all.rp_filter", 2));
        }
        if (usesNat()) {
            lines.add(new KernelSettings.Line(
                    "The way back leads through the director; a redirect must not change that.",
                    "net.ipv4.conf.all.accept_redirects",
                    0));
            lines.add(new KernelSettings.Line(
                    "On a host that does not forward, one of both values would be enough to accept them.",
                    "net.ipv4.conf.default.accept_redirects",
                    0));
            realserver
                    .ports()
                    .forEach(port -> lines.add(new KernelSettings.Line(
                            "Port " + port.name() + ".",
                            "net.ipv4.conf." + port.name().replace('.', '/') + ".accept_redirects",
                            0)));
        }
        return lines;
    }

    private boolean usesNat() {
        return topology.virtualServices().stream()
                .anyMatch(service -> service.mode() == ForwardingMode.NAT && serves(service));
    }
}
