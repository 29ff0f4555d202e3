package io.twoarm.artifact;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.BgpPeer;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that speaks BGP for an ECMP cluster: its directors announce the VIPs, its routers spread flows over them. */
final class BgpSpeaker {
    static final String FRR_CONF = "/etc/frr/frr.conf";
    static final String FRR_DAEMONS = "/etc/frr/daemons";
    static final String BIRD_CONF = "/etc/bird/bird.conf";
    /** Beside BIRD's own unit, which the distribution brings. */
    static final String BIRD_DROP_IN = "/etc/systemd/system/bird.service.d/twoarm.conf";

    private final Topology topology;
    private final Host host;
    private final DirectorGroup group;
    private final Redundancy.Ecmp ecmp;

    private BgpSpeaker(Topology topology, Host host, DirectorGroup group, Redundancy.Ecmp ecmp) {
        this.topology = topology;
        this.host = host;
        this.group = group;
        this.ecmp = ecmp;
    }

    /**
     * A neighbour.
     *
     * @param name as an identifier of both languages
     */
    public record Neighbour(String name, String host, String address, int autonomousSystem) {}

    static void addTo(
            Topology topology,
            Host host,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        of(topology, host).ifPresent(speaker -> speaker.add(files, validations, services));
    }

    static List<String> packages(Topology topology, Host host) {
        return of(topology, host)
                .map(speaker -> switch (speaker.ecmp.daemon()) {
                    case FRR -> List.of("frr");
                    case BIRD -> List.of("bird2");
                })
                .orElse(List.of());
    }

    private static Optional<BgpSpeaker> of(Topology topology, Host host) {
        for (DirectorGroup group : topology.directorGroups()) {
            if (group.redundancy() instanceof Redundancy.Ecmp ecmp
                    && (group.members().contains(host.name())
                            || ecmp.peers().stream()
                                    .anyMatch(peer -> peer.router().equals(host.name())))) {
                return Optional.of(new BgpSpeaker(topology, host, group, ecmp));
            }
        }
        return Optional.empty();
    }

    private void add(List<HostFile> files, List<Validation> validations, List<HostService> services) {
        Map<String, Object> values = new HashMap<>();
        values.put("header", FileHeader.lines(topology, host, "BGP of the cluster " + group.name() + "."));
        values.put("host", host.name());
        values.put("director", host instanceof Host.Director);
        values.put("autonomousSystem", ownSystem());
        values.put("bfd", ecmp.bfd());
        values.put("members", group.members().size());
        values.put("neighbours", neighbours());
        values.put("vips", vips());
        values.put("routerId", routerId());
        switch (ecmp.daemon()) {
            case FRR -> {
                files.add(new HostFile(FRR_CONF, 0640, TextFile.render("frr.conf", values), "what BGP announces"));
                files.add(new HostFile(
                        FRR_DAEMONS, 0640, TextFile.render("frr-daemons", values), "which of FRR's daemons run"));
                validations.add(new Validation(
                        List.of("/usr/bin/vtysh", "--dryrun", "--inputfile", Validation.staged(FRR_CONF)),
                        "FRR can read its file"));
                services.add(new HostService("frr.service", List.of(FRR_CONF, FRR_DAEMONS), false));
            }
            case BIRD -> {
                // Readable by all: BIRD is no longer root when it reads it, and nothing in it is secret.
                files.add(new HostFile(BIRD_CONF, 0644, TextFile.render("bird.conf", values), "what BGP announces"));
                values.put("configuration", BIRD_CONF);
                files.add(new HostFile(
                        BIRD_DROP_IN, 0644, TextFile.render("bird-service.conf", values), "makes BIRD read that file"));
                validations.add(new Validation(
                        List.of("/usr/sbin/bird", "-p", "-c", Validation.staged(BIRD_CONF)), "BIRD accepts its file"));
                services.add(new HostService("bird.service", List.of(BIRD_CONF, BIRD_DROP_IN), true));
            }
        }
    }

    private int ownSystem() {
        return host instanceof Host.Director
                ? ecmp.autonomousSystem()
                : ecmp.peers().stream()
                        .filter(peer -> peer.router().equals(host.name()))
                        .map(BgpPeer::autonomousSystem)
                        .findFirst()
                        .orElseThrow();
    }

    /** The VIPs with their lengths. */
    private List<String> vips() {
        return topology.virtualServices().stream()
                .filter(service -> service.director().equals(group.name()))
                .map(VirtualService::vip)
                .filter(IpLiteral::isIpv4)
                .distinct()
                .map(vip -> IpLiteral.format(vip) + "/" + IpLiteral.bits(vip))
                .toList();
    }

    private List<Neighbour> neighbours() {
        List<Neighbour> neighbours = new ArrayList<>();
        if (host instanceof Host.Director) {
            for (BgpPeer peer : ecmp.peers()) {
                topology.host(peer.router())
                        .ifPresent(router -> neighbours.add(neighbour(router, peer.autonomousSystem())));
            }
        } else {
            topology.directorsNamed(group.name())
                    .forEach(director -> neighbours.add(neighbour(director, ecmp.autonomousSystem())));
        }
        return neighbours;
    }

    private Neighbour neighbour(Host other, int system) {
        for (Port own : host.ports()) {
            for (Port theirs : other.ports()) {
                Optional<InetAddress> address =
                        own.segment().equals(theirs.segment()) ? speakingAddress(other, theirs) : Optional.empty();
                if (address.isPresent() && speakingAddress(host, own).isPresent()) {
                    return new Neighbour(
                            "to_" + other.name().replaceAll("[^A-Za-z0-9]", "_"),
                            other.name(),
                            IpLiteral.format(address.get()),
                            system);
                }
            }
        }
        throw new GenerationException(
                "directorGroups." + group.name() + ".peers",
                host.name() + " and " + other.name() + " have no IPv4 addresses of their kernels on a common segment");
    }

    /** The address of a port that the kernel has, and so a routing daemon. */
    private static Optional<InetAddress> speakingAddress(Host host, Port port) {
        List<InterfaceAddress> addresses = host.isKernels(port) ? port.addresses() : port.kernelAddresses();
        return addresses.stream()
                .map(InterfaceAddress::address)
                .filter(IpLiteral::isIpv4)
                .findFirst();
    }

    private String routerId() {
        return host.ports().stream()
                .flatMap(port -> speakingAddress(host, port).stream())
                .map(IpLiteral::format)
                .findFirst()
                .orElseThrow(() -> new GenerationException(
                        "hosts." + host.name() + ".ports", "BGP needs an IPv4 address of the kernel as router id"));
    }
}
