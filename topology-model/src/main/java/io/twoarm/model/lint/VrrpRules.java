package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.directorGroup;
import static io.twoarm.model.TopologyPaths.vrrpInstance;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.Topology.HostPort;
import io.twoarm.model.TopologyPaths;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules about VRRP: instances, their numbers, addresses and times. */
final class VrrpRules {
    /** Authentication data of VRRP version 2 has 8 bytes (RFC 2338); keepalived cuts off what is longer. */
    private static final int LONGEST_PASSWORD = 8;

    /** The field of VRRP version 3 has 12 bits of centiseconds (RFC 9568 section 5.2.7). */
    private static final Duration LONGEST_VERSION_3 = Duration.ofMillis(40_950);

    /** The field of VRRP version 2 has 8 bits of seconds (RFC 3768 section 5.3.7). */
    private static final Duration LONGEST_VERSION_2 = Duration.ofSeconds(255);

    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "vrrp-instance-missing",
                    "Every address of a VRRP group has an instance of its port and family.",
                    "Nobody moves it, so no director of the group has it.",
                    VrrpRules::instanceMissing),
            LintRule.warning(
                    "vrrp-instance-unused",
                    "Every VRRP instance has an address.",
                    "keepalived drops an instance without addresses.",
                    VrrpRules::instanceUnused),
            LintRule.error(
                    "vrrp-instance-twice",
                    "A port has one VRRP instance of a family.",
                    "Both would claim the same addresses.",
                    VrrpRules::instanceTwice),
            LintRule.error(
                    "vrrp-unknown-port",
                    "A VRRP instance stands on a port that every member has.",
                    "A member without the port cannot take over.",
                    VrrpRules::unknownPort),
            LintRule.error(
                    "vrid-clash",
                    "A VRID stands once on a segment in each family.",
                    "Groups with the same VRID take each other's advertisements for their own: addresses flap.",
                    VrrpRules::vridClash),
            LintRule.error(
                    "vrrp-address-family",
                    "Shared addresses are of their instance's family.",
                    "An instance carries one family; keepalived leaves the other one's addresses unserved.",
                    VrrpRules::addressFamily),
            LintRule.error(
                    "vrrp-shared-outside-subnet",
                    "A shared address lies in a subnet of its port's segment.",
                    "Hosts that use it as their gateway would not look for it on this wire.",
                    VrrpRules::sharedOutsideSubnet),
            LintRule.error(
                    "vrrp-without-address",
                    "A port with an IPv4 instance has an IPv4 address of the kernel.",
                    "Advertisements need a sender, and a port whose only addresses move has none while it is backup.",
                    VrrpRules::withoutAddress),
            LintRule.warning(
                    "vrrp-password-length",
                    "A VRRP password has 8 characters at most.",
                    "keepalived cuts off the rest, so the password is shorter than it looks.",
                    VrrpRules::passwordLength),
            LintRule.warning(
                    "vrrp-password-ignored",
                    "A VRRP password stands in a group with an instance of version 2.",
                    "Version 3, for IPv6 and for intervals that are no whole seconds, has no authentication.",
                    VrrpRules::passwordIgnored),
            LintRule.error(
                    "vrrp-interval",
                    "An advertisement interval fits its field.",
                    "Version 2 counts 1 to 255 whole seconds, version 3 steps of 10 ms up to 40.95 s.",
                    VrrpRules::interval));

    private VrrpRules() {}

    private static void instanceMissing(Topology topology, LintRule.Report report) {
        Set<String> looked = new HashSet<>();
        for (Claim claim : Claim.all(topology)) {
            Optional<DirectorGroup> group =
                    claim.isOfWholeGroup() && topology.director(claim.holder()).isEmpty()
                            ? topology.directorGroup(claim.holder())
                            : Optional.empty();
            boolean missing = group.isPresent()
                    && group.get().redundancy() instanceof Redundancy.Vrrp
                    && group.get().instances().stream()
                            .noneMatch(instance ->
                                    instance.port().equals(claim.port().name())
                                            && instance.family() == Family.of(claim.address()));
            if (missing && looked.add(claim.path().toString())) {
                String family = Family.of(claim.address()).name().toLowerCase(Locale.ROOT);
                report.add(
                        claim.path(),
                        "group " + claim.holder() + " has no instance for " + IpLiteral.format(claim.address())
                                + " on port " + claim.port().name() + " and family " + family,
                        Claim.portsOf(topology, claim.holder(), claim.port().name()).stream()
                                        .anyMatch(VlanRules::isWithoutKernel)
                                ? "Give segment " + claim.port().segment()
                                        + " a port that is no VLAN, on every member, with an instance of its own."
                                : "Add an instance under instances: of the group, such as { port: "
                                        + claim.port().name() + ", family: " + family + ", virtualRouterId: 51 }.");
            }
        }
    }

    private static void instanceUnused(Topology topology, LintRule.Report report) {
        List<Claim> claims = Claim.all(topology);
        eachInstance(topology, (group, vrrp, instance) -> {
            boolean used = claims.stream()
                    .anyMatch(claim -> claim.isOfWholeGroup()
                            && claim.holder().equals(group.name())
                            && claim.port().name().equals(instance.port())
                            && Family.of(claim.address()) == instance.family());
            if (!used && !portsOf(topology, group, instance).isEmpty()) {
                report.add(
                        vrrpInstance(group, instance),
                        "instance " + instance.name() + " of group " + group.name() + " has no address",
                        "Remove it, or add addresses: to it.");
            }
        });
    }

    private static void instanceTwice(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            Map<String, String> seen = new HashMap<>();
            for (VrrpInstance instance : group.instances()) {
                String other = seen.putIfAbsent(instance.family() + " " + instance.port(), instance.name());
                if (other != null) {
                    report.add(
                            vrrpInstance(group, instance),
                            "instances " + other + " and " + instance.name() + " of group " + group.name()
                                    + " have the same port and family",
                            "Remove one of the two.");
                }
            }
        }
    }

    private static void unknownPort(Topology topology, LintRule.Report report) {
        eachInstance(
                topology,
                (group, vrrp, instance) -> topology.directorsNamed(group.name()).stream()
                        .filter(director -> director.port(instance.port()).isEmpty())
                        .findFirst()
                        .ifPresent(director -> report.add(
                                vrrpInstance(group, instance).key("port"),
                                director.name() + " has no port \"" + instance.port() + "\"; it has "
                                        + Listed.names(director.ports().stream()
                                                .map(Port::name)
                                                .toList()),
                                "Name a port that every member of the group has.")));
    }

    private static void vridClash(Topology topology, LintRule.Report report) {
        record Router(String segment, Family family, int id) {}
        Map<Router, String> seen = new HashMap<>();
        eachInstance(topology, (group, vrrp, instance) -> {
            String here = group.name() + "." + instance.name();
            Set<String> segments = new HashSet<>();
            portsOf(topology, group, instance)
                    .forEach(on -> segments.add(on.port().segment()));
            for (String segment : segments) {
                String other =
                        seen.putIfAbsent(new Router(segment, instance.family(), instance.virtualRouterId()), here);
                if (other != null) {
                    int free = freeId(topology);
                    report.add(
                            vrrpInstance(group, instance).key("virtualRouterId"),
                            "VRID " + instance.virtualRouterId() + " of " + here + " on segment " + segment
                                    + " is that of " + other,
                            "Take a free one, such as " + free + ".",
                            withId(group, vrrp, instance, free));
                }
            }
        });
    }

    private static int freeId(Topology topology) {
        Set<Integer> used = new HashSet<>();
        eachInstance(topology, (group, vrrp, instance) -> used.add(instance.virtualRouterId()));
        int id = 1;
        while (used.contains(id) && id < VrrpInstance.VIRTUAL_ROUTER_ID.highest()) {
            id++;
        }
        return id;
    }

    private static Change<?> withId(DirectorGroup group, Redundancy.Vrrp vrrp, VrrpInstance instance, int id) {
        List<VrrpInstance> instances = new ArrayList<>(vrrp.instances());
        instances.set(
                instances.indexOf(instance),
                new VrrpInstance(instance.name(), instance.port(), instance.family(), id, instance.sharedAddresses()));
        return changed(group, vrrp.withInstances(instances));
    }

    private static void addressFamily(Topology topology, LintRule.Report report) {
        eachInstance(topology, (group, vrrp, instance) -> {
            for (int i = 0; i < instance.sharedAddresses().size(); i++) {
                InetAddress address = instance.sharedAddresses().get(i);
                if (Family.of(address) != instance.family()) {
                    report.add(
                            vrrpInstance(group, instance).key("addresses").index(i),
                            IpLiteral.format(address) + " is no "
                                    + instance.family().name().toLowerCase(Locale.ROOT) + " address",
                            "Give the other family an instance of its own.");
                }
            }
        });
    }

    private static void sharedOutsideSubnet(Topology topology, LintRule.Report report) {
        Set<String> looked = new HashSet<>();
        for (Claim claim : Claim.all(topology)) {
            boolean outside = claim.kind() == Claim.Kind.SHARED
                    && topology.segmentOf(claim.port())
                            .filter(segment -> AddressRules.subnetOf(segment, claim.address())
                                    .isEmpty())
                            .isPresent();
            if (outside && looked.add(claim.path().toString())) {
                report.add(
                        claim.path(),
                        IpLiteral.format(claim.address()) + " lies in no subnet of segment "
                                + claim.port().segment() + "; it has "
                                + Listed.subnets(
                                        topology.segmentOf(claim.port()).orElseThrow()),
                        "Take a free address from one of these subnets, or name the port on the other side.");
            }
        }
    }

    private static void withoutAddress(Topology topology, LintRule.Report report) {
        eachInstance(
                topology,
                (group, vrrp, instance) -> portsOf(topology, group, instance).stream()
                        .filter(on ->
                                instance.family() == Family.IPV4 && !hasSender(on) && !VlanRules.isWithoutKernel(on))
                        .forEach(on -> report.add(
                                TopologyPaths.port(on.host(), on.port()),
                                "port " + on.port().name() + " of " + on.host().name()
                                        + " has no IPv4 address of its own for the advertisements of "
                                        + instance.name(),
                                on.host() instanceof Host.Director director
                                                && director.kind().hasDataplane()
                                        ? "Add kernelAddresses: with a free address of the segment."
                                        : "Add addresses: with a free address of the segment.")));
    }

    private static boolean hasSender(HostPort on) {
        boolean dataplane =
                on.host() instanceof Host.Director director && director.kind().hasDataplane();
        return (dataplane ? on.port().kernelAddresses() : on.port().addresses())
                .stream().anyMatch(own -> IpLiteral.isIpv4(own.address()));
    }

    private static void passwordLength(Topology topology, LintRule.Report report) {
        eachVrrp(
                topology,
                (group, vrrp) -> vrrp.password()
                        .filter(password -> password.length() > LONGEST_PASSWORD)
                        .ifPresent(password -> report.add(
                                directorGroup(group).key("password"),
                                "the password of group " + group.name() + " has " + password.length() + " characters",
                                "Shorten it to 8 characters, on all routers of the wire.",
                                withPassword(group, vrrp, Optional.of(password.substring(0, LONGEST_PASSWORD))))));
    }

    private static void passwordIgnored(Topology topology, LintRule.Report report) {
        eachVrrp(topology, (group, vrrp) -> {
            boolean version2 = vrrp.advertInterval().toNanosPart() == 0
                    && vrrp.instances().stream().anyMatch(instance -> instance.family() == Family.IPV4);
            if (vrrp.password().isPresent() && !version2) {
                report.add(
                        directorGroup(group).key("password"),
                        "group " + group.name() + " has a password, and no instance that could use it",
                        "Remove password:.",
                        withPassword(group, vrrp, Optional.empty()));
            }
        });
    }

    private static Change<?> withPassword(DirectorGroup group, Redundancy.Vrrp vrrp, Optional<String> password) {
        return changed(
                group,
                new Redundancy.Vrrp(
                        vrrp.instances(), vrrp.advertInterval(), vrrp.preempt(), password, vrrp.syncPort()));
    }

    private static void interval(Topology topology, LintRule.Report report) {
        eachVrrp(topology, (group, vrrp) -> {
            Duration interval = vrrp.advertInterval();
            boolean whole = interval.toNanosPart() == 0;
            boolean ipv6 = vrrp.instances().stream().anyMatch(instance -> instance.family() == Family.IPV6);
            boolean tooLong = interval.compareTo(whole && !ipv6 ? LONGEST_VERSION_2 : LONGEST_VERSION_3) > 0;
            if (tooLong || interval.toMillis() % 10 != 0) {
                report.add(
                        directorGroup(group).key("advertInterval"),
                        "the interval of group " + group.name() + " is " + interval.toMillis() + " ms",
                        "Write a time that fits, such as 1s.");
            }
        });
    }

    /** Looks at one VRRP group. */
    interface GroupCheck {
        void look(DirectorGroup group, Redundancy.Vrrp vrrp);
    }

    static void eachVrrp(Topology topology, GroupCheck check) {
        for (DirectorGroup group : topology.directorGroups()) {
            if (group.redundancy() instanceof Redundancy.Vrrp vrrp) {
                check.look(group, vrrp);
            }
        }
    }

    /** Looks at one instance of a VRRP group. */
    private interface InstanceCheck {
        void look(DirectorGroup group, Redundancy.Vrrp vrrp, VrrpInstance instance);
    }

    private static void eachInstance(Topology topology, InstanceCheck check) {
        eachVrrp(topology, (group, vrrp) -> vrrp.instances().forEach(instance -> check.look(group, vrrp, instance)));
    }

    private static List<HostPort> portsOf(Topology topology, DirectorGroup group, VrrpInstance instance) {
        return Claim.portsOf(topology, group.name(), instance.port());
    }

    /** The group with other settings of VRRP. */
    static Change<?> changed(DirectorGroup group, Redundancy.Vrrp vrrp) {
        return new Change<>(ObjectList.GROUPS, group, new DirectorGroup(group.name(), group.members(), vrrp));
    }
}
