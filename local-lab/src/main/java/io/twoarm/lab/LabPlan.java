package io.twoarm.lab;

import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A topology as the pod builds it: bridges, hosts and the NICs between them, each with the name it gets in the kernel.
 *
 * @param bridges one per segment, in the topology's order
 * @param vlans those of dataplanes; VLANs of the kernel are NICs, with a cable to their segment as from an access port
 * @param hosts host names in the topology's order; the first answers at 127.77.number.1
 */
record LabPlan(List<Bridge> bridges, List<String> hosts, List<Nic> nics, List<LabVlan> vlans) {
    /** The last byte of a host's SSH address. */
    private static final int MOST_HOSTS = 254;
    /** A port's number is a byte of its MAC address. */
    private static final int MOST_PORTS = 256;

    /** IFNAMSIZ less the final zero; which characters there may be is the model's rule. */
    private static final int LONGEST_INTERFACE_NAME = 15;

    /** Every host has the first, and the others stand for many interfaces in /proc/sys/net. */
    private static final Set<String> RESERVED_INTERFACE_NAMES = Set.of("lo", "all", "default");

    private static final String BOND = "bond";

    record Bridge(String name, String segment) {}

    /**
     * A NIC and the cable to its bridge.
     *
     * @param wireEnd the interface at the bridge
     * @param name the interface in the host
     * @param port the port of the topology
     * @param mtu the segment's, in bytes
     * @param dataplane whether the director's dataplane drives it, so that the kernel gets no address
     * @param bondMode mode of the bond that it is a member of, so that its bridge needs a trunk for it
     */
    record Nic(
            String host,
            String wireEnd,
            String bridge,
            String name,
            String port,
            String mac,
            int mtu,
            boolean dataplane,
            OptionalInt bondMode,
            List<String> addresses) {}

    /**
     * @throws LabException when the topology cannot be built on one machine; it names the host and the port
     */
    static LabPlan of(Topology topology) {
        List<Host> hosts = topology.hosts();
        if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
            throw new LabException(
                    "a lab has 1 to " + MOST_HOSTS + " hosts, and the topology has " + hosts.size(),
                    "hosts",
                    "draw at least one host, or split the topology");
        }
        List<Bridge> bridges = new ArrayList<>();
        for (Segment segment : topology.segments()) {
            bridges.add(new Bridge("br" + bridges.size(), segment.name()));
        }
        List<Nic> nics = new ArrayList<>();
        for (int index = 0; index < hosts.size(); index++) {
            nics.addAll(nicsOf(hosts.get(index), index + 1, topology, bridges));
        }
        return new LabPlan(
                List.copyOf(bridges),
                hosts.stream().map(Host::name).toList(),
                List.copyOf(nics),
                LabVlan.of(topology, bridges));
    }

    private static List<Nic> nicsOf(Host host, int number, Topology topology, List<Bridge> bridges) {
        if (host.ports().size() > MOST_PORTS) {
            throw new LabException(
                    "a lab host has at most " + MOST_PORTS + " ports, and this one has "
                            + host.ports().size(),
                    "hosts." + host.name() + ".ports",
                    "remove some");
        }
        List<Nic> nics = new ArrayList<>();
        Set<String> names = new HashSet<>(RESERVED_INTERFACE_NAMES);
        for (Port port : host.ports()) {
            if (port.isVlan() && !host.isKernels(port)) {
                continue;
            }
            String place = "hosts." + host.name() + ".ports." + port.name();
            Segment segment = topology.segmentOf(port).orElseThrow(() -> unknownSegment(port, place, bridges));
            String bridge = bridges.get(topology.segments().indexOf(segment)).name();
            for (String name : interfaceNames(port)) {
                checkName(name, names, place);
                nics.add(nic(host, number, nics.size(), port, segment, bridge, name));
            }
        }
        return nics;
    }

    private static void checkName(String name, Set<String> names, String place) {
        if (name.length() > LONGEST_INTERFACE_NAME) {
            throw new LabException(
                    "\"" + name + "\" has " + name.length() + " characters, and a network interface's name has at most "
                            + LONGEST_INTERFACE_NAME,
                    place,
                    "shorten it");
        }
        if (!names.add(name)) {
            throw new LabException(
                    "the interface name \"" + name + "\" is taken on this host", place, "give each port its own");
        }
    }

    private static Nic nic(Host host, int number, int index, Port port, Segment segment, String bridge, String name) {
        boolean dataplane = !host.isKernels(port);
        return new Nic(
                host.name(),
                "h" + number + "p" + index,
                bridge,
                name,
                port.name(),
                // Locally administered and unicast; the same in every run, so that captures can be compared.
                String.format("02:54:41:00:%02x:%02x", number, index),
                segment.mtu(),
                dataplane,
                port.attachment() instanceof Attachment.Bond bond ? OptionalInt.of(bond.mode()) : OptionalInt.empty(),
                dataplane ? List.of() : addresses(port));
    }

    private static LabException unknownSegment(Port port, String place, List<Bridge> bridges) {
        return new LabException(
                "the port is plugged into segment \"" + port.segment() + "\", which does not exist",
                place,
                "use one of " + bridges.stream().map(Bridge::segment).collect(Collectors.joining(", "))
                        + ", or add the segment");
    }

    /**
     * What DPDK would take over on real hardware is an af_packet interface in a lab, under the port's name; a bond is as many
     * as it has members.
     */
    private static List<String> interfaceNames(Port port) {
        return switch (port.attachment()) {
            case Attachment.AfPacket afPacket -> List.of(afPacket.interfaceName());
            case Attachment.Kernel _, Attachment.Pci _, Attachment.Vlan _ -> List.of(port.name());
            case Attachment.Bond(int _, List<Attachment> members) ->
                IntStream.range(0, members.size())
                        .mapToObj(i -> members.get(i) instanceof Attachment.AfPacket(String name)
                                ? name
                                : port.name() + "s" + i)
                        .toList();
        };
    }

    private static List<String> addresses(Port port) {
        return port.addresses().stream().map(LabPlan::text).toList();
    }

    private static String text(InterfaceAddress address) {
        return address.address().getHostAddress() + "/" + address.prefixLength();
    }

    /** Lines {@code BRIDGE SEGMENT}. */
    String segmentTable() {
        return bridges.stream()
                .map(bridge -> bridge.name() + " " + bridge.segment() + "\n")
                .collect(Collectors.joining());
    }

    /** Lines {@code NAME}. */
    String hostTable() {
        return hosts.stream().map(host -> host + "\n").collect(Collectors.joining());
    }

    /** Lines {@code HOST WIRE-END BRIDGE NIC PORT MAC MTU kernel|dataplane|bond0|bond4 [ADDRESS/LENGTH...]}. */
    String portTable() {
        return nics.stream()
                .map(nic -> String.join(
                                " ",
                                nic.host(),
                                nic.wireEnd(),
                                nic.bridge(),
                                nic.name(),
                                nic.port(),
                                nic.mac(),
                                "" + nic.mtu(),
                                kind(nic),
                                String.join(" ", nic.addresses()))
                        .strip())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String kind(Nic nic) {
        if (nic.bondMode().isPresent()) {
            return BOND + nic.bondMode().getAsInt();
        }
        return nic.dataplane() ? "dataplane" : "kernel";
    }

    /** The hosts file that all lab hosts share: every host under the addresses of its kernel's NICs. */
    String hostsFile() {
        StringBuilder text = new StringBuilder("127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n");
        for (Nic nic : nics) {
            for (String address : nic.addresses()) {
                text.append(address, 0, address.indexOf('/'))
                        .append(' ')
                        .append(nic.host())
                        .append('\n');
            }
        }
        return text.toString();
    }

    static LabPlan parse(String segmentTable, String hostTable, String portTable, String vlanTable) {
        List<Bridge> bridges = segmentTable
                .lines()
                .map(line -> new Bridge(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)))
                .toList();
        List<Nic> nics = portTable.lines().map(LabPlan::parseNic).toList();
        return new LabPlan(bridges, hostTable.lines().toList(), nics, LabVlan.parse(vlanTable));
    }

    private static Nic parseNic(String line) {
        List<String> words = List.of(line.split(" "));
        return new Nic(
                words.get(0),
                words.get(1),
                words.get(2),
                words.get(3),
                words.get(4),
                words.get(5),
                Integer.parseInt(words.get(6)),
                !words.get(7).equals("kernel"),
                words.get(7).startsWith(BOND)
                        ? OptionalInt.of(Integer.parseInt(words.get(7).substring(BOND.length())))
                        : OptionalInt.empty(),
                words.subList(8, words.size()));
    }
}
