package io.twoarm.lab;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds topologies the way a test talks of them. Segments come into being with the ports that name them. */
final class TopologyFixture {
    private final List<Segment> segments = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();

    /** Client and gateway, director, two realservers: the two-armed arrangement. */
    static Topology twoArmed() {
        return new TopologyFixture()
                .client("client", kernel("eth0", "client-lan", "172.16.0.1/24"))
                .router(
                        "gateway",
                        kernel("inside", "client-lan", "172.16.0.254/24"),
                        kernel("outside", "wan", "10.0.96.254/24"))
                .director("director", dataplane("dpdk2", "wan"), dataplane("dpdk0", "lan"))
                .realserver("rs1", kernel("eth0", "lan", "192.168.229.1/24", "fd00:229::1/64"))
                .realserver("rs2", kernel("eth0", "lan", "192.168.229.2/24", "fd00:229::2/64"))
                .topology();
    }

    /** The least that makes a lab. */
    static Topology single() {
        return new TopologyFixture()
                .client("solo", kernel("eth0", "wire", "10.9.0.1/24"))
                .topology();
    }

    TopologyFixture client(String name, Port... ports) {
        hosts.add(new Host.Client(name, plug(ports), List.of(), Optional.empty()));
        return this;
    }

    TopologyFixture router(String name, Port... ports) {
        hosts.add(new Host.Router(name, plug(ports), List.of(), Optional.empty()));
        return this;
    }

    TopologyFixture director(String name, Port... ports) {
        hosts.add(new Host.Director(
                name,
                plug(ports),
                List.of(),
                Optional.empty(),
                DirectorKind.BUNDLED,
                new DataplaneSettings(1, 256, false)));
        return this;
    }

    TopologyFixture realserver(String name, Port... ports) {
        hosts.add(new Host.Realserver(name, plug(ports), List.of(), Optional.empty(), List.of(80)));
        return this;
    }

    Topology topology() {
        return new Topology("fixture", "Fixture", "", segments, hosts, List.of(), List.of(), List.of());
    }

    private List<Port> plug(Port... ports) {
        for (Port port : ports) {
            if (segments.stream().noneMatch(segment -> segment.name().equals(port.segment()))) {
                segments.add(new Segment(port.segment(), List.of()));
            }
        }
        return List.of(ports);
    }

    static Port kernel(String name, String segment, String... addresses) {
        List<InterfaceAddress> own = Arrays.stream(addresses)
                .map(address -> address.split("/"))
                .map(parts -> new InterfaceAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1])))
                .toList();
        return new Port(name, segment, own, new Attachment.Kernel());
    }

    static Port dataplane(String name, String segment) {
        return new Port(name, segment, List.of(), new Attachment.AfPacket(name));
    }
}
