package io.twoarm.desktop.design;

import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;

/** Whether a topology has an object. */
public final class Existence {
    private Existence() {}

    public static boolean exists(Topology topology, ObjectRef ref) {
        return switch (ref) {
            case ObjectRef.DesignRef _ -> true;
            case ObjectRef.HostRef host -> topology.host(host.name()).isPresent();
            case ObjectRef.PortRef port ->
                topology.host(port.host())
                        .flatMap(host -> host.port(port.name()))
                        .isPresent();
            case ObjectRef.SegmentRef segment ->
                topology.segment(segment.name()).isPresent();
            case ObjectRef.LocalPoolRef pool ->
                topology.localAddressPool(pool.name()).isPresent();
            case ObjectRef.PoolRef pool -> topology.realserverPool(pool.name()).isPresent();
            case ObjectRef.ServiceRef service ->
                topology.virtualService(service.name()).isPresent();
            case ObjectRef.GroupRef group ->
                topology.directorGroup(group.name()).isPresent();
            case ObjectRef.NatGatewayRef gateway ->
                ObjectList.NAT_GATEWAYS.namesIn(topology).contains(gateway.name());
        };
    }
}
