package io.twoarm.desktop.design;

import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a topology has an object. */
public final class Existence {
    private Existence() {}

    /** The design without places and lines of what it does not have, such as figures that are gone. */
    public static Design pruned(Design design) {
        return new Design(
                design.topology(),
                pruned(design.topology(), design.places()),
                pruned(design.topology(), design.lines()));
    }

    private static <T> Map<String, T> pruned(Topology topology, Map<String, T> byPath) {
        Map<String, T> existing = new LinkedHashMap<>(byPath);
        existing.keySet()
                .removeIf(path ->
                        ObjectRef.at(path).filter(ref -> exists(topology, ref)).isEmpty());
        return existing;
    }

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
