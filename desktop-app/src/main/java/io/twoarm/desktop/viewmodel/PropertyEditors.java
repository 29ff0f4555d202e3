package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Fresh;
import io.twoarm.desktop.design.HostParts;
import io.twoarm.desktop.design.Replacing;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.SshAccess;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Heading;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Editors for the fields of designs, hosts, ports, segments and pools of local addresses. */
final class PropertyEditors {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h)");
    private static final Pattern SSH = Pattern.compile("([^@]+)@\\[?([^\\]]+?)\\]?(?::([0-9]{1,5}))?");

    private PropertyEditors() {}

    static int number(String text) {
        String digits = text.strip();
        if (!digits.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(Texts.text("editor.number", "\"" + digits + "\""));
        }
        return Integer.parseInt(digits);
    }

    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(Texts.text("editor.duration"));
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    static Wording field(String key, String object) {
        return Wording.of("edit.field", Texts.text(key), object);
    }

    static Editor.Action removal(String object, UnaryOperator<Topology> change) {
        return new Editor.Action(Texts.text("property.remove"), Wording.of("edit.removeFrom", object), change);
    }

    static <T> List<T> without(List<T> list, T gone) {
        List<T> changed = new ArrayList<>(list);
        changed.remove(gone);
        return changed;
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> changed = new ArrayList<>(list);
        changed.add(added);
        return changed;
    }

    static <T> List<T> replaced(List<T> list, T before, T after) {
        return list.stream().map(each -> each.equals(before) ? after : each).toList();
    }

    static Editor title(Topology topology) {
        return new Editor.Typed(field("property.title", topology.name()), topology.title(), (it, text) -> {
            Heading heading = Heading.of(it);
            return new Heading(heading.name(), text, heading.description()).on(it);
        });
    }

    static Editor description(Topology topology) {
        String initial = topology.description().strip();
        return new Editor.Paragraph(field("property.description", topology.name()), initial, (it, text) -> {
            Heading heading = Heading.of(it);
            String lines = text.strip();
            return new Heading(heading.name(), heading.title(), lines.isEmpty() ? "" : lines + "\n").on(it);
        });
    }

    private static Topology host(Topology topology, Host host, UnaryOperator<HostParts> change) {
        return ObjectList.HOSTS.change(topology, host.name(), it -> HostParts.change(it, change));
    }

    static Editor ssh(Host host) {
        String initial = host.ssh()
                .map(ssh ->
                        ssh.user() + "@" + (ssh.address().indexOf(':') < 0 ? ssh.address() : "[" + ssh.address() + "]")
                                + ":" + ssh.port())
                .orElse("");
        return new Editor.Typed(
                field("property.ssh", host.name()),
                initial,
                (it, text) -> host(it, host, parts -> parts.ssh(ssh(text))));
    }

    private static Optional<SshAccess> ssh(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher parts = SSH.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(Texts.text("editor.ssh"));
        }
        int port = parts.group(3) == null ? SshAccess.STANDARD_PORT : number(parts.group(3));
        return Optional.of(new SshAccess(parts.group(2), port, parts.group(1)));
    }

    private static Topology director(
            Topology topology, Host.Director director, DirectorKind kind, DataplaneSettings dataplane) {
        return ObjectList.HOSTS.change(
                topology,
                director.name(),
                it -> new Host.Director(
                        it.name(), it.ports(), it.routes(), it.ssh(), kind, dataplane, director.release()));
    }

    static Editor kind(Host.Director it) {
        return new Editor.Choice(
                field("property.kind", it.name()),
                Editor.Option.constants("kind", DirectorKind.values()),
                (topology, value) -> director(topology, it, DirectorKind.valueOf(value), it.dataplane()));
    }

    static Editor workers(Host.Director it) {
        DataplaneSettings now = it.dataplane();
        return new Editor.Typed(
                field("property.workers", it.name()),
                Integer.toString(now.workers()),
                (topology, text) -> director(topology, it, it.kind(), now.withWorkers(number(text))));
    }

    static Editor memory(Host.Director it) {
        DataplaneSettings now = it.dataplane();
        return new Editor.Typed(
                field("property.memory", it.name()),
                now.memoryMegabytes() + " MiB",
                (topology, text) -> director(
                        topology, it, it.kind(), now.withMemory(number(text.replaceFirst("\\s*MiB\\s*$", "")))));
    }

    static Editor hugepages(Host.Director it) {
        DataplaneSettings now = it.dataplane();
        return new Editor.Choice(
                field("property.hugepages", it.name()),
                List.of(
                        new Editor.Option("true", Texts.text("property.yes")),
                        new Editor.Option("false", Texts.text("property.no"))),
                (topology, value) -> director(topology, it, it.kind(), now.withHugepages(Boolean.parseBoolean(value))));
    }

    static Editor echoPorts(Host.Realserver host) {
        String initial =
                String.join(", ", host.echoPorts().stream().map(String::valueOf).toList());
        return new Editor.Typed(
                field("property.echo", host.name()),
                initial,
                (topology, text) -> ObjectList.HOSTS.change(
                        topology,
                        host.name(),
                        it -> new Host.Realserver(
                                it.name(),
                                it.ports(),
                                it.routes(),
                                it.ssh(),
                                Arrays.stream(text.split("[,\\s]+", -1))
                                        .filter(each -> !each.isEmpty())
                                        .map(PropertyEditors::number)
                                        .toList())));
    }

    static Editor.Action removeRoute(Host host, Route route) {
        return removal(host.name(), it -> host(it, host, parts -> parts.routes(without(parts.routes(), route))));
    }

    /** Through the first gateway on a wire of the host; empty when it has a way out, or none is there. */
    static Optional<Editor.Action> addDefaultRoute(Topology topology, Host host) {
        if (host.routes().stream().anyMatch(route -> route.destination().isDefault())) {
            return Optional.empty();
        }
        return host.ports().stream()
                .flatMap(port -> topology.ports()
                        .filter(each -> each.host() instanceof Host.Router
                                && !each.host().name().equals(host.name())
                                && each.port().segment().equals(port.segment()))
                        .flatMap(each -> each.port().addresses().stream())
                        .map(gateway -> new Route(
                                Prefix.everything(gateway.address()),
                                Optional.of(gateway.address()),
                                host instanceof Host.Director ? Optional.of(port.name()) : Optional.empty())))
                .findFirst()
                .map(route -> new Editor.Action(
                        Texts.text("property.add.route"),
                        Wording.of("edit.addTo", host.name()),
                        it -> host(it, host, parts -> parts.routes(with(parts.routes(), route)))));
    }

    private static Topology port(Topology topology, Host host, Port port, UnaryOperator<Port> change) {
        return host(topology, host, parts -> parts.port(port.name(), change));
    }

    static Editor segment(Topology topology, Host host, Port port) {
        return new Editor.Choice(
                field("property.segment", port.name()),
                Editor.Option.names(ObjectList.SEGMENTS.namesIn(topology)),
                (it, value) -> port(it, host, port, each -> Replacing.segmentOf(each, value)));
    }

    static Editor portAddress(Host host, Port port, InterfaceAddress address) {
        return new Editor.Typed(
                field("property.address", port.name()),
                address.toString(),
                (it, text) -> port(
                        it,
                        host,
                        port,
                        each -> Replacing.addressesOf(
                                each, replaced(each.addresses(), address, InterfaceAddress.parse(text.strip())))));
    }

    static Editor.Action removePortAddress(Host host, Port port, InterfaceAddress address) {
        return removal(
                port.name(),
                it -> port(it, host, port, each -> Replacing.addressesOf(each, without(each.addresses(), address))));
    }

    static Optional<Editor.Action> addPortAddress(Topology topology, Host host, Port port) {
        return topology.segmentOf(port).stream()
                .flatMap(segment -> segment.subnets().stream())
                .flatMap(subnet -> Fresh.address(topology, subnet, Optional.empty())
                        .map(address -> new InterfaceAddress(address, subnet.length()))
                        .stream())
                .findFirst()
                .map(address -> new Editor.Action(
                        Texts.text("property.add.address"),
                        Wording.of("edit.addTo", port.name()),
                        it -> port(
                                it, host, port, each -> Replacing.addressesOf(each, with(each.addresses(), address)))));
    }

    private static Topology subnets(Topology topology, Segment segment, UnaryOperator<List<Prefix>> change) {
        return ObjectList.SEGMENTS.change(topology, segment.name(), it -> it.withSubnets(change.apply(it.subnets())));
    }

    static Editor subnet(Segment segment, Prefix subnet) {
        return new Editor.Typed(
                field("property.subnet", segment.name()),
                subnet.toString(),
                (it, text) -> subnets(it, segment, all -> replaced(all, subnet, Prefix.parse(text.strip()))));
    }

    static Editor.Action removeSubnet(Segment segment, Prefix subnet) {
        return removal(segment.name(), it -> subnets(it, segment, all -> without(all, subnet)));
    }

    static Editor.Action addSubnet(Topology topology, Segment segment) {
        Prefix fresh = Fresh.subnet(topology);
        return new Editor.Action(
                Texts.text("property.add.subnet"),
                Wording.of("edit.addTo", segment.name()),
                it -> subnets(it, segment, all -> with(all, fresh)));
    }

    static Editor mtu(Segment segment) {
        return new Editor.Typed(
                field("property.mtu", segment.name()),
                Integer.toString(segment.mtu()),
                (topology, text) ->
                        ObjectList.SEGMENTS.change(topology, segment.name(), it -> it.withMtu(number(text))));
    }

    private static Topology lips(Topology topology, LocalAddressPool pool, UnaryOperator<List<InetAddress>> change) {
        return ObjectList.LOCAL_POOLS.change(
                topology,
                pool.name(),
                it -> new LocalAddressPool(it.name(), it.director(), it.port(), change.apply(it.addresses())));
    }

    static Editor localAddress(LocalAddressPool pool, InetAddress address) {
        return new Editor.Typed(
                field("property.address", pool.name()),
                IpLiteral.format(address),
                (it, text) -> lips(it, pool, all -> replaced(all, address, IpLiteral.parse(text.strip()))));
    }

    static Editor.Action removeLocalAddress(LocalAddressPool pool, InetAddress address) {
        return removal(pool.name(), it -> lips(it, pool, all -> without(all, address)));
    }

    static Optional<Editor.Action> addLocalAddress(Topology topology, LocalAddressPool pool) {
        return topology.directorsNamed(pool.director()).stream()
                .flatMap(host -> host.port(pool.port()).stream())
                .flatMap(port -> topology.segmentOf(port).stream())
                .flatMap(segment -> segment.subnets().stream())
                .flatMap(subnet ->
                        Fresh.address(
                                topology, subnet, pool.addresses().stream().reduce((a, b) -> b))
                                .stream())
                .findFirst()
                .map(address -> new Editor.Action(
                        Texts.text("property.add.address"),
                        Wording.of("edit.addTo", pool.name()),
                        it -> lips(it, pool, all -> with(all, address))));
    }
}
