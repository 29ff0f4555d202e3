package io.twoarm.model.morph;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Route;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every NIC of a dataplane becomes a bond of it and another one. */
final class BondMorph {
    private static final int LACP = 4;

    private BondMorph() {}

    static void apply(Drafting draft) {
        boolean any = false;
        for (Host.Director director : draft.topology().directors().toList()) {
            boolean plain = director.ports().stream()
                    .anyMatch(port -> port.attachment() instanceof Attachment.Pci
                            || port.attachment() instanceof Attachment.AfPacket);
            if (plain && director.kind().hasDataplane()) {
                any = true;
                bond(draft, director);
            }
        }
        if (!any) {
            throw new MorphRefusedException("no director has a port of its dataplane that is a single NIC.");
        }
    }

    private static void bond(Drafting draft, Host.Director director) {
        Map<String, String> names = new HashMap<>();
        int number = 1;
        for (Port port : director.ports()) {
            if (port.isVlan() || director.isKernels(port)) {
                continue;
            }
            String name = port.attachment() instanceof Attachment.Bond ? port.name() : "bond" + number++;
            names.put(port.name(), name);
        }
        List<Port> ports = director.ports().stream()
                .map(port -> port.withName(names.getOrDefault(port.name(), port.name()))
                        .withAttachment(bonded(port.attachment(), names)))
                .toList();
        List<Route> routes = director.routes().stream()
                .map(route -> new Route(
                        route.destination(), route.via(), route.port().map(port -> names.getOrDefault(port, port))))
                .toList();
        List<String> owners = owners(draft.topology(), director);
        draft.host(director.name(), it -> Drafting.with(it, ports, routes));
        rename(draft, owners, names);
        names.forEach((before, after) -> draft.step("Port " + before + " of " + director.name() + " becomes bond "
                + after + " by LACP; give it the second NIC's real address, and the switch the same mode."));
    }

    private static Attachment bonded(Attachment attachment, Map<String, String> names) {
        return switch (attachment) {
            case Attachment.Pci(String address) ->
                new Attachment.Bond(LACP, List.of(attachment, new Attachment.Pci(next(address))));
            case Attachment.AfPacket(String name) ->
                new Attachment.Bond(LACP, List.of(attachment, new Attachment.AfPacket(name + "b")));
            case Attachment.Vlan(String link) -> new Attachment.Vlan(names.getOrDefault(link, link));
            case Attachment.Bond _, Attachment.Kernel _ -> attachment;
        };
    }

    /** The next function of the same card. */
    private static String next(String address) {
        int function = (address.charAt(address.length() - 1) - '0' + 1) % 8;
        return address.substring(0, address.length() - 1) + function;
    }

    /** The director, and its group, which names the same ports. */
    private static List<String> owners(Topology topology, Host.Director director) {
        Optional<DirectorGroup> group = topology.groupOf(director);
        return group.map(it -> List.of(director.name(), it.name())).orElse(List.of(director.name()));
    }

    private static void rename(Drafting draft, List<String> owners, Map<String, String> names) {
        draft.put(topology -> ObjectList.SERVICES.each(
                topology,
                it -> owners.contains(it.director())
                        ? Drafting.service(
                                it,
                                it.name(),
                                it.director(),
                                names.getOrDefault(it.port(), it.port()),
                                it.vip(),
                                it.localAddresses(),
                                it.realservers())
                        : it));
        draft.put(topology -> ObjectList.LOCAL_POOLS.each(
                topology,
                it -> owners.contains(it.director())
                        ? Drafting.pool(it, it.director(), names.getOrDefault(it.port(), it.port()), it.addresses())
                        : it));
        draft.put(topology -> ObjectList.NAT_GATEWAYS.each(
                topology,
                it -> owners.contains(it.director())
                        ? Drafting.gateway(it, it.director(), names.getOrDefault(it.port(), it.port()))
                        : it));
        draft.put(topology -> ObjectList.GROUPS.each(
                topology,
                it -> owners.contains(it.name()) && it.redundancy() instanceof Redundancy.Vrrp vrrp
                        ? new DirectorGroup(it.name(), it.members(), renamed(vrrp, names))
                        : it));
    }

    private static Redundancy renamed(Redundancy.Vrrp vrrp, Map<String, String> names) {
        return new Redundancy.Vrrp(
                vrrp.instances().stream()
                        .map(it -> new VrrpInstance(
                                it.name(),
                                names.getOrDefault(it.port(), it.port()),
                                it.family(),
                                it.virtualRouterId(),
                                it.sharedAddresses()))
                        .toList(),
                vrrp.advertInterval(),
                vrrp.preempt(),
                vrrp.password(),
                vrrp.syncPort().map(port -> names.getOrDefault(port, port)));
    }
}
