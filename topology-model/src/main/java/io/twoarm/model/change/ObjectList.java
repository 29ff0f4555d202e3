package io.twoarm.model.change;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One of the lists of named objects that a topology consists of. */
public final class ObjectList<T> {
    public static final ObjectList<Segment> SEGMENTS = new ObjectList<>(
            "segments",
            "segment",
            Topology::segments,
            Segment::name,
            (it, changed) -> Parts.of(it).segments(changed).topology());
    public static final ObjectList<Host> HOSTS = new ObjectList<>(
            "hosts",
            "host",
            Topology::hosts,
            Host::name,
            (it, changed) -> Parts.of(it).hosts(changed).topology());
    public static final ObjectList<LocalAddressPool> LOCAL_POOLS = new ObjectList<>(
            "localAddressPools",
            "local address pool",
            Topology::localAddressPools,
            LocalAddressPool::name,
            (it, changed) -> Parts.of(it).localPools(changed).topology());
    public static final ObjectList<RealserverPool> POOLS = new ObjectList<>(
            "realserverPools",
            "realserver pool",
            Topology::realserverPools,
            RealserverPool::name,
            (it, changed) -> Parts.of(it).pools(changed).topology());
    public static final ObjectList<VirtualService> SERVICES = new ObjectList<>(
            "virtualServices",
            "service",
            Topology::virtualServices,
            VirtualService::name,
            (it, changed) -> Parts.of(it).services(changed).topology());
    public static final ObjectList<DirectorGroup> GROUPS = new ObjectList<>(
            "directorGroups",
            "director group",
            Topology::directorGroups,
            DirectorGroup::name,
            (it, changed) -> Parts.of(it).groups(changed).topology());
    public static final ObjectList<NatGateway> NAT_GATEWAYS = new ObjectList<>(
            "natGateways",
            "NAT gateway",
            Topology::natGateways,
            NatGateway::name,
            (it, changed) -> Parts.of(it).gateways(changed).topology());

    public static final List<ObjectList<?>> ALL =
            List.of(SEGMENTS, HOSTS, LOCAL_POOLS, POOLS, SERVICES, GROUPS, NAT_GATEWAYS);

    private final String key;
    private final String noun;
    private final Function<Topology, List<T>> getter;
    private final Function<T, String> names;
    private final BiFunction<Topology, List<T>, Topology> setter;

    private ObjectList(
            String key,
            String noun,
            Function<Topology, List<T>> getter,
            Function<T, String> names,
            BiFunction<Topology, List<T>, Topology> setter) {
        this.key = key;
        this.noun = noun;
        this.getter = getter;
        this.names = names;
        this.setter = setter;
    }

    public List<T> in(Topology topology) {
        return getter.apply(topology);
    }

    public String nameOf(T item) {
        return names.apply(item);
    }

    /** The object as a sentence names it, such as {@code service web}. */
    public String describe(T item) {
        return noun + " " + nameOf(item);
    }

    public List<String> namesIn(Topology topology) {
        return in(topology).stream().map(names).toList();
    }

    public Topology with(Topology topology, List<T> changed) {
        return setter.apply(topology, changed);
    }

    /** Puts an object at the end. */
    public Topology add(Topology topology, T item) {
        List<T> changed = new ArrayList<>(in(topology));
        changed.add(item);
        return with(topology, changed);
    }

    /** Changes every object of the list; one that becomes null is removed. */
    public Topology each(Topology topology, UnaryOperator<T> change) {
        List<T> changed = new ArrayList<>();
        for (T item : in(topology)) {
            T next = change.apply(item);
            if (next != null) {
                changed.add(next);
            }
        }
        return changed.equals(in(topology)) ? topology : with(topology, changed);
    }

    /** Changes the object of that name; the topology itself when there is none. */
    public Topology change(Topology topology, String name, UnaryOperator<T> change) {
        return each(topology, item -> names.apply(item).equals(name) ? change.apply(item) : item);
    }

    @Override
    public String toString() {
        return key;
    }

    /** A topology taken apart, so that one part can be replaced. */
    record Parts(
            Heading heading,
            List<Segment> segments,
            List<Host> hosts,
            List<LocalAddressPool> localPools,
            List<RealserverPool> pools,
            List<VirtualService> services,
            List<DirectorGroup> groups,
            List<NatGateway> gateways) {

        static Parts of(Topology it) {
            return new Parts(
                    Heading.of(it),
                    it.segments(),
                    it.hosts(),
                    it.localAddressPools(),
                    it.realserverPools(),
                    it.virtualServices(),
                    it.directorGroups(),
                    it.natGateways());
        }

        Topology topology() {
            return new Topology(
                    heading.name(),
                    heading.title(),
                    heading.description(),
                    segments,
                    hosts,
                    localPools,
                    pools,
                    services,
                    groups,
                    gateways);
        }

        Parts heading(Heading changed) {
            return new Parts(changed, segments, hosts, localPools, pools, services, groups, gateways);
        }

        Parts segments(List<Segment> changed) {
            return new Parts(heading, changed, hosts, localPools, pools, services, groups, gateways);
        }

        Parts hosts(List<Host> changed) {
            return new Parts(heading, segments, changed, localPools, pools, services, groups, gateways);
        }

        Parts localPools(List<LocalAddressPool> changed) {
            return new Parts(heading, segments, hosts, changed, pools, services, groups, gateways);
        }

        Parts pools(List<RealserverPool> changed) {
            return new Parts(heading, segments, hosts, localPools, changed, services, groups, gateways);
        }

        Parts services(List<VirtualService> changed) {
            return new Parts(heading, segments, hosts, localPools, pools, changed, groups, gateways);
        }

        Parts groups(List<DirectorGroup> changed) {
            return new Parts(heading, segments, hosts, localPools, pools, services, changed, gateways);
        }

        Parts gateways(List<NatGateway> changed) {
            return new Parts(heading, segments, hosts, localPools, pools, services, groups, changed);
        }
    }
}
