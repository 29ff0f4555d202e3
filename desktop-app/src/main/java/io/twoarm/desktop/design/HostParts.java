package io.twoarm.desktop.design;

import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Route;
import io.twoarm.model.SshAccess;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What hosts of every role have, so that one part can be replaced without knowing the role. */
public record HostParts(String name, List<Port> ports, List<Route> routes, Optional<SshAccess> ssh) {
    public static HostParts of(Host host) {
        return new HostParts(host.name(), host.ports(), host.routes(), host.ssh());
    }

    /** The host with these parts; what only its role has stays. */
    public Host on(Host host) {
        return switch (host) {
            case Host.Client _ -> new Host.Client(name, ports, routes, ssh);
            case Host.Router _ -> new Host.Router(name, ports, routes, ssh);
            case Host.Director it ->
                new Host.Director(name, ports, routes, ssh, it.kind(), it.dataplane(), it.release());
            case Host.Realserver it -> new Host.Realserver(name, ports, routes, ssh, it.echoPorts());
        };
    }

    public HostParts named(String changed) {
        return new HostParts(changed, ports, routes, ssh);
    }

    public HostParts ports(List<Port> changed) {
        return new HostParts(name, changed, routes, ssh);
    }

    public HostParts routes(List<Route> changed) {
        return new HostParts(name, ports, changed, ssh);
    }

    public HostParts ssh(Optional<SshAccess> changed) {
        return new HostParts(name, ports, routes, changed);
    }

    /** Changes a host of any role. */
    public static Host change(Host host, UnaryOperator<HostParts> change) {
        return change.apply(of(host)).on(host);
    }

    /** The parts with one port changed. */
    public HostParts port(String port, UnaryOperator<Port> change) {
        return ports(ports.stream()
                .map(each -> each.name().equals(port) ? change.apply(each) : each)
                .toList());
    }
}
