package io.twoarm.config.keepalived;

import io.twoarm.config.PrintStyle;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a {@code keepalived.conf} says to the bundled director.
 *
 * @param routerId the director's name in logs
 * @param notifyFifo named pipe through which keepalived's VRRP tells who is master
 * @param vrrpInstances addresses that move between directors
 */
public record KeepalivedConf(
        Optional<String> routerId,
        Optional<String> notifyFifo,
        List<StaticAddress> staticAddresses,
        List<StaticRoute> staticRoutes,
        List<VrrpInstance> vrrpInstances,
        List<LocalAddressGroup> localAddressGroups,
        List<AccessGroup> accessGroups,
        List<VirtualServerGroup> virtualServerGroups,
        List<VirtualServer> virtualServers) {

    public KeepalivedConf {
        staticAddresses = List.copyOf(staticAddresses);
        staticRoutes = List.copyOf(staticRoutes);
        vrrpInstances = List.copyOf(vrrpInstances);
        localAddressGroups = List.copyOf(localAddressGroups);
        accessGroups = List.copyOf(accessGroups);
        virtualServerGroups = List.copyOf(virtualServerGroups);
        virtualServers = List.copyOf(virtualServers);
    }

    /**
     * One VIP, protocol and port with the virtual server that serves it.
     *
     * @param port VPORT, 0 to 65535
     */
    public record Service(InetAddress vip, int port, VirtualServer server) {}

    /** Every service with a VIP, groups and ranges taken apart, in the order of the file. */
    public List<Service> services() {
        return virtualServers.stream().flatMap(this::services).toList();
    }

    /** The virtual servers that match flows instead of having a VIP, in the order of the file. */
    public List<VirtualServer> matches() {
        return virtualServers.stream()
                .filter(server -> server.target() instanceof VirtualServer.Target.Match)
                .toList();
    }

    /** The services of one virtual server; none when its group is missing, or when it has no VIP. */
    public Stream<Service> services(VirtualServer server) {
        return switch (server.target()) {
            case VirtualServer.Target.Single single -> Stream.of(new Service(single.vip(), single.port(), server));
            case VirtualServer.Target.Match _ -> Stream.empty();
            case VirtualServer.Target.Group group ->
                virtualServerGroup(group.name()).stream()
                        .flatMap(found -> found.entries().stream())
                        .flatMap(entry ->
                                entry.range().addresses().stream().map(vip -> new Service(vip, entry.port(), server)));
        };
    }

    public Optional<LocalAddressGroup> localAddressGroup(String name) {
        return localAddressGroups.stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    /** A list of clients by what becomes of them and its name. */
    public Optional<AccessGroup> accessGroup(AccessGroup.Kind kind, String name) {
        return accessGroups.stream()
                .filter(group -> group.kind() == kind && group.name().equals(name))
                .findFirst();
    }

    public Optional<VirtualServerGroup> virtualServerGroup(String name) {
        return virtualServerGroups.stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    /** The canonical text: the same model always gives the same bytes, and they parse to an equal model. */
    public String print(PrintStyle style) {
        return new KeepalivedPrinter(style).print(this);
    }
}
