package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.List;
import java.util.Map;

/** nginx on a realserver that answers with the peer's address and port. */
final class EchoServer {
    static final String CONF = "/etc/nginx/conf.d/twoarm-echo.conf";

    /**
     * nginx judges whole configurations only. This puts the staged file and the host's other sites into one, as
     * Debian's nginx.conf would, so that a clash between them is found.
     */
    private static final String CHECK = """
            conf=$(mktemp) && trap 'rm -f "$conf"' EXIT
            printf 'pid /dev/null;\\nevents {}\\nhttp {\\ninclude %s;\\ninclude /etc/nginx/sites-enabled/*;\\n}\\n' "$1" >"$conf"
            nginx -t -q -c "$conf"
            """;

    private EchoServer() {}

    /**
     * A port that nginx listens on.
     *
     * @param proxied whether connections begin with the PROXY protocol
     * @param translated whether IPv6 clients come over IPv4: only a socket for both families can name them
     */
    public record Listener(int port, boolean proxied, boolean translated) {
        static Listener of(Topology topology, Host.Realserver realserver, int port) {
            boolean proxied = false;
            boolean translated = false;
            for (VirtualService service : topology.virtualServices()) {
                for (RealserverPool.Member member : membersOf(topology, service)) {
                    if (member.host().equals(realserver.name()) && member.port() == port) {
                        proxied |= service.clientAddress() == VirtualService.ClientAddress.PROXY_V2;
                        translated |= service.clientAddress() == VirtualService.ClientAddress.TOA
                                && !IpLiteral.isIpv4(service.vip())
                                && IpLiteral.isIpv4(member.address());
                    }
                }
            }
            return new Listener(port, proxied, translated);
        }

        private static List<RealserverPool.Member> membersOf(Topology topology, VirtualService service) {
            return topology.realserverPool(service.realservers())
                    .map(RealserverPool::members)
                    .orElse(List.of());
        }
    }

    static void addTo(
            Topology topology,
            Host.Realserver realserver,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        boolean ipv6 = realserver.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .anyMatch(own -> !IpLiteral.isIpv4(own.address()));
        String text = TextFile.render(
                "echo.conf",
                Map.of(
                        "header",
                        FileHeader.lines(topology, realserver, "The web server that tells who asked."),
                        "ports",
                        realserver.echoPorts().stream()
                                .map(port -> Listener.of(topology, realserver, port))
                                .toList(),
                        "ipv6",
                        ipv6));
        files.add(new HostFile(CONF, 0644, text, "answers with the peer's address and port"));
        validations.add(new Validation(
                List.of("/bin/sh", "-ec", CHECK, "check-nginx", Validation.staged(CONF)),
                "nginx accepts the server beside the host's other sites"));
        services.add(new HostService("nginx.service", List.of(CONF), true));
    }
}
