package io.twoarm.engine;

import io.twoarm.deploy.HostNeeds;
import io.twoarm.deploy.HostNeeds.VirtualRouter;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a topology asks of the machine that is to be one of its hosts. */
final class MachineNeeds {
    private MachineNeeds() {}

    static HostNeeds of(Topology topology, String name) {
        return topology.director(name)
                .map(director -> new HostNeeds(
                        director.ports().stream()
                                .flatMap(port -> nics(port.attachment()))
                                .toList(),
                        director.dataplane().hugepages() ? director.dataplane().memoryMegabytes() : 0,
                        virtualRouters(topology, director)))
                .orElse(HostNeeds.NONE);
    }

    private static Stream<String> nics(Attachment attachment) {
        return switch (attachment) {
            case Attachment.Pci(String address) -> Stream.of(address);
            case Attachment.Bond(int _, List<Attachment> members) ->
                members.stream().flatMap(MachineNeeds::nics);
            case Attachment.AfPacket _, Attachment.Kernel _, Attachment.Vlan _ -> Stream.empty();
        };
    }

    private static List<VirtualRouter> virtualRouters(Topology topology, Host.Director director) {
        List<VirtualRouter> routers = new ArrayList<>();
        for (DirectorGroup group : topology.directorGroups()) {
            if (group.members().contains(director.name())) {
                for (VrrpInstance instance : ipv4(group)) {
                    port(director, instance)
                            .map(port -> interfaceName(director, port))
                            .ifPresent(name -> routers.add(new VirtualRouter(
                                    instance.virtualRouterId(), name, members(topology, group, instance))));
                }
            }
        }
        return routers;
    }

    private static List<VrrpInstance> ipv4(DirectorGroup group) {
        return group.instances().stream()
                .filter(instance -> instance.family() == DirectorGroup.Family.IPV4)
                .toList();
    }

    private static Optional<Port> port(Host host, VrrpInstance instance) {
        return host.ports().stream()
                .filter(port -> port.name().equals(instance.port()))
                .findFirst();
    }

    /** The kernel's interface; for a NIC that DPDK has, the twin that is there while the dataplane runs. */
    private static String interfaceName(Host host, Port port) {
        return switch (port.attachment()) {
            case Attachment.AfPacket(String name) -> name;
            case Attachment.Kernel() -> port.name();
            case Attachment.Vlan _ -> host.isKernels(port) ? port.name() : port.name() + ".kni";
            case Attachment.Pci _, Attachment.Bond _ -> port.name() + ".kni";
        };
    }

    private static Set<String> members(Topology topology, DirectorGroup group, VrrpInstance instance) {
        return group.members().stream()
                .flatMap(member -> topology.director(member).stream())
                .flatMap(member -> port(member, instance).stream())
                .flatMap(port -> Stream.concat(port.addresses().stream(), port.kernelAddresses().stream()))
                .map(InterfaceAddress::address)
                .map(IpLiteral::format)
                .collect(Collectors.toSet());
    }
}
