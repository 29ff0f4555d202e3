package io.twoarm.artifact.existing;

import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.RoutingDaemon;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import io.twoarm.model.TrafficLimits;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A director as its files say it is.
 *
 * @param name from {@code router_id}, else as it was called for
 * @param dpvs what {@code dpvs.conf} says
 * @param oldLanguage whether {@code dpvs.conf} has keywords that DPVS 1.9 dropped
 * @param nics NICs of DPDK's command line, in its order; empty when no such line is there
 * @param addresses of ports, VIPs and kernel twins
 * @param syncPort the port over which the members of its group tell each other of connections
 */
public record ExistingDirector(
        String name,
        DirectorKind kind,
        Optional<DpvsConf> dpvs,
        boolean oldLanguage,
        List<Attachment> nics,
        List<Vlan> vlans,
        List<Owned> addresses,
        List<Way> routes,
        List<Instance> instances,
        List<Service> services,
        List<NatGateway> gateways,
        Optional<String> syncPort,
        Optional<Bgp> bgp,
        List<Unmapped> unmapped) {
    public ExistingDirector {
        nics = List.copyOf(nics);
        vlans = List.copyOf(vlans);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        instances = List.copyOf(instances);
        services = List.copyOf(services);
        gateways = List.copyOf(gateways);
        unmapped = List.copyOf(unmapped);
    }

    /** The same under another name. */
    public ExistingDirector called(String other) {
        return new ExistingDirector(
                other,
                kind,
                dpvs,
                oldLanguage,
                nics,
                vlans,
                addresses,
                routes,
                instances,
                services,
                gateways,
                syncPort,
                bgp,
                unmapped);
    }

    /**
     * A VLAN of the dataplane.
     *
     * @param link the port below
     * @param number in the tag, as it is written
     */
    public record Vlan(String name, String link, String protocol, String number) {}

    /** @param length of the prefix that comes with it, in bits */
    public record Owned(InetAddress address, int length, String device) {}

    public record Way(Prefix destination, Optional<InetAddress> via, Optional<String> device) {}

    /**
     * A VRRP instance.
     *
     * @param device the port whose addresses move
     * @param password of VRRP version 2
     * @param advertMillis time between two advertisements
     */
    public record Instance(
            String name,
            String kernelInterface,
            String device,
            Family family,
            int virtualRouterId,
            boolean master,
            int priority,
            int version,
            int advertMillis,
            boolean preempt,
            Optional<String> password,
            List<InetAddress> addresses,
            Optional<String> syncGroup) {}

    /**
     * A service.
     *
     * @param method {@code FNAT}, {@code NAT}, {@code DR} or {@code TUN}
     * @param clientAddress {@code toa}, {@code uoa}, {@code none} or {@code proxy_v2}, as far as the file decides
     * @param others keywords without a counterpart, with their values
     */
    public record Service(
            InetAddress vip,
            int port,
            Protocol protocol,
            String scheduler,
            String method,
            List<LocalAddress> localAddresses,
            Optional<String> clientAddress,
            boolean synProxy,
            TrafficLimits traffic,
            Map<String, String> others,
            List<Real> realservers) {}

    public record LocalAddress(InetAddress address, String device) {}

    /**
     * A realserver.
     *
     * @param others keywords without a counterpart, with their values
     */
    public record Real(
            InetAddress address,
            int port,
            int weight,
            boolean inhibitOnFailure,
            Optional<Check> check,
            Map<String, String> others) {}

    /** What a director's routing daemon does. */
    public record Bgp(RoutingDaemon daemon, int autonomousSystem, List<Peer> peers, boolean bfd) {
        public Bgp {
            peers = List.copyOf(peers);
        }

        public record Peer(InetAddress address, int autonomousSystem) {}
    }

    /** A TCP connect check; times in milliseconds. */
    public record Check(int interval, int timeout, int retries, int delay) {}
}
