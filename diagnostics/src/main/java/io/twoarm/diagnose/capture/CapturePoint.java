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
 * @param tagged whether frames of VLANs pass it with their numbers, beside others
 */
public record CapturePoint(String host, String device, boolean dataplane, boolean tagged) {

    /** Without VLANs. */
    public CapturePoint(String host, String device, boolean dataplane) {
        this(host, device, dataplane, false);
    }

    /** What the place is asked for, so that a filter means frames of VLANs, too. */
    String filter(String wanted) {
        return !tagged || wanted.isBlank() ? wanted : "(" + wanted + ") or (vlan and (" + wanted + "))";
    }

    /** {@code host/device}. */
    @Override
    public String toString() {
        return host + "/" + device;
    }

    /** The place of a port of the topology; a VLAN of the bundled director is seen at the port below, with its number. */
    public static CapturePoint of(Host host, Port port) {
        boolean dataplane = host instanceof Host.Director director
                && director.kind() == DirectorKind.BUNDLED
                && !host.isKernels(port);
        String device = dataplane && port.attachment() instanceof Attachment.Vlan(String link) ? link : port.name();
        boolean tagged = dataplane
                && host.ports().stream().anyMatch(it -> it.attachment().equals(new Attachment.Vlan(device)));
        return new CapturePoint(host.name(), device, dataplane, tagged);
    }

    /** All ports of a host. */
    public static List<CapturePoint> of(Host host) {
        return host.ports().stream().map(port -> of(host, port)).distinct().toList();
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
