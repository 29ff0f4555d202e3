package io.twoarm.diagnose.capture;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.List;

/** The capture filter for what belongs to a service, on both sides of its director. */
public final class ServiceFilter {
    private ServiceFilter() {}

    /**
     * The packets to and from the VIP, those to and from its realservers, and the errors that routers send about them, in
     * the language of {@code pcap-filter(7)}.
     */
    public static String of(Topology topology, VirtualService service) {
        String protocol = service.protocol().word();
        List<String> parts = new ArrayList<>();
        parts.add("(%s and host %s and port %d)"
                .formatted(protocol, IpLiteral.format(service.vip()), service.servicePort()));
        topology.realserverPool(service.realservers()).stream()
                .flatMap(pool -> pool.members().stream())
                .map(member -> member(protocol, member))
                .distinct()
                .forEach(parts::add);
        parts.add("(icmp and (icmp[0] = 3 or icmp[0] = 5 or icmp[0] = 11))");
        parts.add("(icmp6 and ip6[40] < 128)");
        if (service.mode() == VirtualService.ForwardingMode.TUNNEL) {
            parts.add("ip proto 4 or ip proto 41");
        }
        return String.join(" or ", parts);
    }

    private static String member(String protocol, RealserverPool.Member member) {
        return "(%s and host %s and port %d)".formatted(protocol, IpLiteral.format(member.address()), member.port());
    }
}
