package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.directorGroup;
import static io.twoarm.model.TopologyPaths.localAddressPool;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NearestWord;
import io.twoarm.model.Topology;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules about groups of directors, whatever their redundancy. */
final class GroupRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "group-unknown-member",
                    "Members of a group are directors of the topology.",
                    "A host that is not there, or is no director, cannot take over.",
                    GroupRules::unknownMember),
            LintRule.error(
                    "group-name-taken",
                    "A group is not called like a host.",
                    "Services that name it would be the host's.",
                    GroupRules::nameTaken),
            LintRule.warning(
                    "group-of-one",
                    "A group has two members or more.",
                    "Alone, a director has nobody to take over.",
                    GroupRules::groupOfOne),
            LintRule.error(
                    "group-member-twice",
                    "A director belongs to one group, once.",
                    "It would follow two sets of rules about the same addresses.",
                    GroupRules::memberTwice),
            LintRule.error(
                    "group-kinds-differ",
                    "Members of a group are of one kind.",
                    "What one kind of director does for a service, the other may not be able to go on with.",
                    GroupRules::kindsDiffer),
            LintRule.error(
                    "group-wires-differ",
                    "Ports of one name are on one segment for all members of a group.",
                    "An address that moves to another wire is not found there.",
                    GroupRules::wiresDiffer),
            LintRule.error(
                    "lip-share-missing",
                    "A group's pool has an address for each of its members at least.",
                    "Members cannot share local addresses: answers would reach the one that does not know the session.",
                    GroupRules::shareMissing),
            LintRule.note(
                    "lip-share-uneven",
                    "A group's pool divides evenly among its members.",
                    "Some members get one local address more, and so more sessions at a time.",
                    GroupRules::shareUneven));

    private GroupRules() {}

    private static void unknownMember(Topology topology, LintRule.Report report) {
        List<String> names = topology.directors().map(Host::name).toList();
        for (DirectorGroup group : topology.directorGroups()) {
            for (int i = 0; i < group.members().size(); i++) {
                String member = group.members().get(i);
                if (topology.director(member).isEmpty()) {
                    report.add(
                            directorGroup(group).key("members").index(i),
                            "there is no director \"" + member + "\"; the topology has " + Listed.names(names),
                            NearestWord.question(member, names) + "Name a host whose role is director.");
                }
            }
        }
    }

    private static void nameTaken(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            if (topology.host(group.name()).isPresent()) {
                report.add(
                        directorGroup(group),
                        "group " + group.name() + " is called like a host",
                        "Rename the group, and the references to it.");
            }
        }
    }

    private static void groupOfOne(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            if (group.members().size() < 2) {
                report.add(
                        directorGroup(group).key("members"),
                        "group " + group.name() + " has " + (group.members().isEmpty() ? "no members" : "one member"),
                        "Add a director, or let services name the only one.");
            }
        }
    }

    private static void memberTwice(Topology topology, LintRule.Report report) {
        Map<String, String> groupByMember = new HashMap<>();
        for (DirectorGroup group : topology.directorGroups()) {
            for (int i = 0; i < group.members().size(); i++) {
                String member = group.members().get(i);
                String other = groupByMember.putIfAbsent(member, group.name());
                if (other != null) {
                    report.add(
                            directorGroup(group).key("members").index(i),
                            member + " of group " + group.name() + " is a member of group " + other + " already",
                            "Remove it from one of the two places.");
                }
            }
        }
    }

    private static void kindsDiffer(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            Set<String> kinds = new TreeSet<>();
            topology.directorsNamed(group.name())
                    .forEach(director -> kinds.add(director.kind().name().toLowerCase(Locale.ROOT)));
            if (kinds.size() > 1) {
                report.add(
                        directorGroup(group).key("members"),
                        "group " + group.name() + " has directors of the kinds " + String.join(" and ", kinds),
                        "Make them all of one kind.");
            }
        }
    }

    private static void wiresDiffer(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            for (String port : portsOf(topology, group)) {
                Map<String, String> segments = new HashMap<>();
                topology.directorsNamed(group.name()).stream()
                        .forEach(director ->
                                director.port(port).ifPresent(found -> segments.put(director.name(), found.segment())));
                if (Set.copyOf(segments.values()).size() > 1) {
                    report.add(
                            directorGroup(group).key("members"),
                            "port " + port + " of group " + group.name() + " is on the segments "
                                    + Listed.names(new TreeSet<>(segments.values())),
                            "Plug the ports of this name into one segment, or rename one of them.");
                }
            }
        }
    }

    /** The ports on which addresses of the group stand. */
    private static Set<String> portsOf(Topology topology, DirectorGroup group) {
        Set<String> ports = new LinkedHashSet<>();
        topology.virtualServices().stream()
                .filter(service -> service.director().equals(group.name()))
                .forEach(service -> ports.add(service.port()));
        topology.localAddressPools().stream()
                .filter(pool -> pool.director().equals(group.name()))
                .forEach(pool -> ports.add(pool.port()));
        group.instances().forEach(instance -> ports.add(instance.port()));
        return ports;
    }

    private static void shareMissing(Topology topology, LintRule.Report report) {
        for (LocalAddressPool pool : topology.localAddressPools()) {
            int members =
                    groupOf(topology, pool).map(group -> group.members().size()).orElse(0);
            int addresses = pool.addresses().size();
            if (addresses > 0 && addresses < members) {
                report.add(
                        localAddressPool(pool).key("addresses"),
                        "pool " + pool.name() + " has " + addresses + " addresses for " + members + " directors",
                        "Add free addresses of the same segment, one for each director at least.");
            }
        }
    }

    private static void shareUneven(Topology topology, LintRule.Report report) {
        for (LocalAddressPool pool : topology.localAddressPools()) {
            int members =
                    groupOf(topology, pool).map(group -> group.members().size()).orElse(0);
            int addresses = pool.addresses().size();
            if (members > 0 && addresses > members && addresses % members != 0) {
                report.add(
                        localAddressPool(pool).key("addresses"),
                        "pool " + pool.name() + " has " + addresses + " addresses for " + members + " directors",
                        "Add or remove addresses until each director has as many.");
            }
        }
    }

    private static Optional<DirectorGroup> groupOf(Topology topology, LocalAddressPool pool) {
        return topology.director(pool.director()).isPresent()
                ? Optional.empty()
                : topology.directorGroup(pool.director());
    }
}
