package io.twoarm.artifact;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * conntrackd: members of a VRRP group with a kernel as their dataplane tell each other of connections, so that these
 * survive a takeover.
 */
record ConnectionSync(Topology topology, Host.Director director, DirectorGroup group, Port port) {
    static final String CONF = "/etc/conntrackd/conntrackd.conf";
    static final String ROLE_SCRIPT = "/etc/twoarm/connections";
    static final String UNIT = "conntrackd.service";
    static final String PACKAGE = "conntrackd";

    /** Empty when the director tells nobody, or has no way out whose connections could be told. */
    static Optional<ConnectionSync> of(Topology topology, Host.Director director) {
        return topology.groupOf(director)
                .filter(_ -> topology.natGatewaysOf(director).findAny().isPresent())
                .flatMap(group -> syncPort(group)
                        .flatMap(director::port)
                        .map(port -> new ConnectionSync(topology, director, group, port)));
    }

    /** The port over which a group tells, whatever it tells. */
    static Optional<String> syncPort(DirectorGroup group) {
        return group.redundancy() instanceof Redundancy.Vrrp vrrp ? vrrp.syncPort() : Optional.empty();
    }

    void addTo(List<HostFile> files, List<Validation> validations, List<HostService> services) {
        InetAddress address = port.addresses().stream()
                .map(InterfaceAddress::address)
                .filter(IpLiteral::isIpv4)
                .findFirst()
                .orElseThrow(() -> new GenerationException(
                        "hosts." + director.name() + ".ports." + port.name(),
                        "the port that syncs connections has no IPv4 address"));
        List<String> ignored = new ArrayList<>();
        director.ports().stream()
                .flatMap(own -> own.addresses().stream())
                .map(InterfaceAddress::address)
                .filter(IpLiteral::isIpv4)
                .filter(own -> !isOutside(own))
                .forEach(own -> ignored.add(IpLiteral.format(own)));
        files.add(new HostFile(
                CONF,
                0644,
                TextFile.render(
                        "conntrackd.conf",
                        Map.of(
                                "header",
                                FileHeader.lines(
                                        topology, director, "Connections told to the others of " + group.name() + "."),
                                "port",
                                port.name(),
                                "segment",
                                port.segment(),
                                "address",
                                IpLiteral.format(address),
                                "ignored",
                                ignored)),
                "how connections are told to the other members"));
        files.add(new HostFile(
                ROLE_SCRIPT,
                0755,
                TextFile.render(
                        "connections",
                        Map.of(
                                "header",
                                FileHeader.lines(
                                        topology, director, "What becomes of connections with a change of roles."))),
                "takes connections over with the addresses"));
        validations.add(new Validation(
                List.of("/bin/sh", "-n", Validation.staged(ROLE_SCRIPT)), "the shell can read the script"));
        services.add(new HostService(UNIT, List.of(CONF), false));
    }

    /** Whether connections leave with the address. */
    private boolean isOutside(InetAddress own) {
        return topology.natGatewaysOf(director)
                .anyMatch(gateway -> gateway.addresses().contains(own));
    }
}
