package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Replacing;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.ObjectList;
import java.util.List;
import java.util.stream.Stream;

/** Editors for whose a service, pool or NAT gateway is: a director or a group, and a port of it. */
final class OwnerEditors {
    private OwnerEditors() {}

    private static Wording field(String key, String object) {
        return Wording.of("edit.field", Texts.text(key), object);
    }

    private static List<Editor.Option> owners(Topology topology) {
        return Editor.Option.names(Stream.concat(
                        topology.directorGroups().stream().map(ObjectList.GROUPS::nameOf),
                        topology.directors().map(ObjectList.HOSTS::nameOf))
                .toList());
    }

    private static List<Editor.Option> ports(Topology topology, String directorOrGroup) {
        return Editor.Option.names(topology.directorsNamed(directorOrGroup).stream()
                .flatMap(host -> host.ports().stream())
                .map(Port::name)
                .distinct()
                .toList());
    }

    static Editor director(Topology topology, VirtualService service) {
        return new Editor.Choice(
                field("property.director", service.name()),
                owners(topology),
                (it, value) -> ObjectList.SERVICES.change(
                        it,
                        service.name(),
                        each -> Replacing.service(each).director(value).build()));
    }

    static Editor director(Topology topology, LocalAddressPool pool) {
        return new Editor.Choice(
                field("property.director", pool.name()),
                owners(topology),
                (it, value) -> ObjectList.LOCAL_POOLS.change(
                        it,
                        pool.name(),
                        each -> new LocalAddressPool(each.name(), value, each.port(), each.addresses())));
    }

    static Editor port(Topology topology, LocalAddressPool pool) {
        return new Editor.Choice(
                field("property.port", pool.name()),
                ports(topology, pool.director()),
                (it, value) -> ObjectList.LOCAL_POOLS.change(
                        it,
                        pool.name(),
                        each -> new LocalAddressPool(each.name(), each.director(), value, each.addresses())));
    }

    static Editor director(Topology topology, NatGateway gateway) {
        return new Editor.Choice(
                field("property.director", gateway.name()),
                owners(topology),
                (it, value) -> ObjectList.NAT_GATEWAYS.change(it, gateway.name(), each -> each.withDirector(value)));
    }

    static Editor port(Topology topology, NatGateway gateway) {
        return new Editor.Choice(
                field("property.port", gateway.name()),
                ports(topology, gateway.director()),
                (it, value) -> ObjectList.NAT_GATEWAYS.change(it, gateway.name(), each -> each.withPort(value)));
    }
}
