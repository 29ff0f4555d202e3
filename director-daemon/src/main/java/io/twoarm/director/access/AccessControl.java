package io.twoarm.director.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What decides on access besides the services' own lists.
 *
 * @param sets by {@code dpip ipset}, in the order of their making
 * @param dropsStrayTcp whether segments to own addresses that no service and no session takes are dropped in silence instead
 *     of answered by a reset ({@code defence_tcp_drop})
 * @param dropsStrayUdp the same for datagrams, which are answered by ICMP otherwise ({@code defence_udp_drop})
 */
public record AccessControl(List<IpSet> sets, boolean dropsStrayTcp, boolean dropsStrayUdp) {
    /** No sets, and all is answered. */
    public static final AccessControl OPEN = new AccessControl(List.of(), false, false);

    public AccessControl {
        sets = List.copyOf(sets);
    }

    /** A set by its name. */
    public Optional<IpSet> set(String name) {
        return sets.stream().filter(set -> set.name().equals(name)).findFirst();
    }

    /** All sets by name. */
    public Map<String, IpSet> byName() {
        return sets.stream().collect(Collectors.toUnmodifiableMap(IpSet::name, Function.identity()));
    }

    /** The same with other sets. */
    public AccessControl withSets(List<IpSet> wanted) {
        return new AccessControl(wanted, dropsStrayTcp, dropsStrayUdp);
    }

    /** The same with a set instead of the one of its name, or besides the others. */
    public AccessControl with(IpSet set) {
        List<IpSet> wanted = new ArrayList<>(sets);
        boolean known = set(set.name()).isPresent();
        wanted.replaceAll(other -> other.name().equals(set.name()) ? set : other);
        if (!known) {
            wanted.add(set);
        }
        return withSets(wanted);
    }
}
