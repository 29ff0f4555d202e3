package io.twoarm.artifact;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/** The addresses that move with a VRRP instance. */
final class VrrpAddresses {
    private VrrpAddresses() {}

    /** VIPs, addresses of ways out and shared addresses, of the instance's port and family. */
    static Set<InetAddress> of(Topology topology, DirectorGroup group, VrrpInstance instance) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        topology.virtualServices().stream()
                .filter(service -> service.director().equals(group.name())
                        && service.port().equals(instance.port()))
                .map(VirtualService::vip)
                .forEach(addresses::add);
        topology.natGateways().stream()
                .filter(gateway -> gateway.director().equals(group.name())
                        && gateway.port().equals(instance.port()))
                .forEach(gateway -> addresses.addAll(gateway.addresses()));
        addresses.addAll(instance.sharedAddresses());
        addresses.removeIf(address -> Family.of(address) != instance.family());
        return addresses;
    }
}
