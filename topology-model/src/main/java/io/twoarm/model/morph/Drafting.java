package io.twoarm.model.morph;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.ObjectList;
import io.twoarm.model.plan.FreeAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A topology while it is morphed, with the steps taken so far. */
final class Drafting {
    /** DPVS's tables of fixed size need about as much. */
    private static final int LEAST_DPVS_MEMORY = 8192;

    private final List<String> steps = new ArrayList<>();
    private final FreeAddresses free;
    private Topology topology;

    Drafting(Topology topology) {
        this.topology = topology;
        this.free = FreeAddresses.of(topology);
    }

    Topology topology() {
        return topology;
    }

    List<String> steps() {
        return steps;
    }

    FreeAddresses free() {
        return free;
    }

    void step(String sentence) {
        steps.add(sentence);
    }

    void put(UnaryOperator<Topology> change) {
        topology = change.apply(topology);
    }

    void host(String name, UnaryOperator<Host> change) {
        put(it -> ObjectList.HOSTS.change(it, name, change));
    }

    /** The only director that stands alone. */
    Host.Director onlyDirector() {
        List<Host.Director> alone = topology.directors()
                .filter(director -> topology.groupOf(director).isEmpty())
                .toList();
        if (alone.size() != 1) {
            throw new MorphRefusedException(
                    alone.isEmpty()
                            ? "the design has no director that stands alone."
                            : "the design has several directors that stand alone: "
                                    + alone.stream().map(Host::name).toList() + "; morph a design with one of them.");
        }
        return alone.getFirst();
    }

    /** The bundled director stands alone; DPVS does not need to. */
    Host.Director asDpvs(Host.Director director, String why) {
        if (director.kind() != DirectorKind.BUNDLED) {
            return director;
        }
        if (!director.dataplane().translation().isEmpty()) {
            throw new MorphRefusedException(director.name()
                    + " would become a director of kind dpvs, which has no NAT64 and no SIIT besides services; take them out of"
                    + " its dataplane first.");
        }
        topology.natGatewaysOf(director)
                .filter(gateway -> gateway.endpointIndependent().isPresent())
                .findFirst()
                .ifPresent(gateway -> {
                    throw new MorphRefusedException(director.name()
                            + " would become a director of kind dpvs, which has no ports that are the same towards all destinations;"
                            + " take endpointIndependent out of NAT gateway " + gateway.name() + " first.");
                });
        int memory = Math.max(LEAST_DPVS_MEMORY, director.dataplane().memoryMegabytes());
        Host.Director changed = new Host.Director(
                director.name(),
                director.ports(),
                director.routes(),
                director.ssh(),
                DirectorKind.DPVS,
                director.dataplane().withMemory(memory).withHugepages(true),
                director.release());
        host(director.name(), _ -> changed);
        step(director.name() + " becomes a director of kind dpvs with " + memory + " MiB of hugepages, because " + why
                + ".");
        return changed;
    }

    /** The subnets of a port's segment, of one family. */
    List<Prefix> subnets(Port port, boolean ipv4) {
        return topology.segmentOf(port).map(Segment::subnets).orElse(List.of()).stream()
                .filter(subnet -> subnet.isIpv4() == ipv4)
                .toList();
    }

    static Port port(Port it, List<InterfaceAddress> addresses, List<InterfaceAddress> kernelAddresses) {
        return new Port(it.name(), it.segment(), addresses, it.attachment(), kernelAddresses);
    }

    static Host with(Host host, List<Port> ports, List<Route> routes) {
        return switch (host) {
            case Host.Client client -> new Host.Client(client.name(), ports, routes, client.ssh());
            case Host.Router router -> new Host.Router(router.name(), ports, routes, router.ssh());
            case Host.Director director ->
                new Host.Director(
                        director.name(),
                        ports,
                        routes,
                        director.ssh(),
                        director.kind(),
                        director.dataplane(),
                        director.release());
            case Host.Realserver realserver ->
                new Host.Realserver(realserver.name(), ports, routes, realserver.ssh(), realserver.echoPorts());
        };
    }

    static VirtualService service(
            VirtualService it,
            String name,
            String director,
            String port,
            InetAddress vip,
            Optional<String> localAddresses,
            String realservers) {
        return new VirtualService(
                name,
                director,
                port,
                vip,
                it.protocol(),
                it.servicePort(),
                it.mode(),
                it.scheduler(),
                localAddresses,
                realservers,
                it.clientAddress(),
                it.synProxy(),
                it.traffic());
    }

    static LocalAddressPool pool(LocalAddressPool it, String director, String port, List<InetAddress> addresses) {
        return new LocalAddressPool(it.name(), director, port, addresses);
    }

    static NatGateway gateway(NatGateway it, String director, String port) {
        return it.withDirector(director).withPort(port);
    }

    /** A name that no object of the list has. */
    String fresh(ObjectList<?> list, String wanted) {
        List<String> names = list.namesIn(topology);
        String candidate = wanted;
        for (int number = 2; names.contains(candidate) || taken(list, candidate); number++) {
            candidate = wanted + "-" + number;
        }
        return candidate;
    }

    /** Directors and their groups share one space of names. */
    private boolean taken(ObjectList<?> list, String name) {
        return list == ObjectList.GROUPS && topology.host(name).isPresent()
                || list == ObjectList.HOSTS && topology.directorGroup(name).isPresent();
    }

    DirectorGroup onlyGroup() {
        if (topology.directorGroups().size() != 1) {
            throw new MorphRefusedException(
                    "the design has " + topology.directorGroups().size() + " groups of directors, and one is needed.");
        }
        return topology.directorGroups().getFirst();
    }

    static String text(InetAddress address) {
        return IpLiteral.format(address);
    }
}
