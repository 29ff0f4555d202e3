package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Replacing;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Editors for the fields of a virtual service. */
final class ServiceEditors {
    private ServiceEditors() {}

    private static Wording name(String field, VirtualService service) {
        return Wording.of("edit.field", Texts.text(field), service.name());
    }

    private static BiFunction<Topology, String, Topology> change(
            VirtualService service, BiFunction<Replacing.Service, String, Replacing.Service> field) {
        return (topology, value) -> ObjectList.SERVICES.change(
                topology,
                service.name(),
                it -> field.apply(Replacing.service(it), value).build());
    }

    static Editor vip(VirtualService service) {
        return new Editor.Typed(
                name("property.vip", service),
                IpLiteral.format(service.vip()),
                change(service, (it, value) -> it.vip(IpLiteral.parse(value.strip()))));
    }

    static Editor servicePort(VirtualService service) {
        return new Editor.Typed(
                name("property.servicePort", service),
                Integer.toString(service.servicePort()),
                change(service, (it, value) -> it.servicePort(PropertyEditors.number(value))));
    }

    static Editor protocol(VirtualService service) {
        return new Editor.Choice(
                name("property.protocol", service),
                Editor.Option.constants("protocol", VirtualService.Protocol.values()),
                change(service, (it, value) -> it.protocol(VirtualService.Protocol.valueOf(value))));
    }

    static Editor port(Topology topology, VirtualService service) {
        List<String> ports = topology.directorsNamed(service.director()).stream()
                .flatMap(host -> host.ports().stream())
                .map(Port::name)
                .distinct()
                .toList();
        return new Editor.Choice(
                name("property.port", service), Editor.Option.names(ports), change(service, Replacing.Service::port));
    }

    static Editor mode(VirtualService service) {
        return new Editor.Choice(
                name("property.mode", service),
                Editor.Option.constants("mode", VirtualService.ForwardingMode.values()),
                change(service, (it, value) -> it.mode(VirtualService.ForwardingMode.valueOf(value))));
    }

    static Editor scheduler(VirtualService service) {
        return new Editor.Choice(
                name("property.scheduler", service),
                Editor.Option.constants("scheduler", VirtualService.Scheduler.values()),
                change(service, (it, value) -> it.scheduler(VirtualService.Scheduler.valueOf(value))));
    }

    static Editor pool(Topology topology, VirtualService service) {
        return new Editor.Choice(
                name("property.realservers", service),
                Editor.Option.names(ObjectList.POOLS.namesIn(topology)),
                change(service, Replacing.Service::realservers));
    }

    static Editor localAddresses(Topology topology, VirtualService service) {
        List<Editor.Option> options = new ArrayList<>();
        options.add(new Editor.Option("", Texts.text("property.none")));
        topology.localAddressPools().stream()
                .filter(pool -> pool.director().equals(service.director()))
                .map(LocalAddressPool::name)
                .forEach(pool -> options.add(new Editor.Option(pool, pool)));
        return new Editor.Choice(
                name("property.localAddresses", service),
                options,
                change(
                        service,
                        (it, value) -> it.localAddresses(Optional.of(value).filter(pool -> !pool.isEmpty()))));
    }

    static Editor synProxy(VirtualService service) {
        return new Editor.Choice(
                name("property.synProxy", service),
                GroupEditors.yesAndNo(),
                change(service, (it, value) -> it.synProxy(Boolean.parseBoolean(value))));
    }

    static Editor bandwidth(VirtualService service) {
        return new Editor.Typed(
                name("property.bandwidth", service),
                Integer.toString(service.traffic().bandwidth()),
                change(service, (it, value) -> it.bandwidth(PropertyEditors.number(value))));
    }

    static Editor packetRate(VirtualService service) {
        return new Editor.Typed(
                name("property.packetRate", service),
                Integer.toString(service.traffic().packetRate()),
                change(service, (it, value) -> it.packetRate(PropertyEditors.number(value))));
    }

    static Editor clientAddress(VirtualService service) {
        return new Editor.Choice(
                name("property.clientAddress", service),
                Editor.Option.constants("clientAddress", VirtualService.ClientAddress.values()),
                change(service, (it, value) -> it.clientAddress(VirtualService.ClientAddress.valueOf(value))));
    }
}
