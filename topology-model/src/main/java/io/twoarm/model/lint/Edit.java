package io.twoarm.model.lint;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Route;
import io.twoarm.model.TrafficLimits;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.Scheduler;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects with one value changed, as the changes that repair them. */
final class Edit {
    private Edit() {}

    static Change<?> clientAddress(VirtualService it, ClientAddress clientAddress) {
        return service(it, it.scheduler(), it.localAddresses(), clientAddress, it.synProxy());
    }

    static Change<?> withoutSynProxy(VirtualService it) {
        return service(it, it.scheduler(), it.localAddresses(), it.clientAddress(), false);
    }

    static Change<?> withoutTrafficLimits(VirtualService it) {
        return new Change<>(ObjectList.SERVICES, it, it.withTraffic(TrafficLimits.NONE));
    }

    static Change<?> scheduler(VirtualService it, Scheduler scheduler) {
        return service(it, scheduler, it.localAddresses(), it.clientAddress(), it.synProxy());
    }

    static Change<?> localAddresses(VirtualService it, Optional<String> pool) {
        return service(it, it.scheduler(), pool, it.clientAddress(), it.synProxy());
    }

    private static Change<?> service(
            VirtualService it,
            Scheduler scheduler,
            Optional<String> localAddresses,
            ClientAddress clientAddress,
            boolean synProxy) {
        return new Change<>(
                ObjectList.SERVICES,
                it,
                new VirtualService(
                        it.name(),
                        it.director(),
                        it.port(),
                        it.vip(),
                        it.protocol(),
                        it.servicePort(),
                        it.mode(),
                        scheduler,
                        localAddresses,
                        it.realservers(),
                        clientAddress,
                        synProxy,
                        it.traffic()));
    }

    static Change<?> members(RealserverPool it, List<RealserverPool.Member> members) {
        return new Change<>(ObjectList.POOLS, it, new RealserverPool(it.name(), members, it.check()));
    }

    static Change<?> withoutMember(RealserverPool it, int position) {
        List<RealserverPool.Member> members = new ArrayList<>(it.members());
        members.remove(position);
        return members(it, members);
    }

    static Change<?> withoutEchoPort(Host.Realserver it, int position) {
        List<Integer> ports = new ArrayList<>(it.echoPorts());
        ports.remove(position);
        return new Change<>(
                ObjectList.HOSTS, it, new Host.Realserver(it.name(), it.ports(), it.routes(), it.ssh(), ports));
    }

    static Change<?> dataplane(Host.Director it, DataplaneSettings dataplane) {
        return new Change<>(
                ObjectList.HOSTS,
                it,
                new Host.Director(it.name(), it.ports(), it.routes(), it.ssh(), it.kind(), dataplane, it.release()));
    }

    static Change<?> port(Host it, Port before, Port after) {
        List<Port> ports = new ArrayList<>(it.ports());
        ports.set(ports.indexOf(before), after);
        return new Change<>(ObjectList.HOSTS, it, host(it, ports, it.routes()));
    }

    static Change<?> attachment(Host it, Port port, Attachment attachment) {
        return port(it, port, port.withAttachment(attachment));
    }

    static Change<?> withRoute(Host it, Route route) {
        List<Route> routes = new ArrayList<>(it.routes());
        routes.add(route);
        return new Change<>(ObjectList.HOSTS, it, host(it, it.ports(), routes));
    }

    static Change<?> withoutRoute(Host it, int position) {
        List<Route> routes = new ArrayList<>(it.routes());
        routes.remove(position);
        return new Change<>(ObjectList.HOSTS, it, host(it, it.ports(), routes));
    }

    private static Host host(Host it, List<Port> ports, List<Route> routes) {
        return switch (it) {
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
}
