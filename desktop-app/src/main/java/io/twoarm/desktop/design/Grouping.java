package io.twoarm.desktop.design;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy.Vrrp;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes directors that stand alone into a group that offers the services of its first member together. */
public final class Grouping {
    /** Where fresh virtual router ids begin; small ones are what people give by hand. */
    private static final int FIRST_ROUTER_ID = 51;

    private Grouping() {}

    /** A port and family whose addresses move together. */
    private record Moving(String port, Family family) {}

    /**
     * A VRRP group: the first director is preferred, and has one virtual router per port and family of its services.
     *
     * @param directors at least two, in their order
     * @throws EditRefusedException when one of them is in a group already
     */
    public static Adding.Added pair(Design design, List<String> directors) {
        Topology topology = design.topology();
        for (String name : directors) {
            Optional<DirectorGroup> group = topology.director(name).flatMap(topology::groupOf);
            if (group.isPresent()) {
                throw new EditRefusedException(
                        Wording.of("refused.grouped", name, group.get().name()));
            }
        }
        String name = Fresh.name("pair", ObjectList.GROUPS.namesIn(topology));
        Topology owned = topology;
        for (String director : directors) {
            owned = Renaming.ownerRenamed(owned, director, name);
        }
        DirectorGroup group = new DirectorGroup(
                name,
                directors,
                new Vrrp(instances(topology, directors), Vrrp.STANDARD_INTERVAL, true, Optional.empty()));
        return new Adding.Added(design.with(ObjectList.GROUPS.add(owned, group)), new ObjectRef.GroupRef(name));
    }

    private static List<VrrpInstance> instances(Topology topology, List<String> directors) {
        Set<Moving> moving = topology.virtualServices().stream()
                .filter(service -> directors.contains(service.director()))
                .map(service -> new Moving(service.port(), family(service)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (moving.isEmpty()) {
            topology.director(directors.getFirst()).map(Host::ports).stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .ifPresent(port -> moving.add(new Moving(port.name(), Family.IPV4)));
        }
        Set<Integer> taken = topology.directorGroups().stream()
                .flatMap(group -> group.instances().stream())
                .map(VrrpInstance::virtualRouterId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<VrrpInstance> instances = new ArrayList<>();
        int id = FIRST_ROUTER_ID;
        for (Moving each : moving) {
            while (!taken.add(id)) {
                id++;
            }
            String name = each.port() + (each.family() == Family.IPV4 ? "-v4" : "-v6");
            instances.add(new VrrpInstance(name, each.port(), each.family(), id, List.of()));
        }
        return instances;
    }

    private static Family family(VirtualService service) {
        return Family.of(service.vip());
    }
}
