package io.twoarm.model;

/** Where the objects of a topology stand in the project file. */
public final class TopologyPaths {
    private TopologyPaths() {}

    public static ObjectPath segment(Segment segment) {
        return ObjectPath.of("segments", segment.name());
    }

    public static ObjectPath host(Host host) {
        return ObjectPath.of("hosts", host.name());
    }

    public static ObjectPath port(Host host, Port port) {
        return host(host).key("ports").key(port.name());
    }

    public static ObjectPath localAddressPool(LocalAddressPool pool) {
        return ObjectPath.of("localAddressPools", pool.name());
    }

    public static ObjectPath realserverPool(RealserverPool pool) {
        return ObjectPath.of("realserverPools", pool.name());
    }

    /** @param position of the member in its pool, from 0 */
    public static ObjectPath member(RealserverPool pool, int position) {
        return realserverPool(pool).key("members").index(position);
    }

    public static ObjectPath directorGroup(DirectorGroup group) {
        return ObjectPath.of("directorGroups", group.name());
    }

    public static ObjectPath vrrpInstance(DirectorGroup group, DirectorGroup.VrrpInstance instance) {
        return directorGroup(group).key("instances").key(instance.name());
    }

    public static ObjectPath natGateway(NatGateway gateway) {
        return ObjectPath.of("natGateways", gateway.name());
    }

    public static ObjectPath virtualService(VirtualService service) {
        return ObjectPath.of("virtualServices", service.name());
    }
}
