package io.twoarm.lab;

import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A VLAN of a dataplane: its frames pass the cable of another port with a number, and the switch passes them on without.
 *
 * @param link the port whose cable it shares
 * @param number 1 to 4094
 * @param wire the bridge that the cable ends at
 * @param bridge the VLAN's own segment
 */
record LabVlan(String host, String port, String link, int number, String wire, String bridge) {

    /** @throws LabException when the port below or the segment's number is missing */
    static List<LabVlan> of(Topology topology, List<LabPlan.Bridge> bridges) {
        List<LabVlan> vlans = new ArrayList<>();
        for (Host host : topology.hosts()) {
            for (Port port : host.ports()) {
                if (port.attachment() instanceof Attachment.Vlan(String link) && !host.isKernels(port)) {
                    vlans.add(of(topology, bridges, host, port, link));
                }
            }
        }
        return List.copyOf(vlans);
    }

    private static LabVlan of(Topology topology, List<LabPlan.Bridge> bridges, Host host, Port port, String link) {
        Optional<Segment> own = topology.segmentOf(port);
        Optional<Segment> wire = host.port(link).flatMap(topology::segmentOf);
        OptionalInt number = topology.vlanOf(port);
        if (number.isEmpty() || wire.isEmpty()) {
            throw new LabException(
                    "a VLAN needs the number of its segment and a port below that is plugged in",
                    "hosts." + host.name() + ".ports." + port.name(),
                    "see what twoarm lint says");
        }
        return new LabVlan(
                host.name(),
                port.name(),
                link,
                number.getAsInt(),
                bridge(topology, bridges, wire.get()),
                bridge(topology, bridges, own.get()));
    }

    private static String bridge(Topology topology, List<LabPlan.Bridge> bridges, Segment segment) {
        return bridges.get(topology.segments().indexOf(segment)).name();
    }

    /** Lines {@code HOST PORT LINK NUMBER BRIDGE-OF-LINK BRIDGE}. */
    static String table(List<LabVlan> vlans) {
        return vlans.stream()
                .map(vlan -> String.join(
                                " ",
                                vlan.host(),
                                vlan.port(),
                                vlan.link(),
                                "" + vlan.number(),
                                vlan.wire(),
                                vlan.bridge())
                        + "\n")
                .collect(Collectors.joining());
    }

    static List<LabVlan> parse(String table) {
        return table.lines()
                .map(line -> List.of(line.split(" ")))
                .map(words -> new LabVlan(
                        words.get(0),
                        words.get(1),
                        words.get(2),
                        Integer.parseInt(words.get(3)),
                        words.get(4),
                        words.get(5)))
                .toList();
    }
}
