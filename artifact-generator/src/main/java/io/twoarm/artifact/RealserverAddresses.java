package io.twoarm.artifact;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The VIPs that a realserver has itself for services in mode DR and tunnel, and the settings that keep them quiet. */
final class RealserverAddresses {
    static final String UNIT = "twoarm-vips.service";

    /** The kernel's receiver of IPv4 in IPv4. */
    private static final String TUNNEL_IPV4 = "tunl0";

    /** The kernel's receiver of IPv6 in IPv6. */
    private static final String TUNNEL_IPV6 = "ip6tnl0";

    private final Topology topology;
    private final Host.Realserver realserver;

    /** The interface of each VIP. */
    private final Map<InetAddress, String> vips = new LinkedHashMap<>();

    private RealserverAddresses(Topology topology, Host.Realserver realserver) {
        this.topology = topology;
        this.realserver = realserver;
        for (VirtualService service : topology.virtualServices()) {
            if (service.mode().vipOnRealservers() && serves(service)) {
                vips.put(service.vip(), device(service));
            }
        }
    }

    static RealserverAddresses of(Topology topology, Host.Realserver realserver) {
        return new RealserverAddresses(topology, realserver);
    }

    void addTo(List<HostFile> files, List<HostService> services) {
        List<KernelSettings.Line> settings = settings();
        List<String> modules = modules();
        if (!settings.isEmpty()) {
            new KernelSettings(topology, realserver, settings, modules).addTo(files, services);
        }
        if (vips.isEmpty()) {
            return;
        }
        List<Line> lines = new ArrayList<>();
        vips.forEach((vip, device) -> lines.add(new Line(
                "Service" + (servicesOf(vip).size() > 1 ? "s " : " ") + String.join(", ", servicesOf(vip)) + ".",
                IpLiteral.format(vip) + "/" + IpLiteral.bits(vip),
                device)));
        String text = TextFile.render(
                "vips.service",
                Map.of(
                        "header", FileHeader.lines(topology, realserver, "The VIPs that this realserver answers for."),
                        "host", realserver.name(),
                        "tunnels", tunnels(),
                        "vips", lines));
        HostFile file = Units.file(UNIT, text, "gives the realserver the VIPs of its services");
        files.add(file);
        services.add(new HostService(UNIT, List.of(file.path()), false));
    }

    /** One VIP of the unit. */
    public record Line(String comment, String address, String device) {}

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

    private static String device(VirtualService service) {
        boolean ipv4 = DirectorGroup.Family.of(service.vip()) == DirectorGroup.Family.IPV4;
        if (service.mode() == ForwardingMode.TUNNEL) {
            return ipv4 ? TUNNEL_IPV4 : TUNNEL_IPV6;
        }
        return "lo";
    }

    private List<String> tunnels() {
        Set<String> devices = new LinkedHashSet<>(vips.values());
        devices.remove("lo");
        return List.copyOf(devices);
    }

    private List<String> modules() {
        return tunnels().stream()
                .map(device -> device.equals(TUNNEL_IPV4) ? "ipip" : "ip6_tunnel")
                .toList();
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
        if (vips.containsValue(TUNNEL_IPV4)) {
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
