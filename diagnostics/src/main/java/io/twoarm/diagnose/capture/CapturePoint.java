package io.twoarm.diagnose.capture;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A place where frames are seen.
 *
 * @param device name of the kernel's interface, or of the director's port
 * @param dataplane whether it is a port of the bundled director, which the kernel does not see
 */
public record CapturePoint(String host, String device, boolean dataplane) {

    /** {@code host/device}. */
    @Override
    public String toString() {
        return host + "/" + device;
    }

    /** The place of a port of the topology. */
    public static CapturePoint of(Host host, Port port) {
        boolean dataplane = host instanceof Host.Director director
                && director.kind() == DirectorKind.BUNDLED
                && !(port.attachment() instanceof Attachment.Kernel);
        return new CapturePoint(host.name(), port.name(), dataplane);
    }

    /** All ports of a host. */
    public static List<CapturePoint> of(Host host) {
        return host.ports().stream().map(port -> of(host, port)).toList();
    }

    /** Where the packets of a service pass: its clients, its directors, its realservers; not the routers between. */
    public static List<CapturePoint> of(Topology topology, VirtualService service) {
        List<Host> hosts = new ArrayList<>(topology.clients().toList());
        hosts.addAll(topology.directorsNamed(service.director()));
        Set<String> members = new LinkedHashSet<>();
        topology.realserverPool(service.realservers()).stream()
                .flatMap(pool -> pool.members().stream())
                .map(RealserverPool.Member::host)
                .forEach(members::add);
        members.forEach(member -> topology.host(member).ifPresent(hosts::add));
        return hosts.stream().flatMap(host -> of(host).stream()).toList();
    }

    /**
     * Reads {@code host} or {@code host/device}. A device that the topology does not draw is one of the kernel's.
     *
     * @throws IllegalArgumentException when the topology has no such host
     */
    public static List<CapturePoint> parse(Topology topology, String text) {
        String[] parts = text.split("/", 2);
        Host host = topology.host(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("there is no host \"" + parts[0] + "\"; the hosts are "
                        + String.join(
                                ", ", topology.hosts().stream().map(Host::name).toList())));
        if (parts.length == 1) {
            return of(host);
        }
        return List.of(host.port(parts[1])
                .map(port -> of(host, port))
                .orElseGet(() -> new CapturePoint(host.name(), parts[1], false)));
    }
}
