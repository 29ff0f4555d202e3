package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;
import static io.twoarm.model.TopologyPaths.port;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.NearestWord;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.SshAccess;
import io.twoarm.model.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about hosts and their ports. */
final class HostRules {
    /** RFC 1123 section 2.1, one label. */
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    /** The kernel's IFNAMSIZ is 16 with the final zero byte. */
    private static final int LONGEST_KERNEL_NAME = 15;

    /** The longest device name that DPVS keeps. */
    private static final int LONGEST_DATAPLANE_NAME = 31;

    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "host-name",
                    "A host's name is a valid host name.",
                    "RFC 1123 allows letters, digits and hyphens, and no hyphen at either end.",
                    HostRules::hostName),
            LintRule.warning(
                    "host-without-port",
                    "Every host has a port.",
                    "A host without a port takes no part in anything.",
                    HostRules::hostWithoutPort),
            LintRule.error(
                    "port-name",
                    "Interface names fit into the kernel's 15 characters, dataplane names into DPVS's 31.",
                    "Longer names are cut off or refused when the interface is set up.",
                    HostRules::portName),
            LintRule.error(
                    "unknown-segment",
                    "A port is plugged into a segment that exists.",
                    "A port without a wire reaches nobody.",
                    HostRules::unknownSegment),
            LintRule.error(
                    "attach-without-dataplane",
                    "Only directors with a dataplane have ports that it takes over.",
                    "Every other host, a director of kind ipvs too, uses its ports through the kernel.",
                    HostRules::attachWithoutDataplane),
            LintRule.error(
                    "bundled-mtu-1500",
                    "The ports of a bundled director's dataplane are on segments with an MTU of 1500.",
                    "This version sets them up for 1500 bytes; other sizes are lost on one side or the other.",
                    HostRules::bundledMtu),
            LintRule.error(
                    "nic-used-twice",
                    "An interface or NIC belongs to one port.",
                    "Two ports on one NIC would take each other's packets.",
                    HostRules::nicUsedTwice),
            LintRule.error(
                    "echo-port-twice",
                    "An echo port stands once in its list.",
                    "nginx refuses a configuration that listens twice on the same port.",
                    HostRules::echoPortTwice),
            LintRule.error(
                    "ssh-endpoint-twice",
                    "No two hosts have the same SSH address and port.",
                    "Both would be deployed to the same machine, one over the other.",
                    HostRules::sshEndpointTwice));

    private HostRules() {}

    private static void hostName(Topology topology, LintRule.Report report) {
        for (Host host : topology.hosts()) {
            if (!HOST_NAME.matcher(host.name()).matches()) {
                report.add(
                        host(host),
                        "\"" + host.name() + "\" is not a host name",
                        "Rename the host, such as " + suggestion(host.name()) + ".");
            }
        }
    }

    private static String suggestion(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }

    private static void hostWithoutPort(Topology topology, LintRule.Report report) {
        for (Host host : topology.hosts()) {
            if (host.ports().isEmpty()) {
                report.add(host(host), "host " + host.name() + " has no port", "Give it a port, or remove it.");
            }
        }
    }

    private static void portName(Topology topology, LintRule.Report report) {
        topology.ports().forEach(hostPort -> {
            Port port = hostPort.port();
            int longest = switch (hostPort.host().wireOf(port)) {
                case Attachment.Kernel _ -> LONGEST_KERNEL_NAME;
                case Attachment.AfPacket _, Attachment.Pci _, Attachment.Bond _, Attachment.Vlan _ ->
                    LONGEST_DATAPLANE_NAME;
            };
            if (port.name().length() > longest) {
                report.add(
                        port(hostPort.host(), port),
                        tooLong("port name", port.name(), longest),
                        "Choose a shorter name, such as eth0 or dpdk0.");
            }
            boolean interfaceTooLong = port.attachment() instanceof Attachment.AfPacket(String name)
                    && name.length() > LONGEST_KERNEL_NAME
                    && port.name().length() <= longest;
            if (interfaceTooLong) {
                String name = ((Attachment.AfPacket) port.attachment()).interfaceName();
                report.add(
                        port(hostPort.host(), port).key("attach"),
                        tooLong("interface name", name, LONGEST_KERNEL_NAME),
                        "Write attach: af_packet:NAME with the name that ip link shows.");
            }
        });
    }

    private static String tooLong(String what, String name, int longest) {
        return what + " \"" + name + "\" has " + name.length() + " characters; allowed are " + longest;
    }

    private static void unknownSegment(Topology topology, LintRule.Report report) {
        List<String> names = topology.segments().stream().map(Segment::name).toList();
        topology.ports()
                .filter(hostPort -> topology.segmentOf(hostPort.port()).isEmpty())
                .forEach(hostPort -> report.add(
                        port(hostPort.host(), hostPort.port()).key("segment"),
                        "there is no segment \"" + hostPort.port().segment() + "\"; the topology has "
                                + Listed.names(names),
                        NearestWord.question(hostPort.port().segment(), names)
                                + "Name an existing segment, or add this one."));
    }

    private static void attachWithoutDataplane(Topology topology, LintRule.Report report) {
        topology.ports()
                .filter(hostPort -> !hasDataplane(hostPort.host()))
                .filter(hostPort -> !hostPort.host().isKernels(hostPort.port())
                        && !hostPort.port().isVlan())
                .forEach(hostPort -> report.add(
                        port(hostPort.host(), hostPort.port()).key("attach"),
                        "port " + hostPort.port().name() + " of "
                                + hostPort.host().name()
                                + " is attached to a dataplane, but the host is no director with one",
                        "Remove attach: or bond:, or make the host a director of kind bundled or dpvs."));
    }

    private static boolean hasDataplane(Host host) {
        return host instanceof Host.Director director && director.kind().hasDataplane();
    }

    private static void bundledMtu(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> director.kind() == DirectorKind.BUNDLED)
                .forEach(director -> director.ports().stream()
                        .filter(port -> !director.isKernels(port))
                        .forEach(port -> topology.segmentOf(port)
                                .filter(segment -> segment.mtu() != Segment.ETHERNET_MTU)
                                .ifPresent(segment -> report.add(
                                        port(director, port).key("segment"),
                                        "port " + port.name() + " of " + director.name() + " is on segment "
                                                + segment.name() + ", whose MTU is " + segment.mtu(),
                                        "Remove mtu: from segment " + segment.name()
                                                + ", or plug the port into another segment."))));
    }

    private static void nicUsedTwice(Topology topology, LintRule.Report report) {
        for (Host host : topology.hosts()) {
            Map<String, String> portByNic = new HashMap<>();
            for (Port port : host.ports()) {
                for (String nic : nics(port.name(), port.attachment())) {
                    String other = portByNic.putIfAbsent(nic, port.name());
                    if (other != null) {
                        report.add(
                                port(host, port),
                                nic + " of " + host.name() + " belongs to port " + port.name() + " and to port "
                                        + other,
                                "Attach one of the two ports to another interface.");
                    }
                }
            }
        }
    }

    private static List<String> nics(String port, Attachment attachment) {
        return switch (attachment) {
            case Attachment.Kernel() -> List.of("interface " + port);
            case Attachment.Vlan _ -> List.of();
            case Attachment.AfPacket(String name) -> List.of("interface " + name);
            case Attachment.Pci(String address) -> List.of("NIC " + address);
            case Attachment.Bond(int _, List<Attachment> members) ->
                members.stream().flatMap(member -> nics(port, member).stream()).toList();
        };
    }

    private static void echoPortTwice(Topology topology, LintRule.Report report) {
        topology.realservers().forEach(realserver -> {
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < realserver.echoPorts().size(); i++) {
                Integer echo = realserver.echoPorts().get(i);
                if (!seen.add(echo)) {
                    report.add(
                            host(realserver).key("echo").index(i),
                            "echo port " + echo + " of " + realserver.name() + " stands twice",
                            "Remove one of the two.",
                            Edit.withoutEchoPort(realserver, i));
                }
            }
        });
    }

    private static void sshEndpointTwice(Topology topology, LintRule.Report report) {
        Map<String, Host> hostByEndpoint = new HashMap<>();
        for (Host host : topology.hosts()) {
            if (host.ssh().isEmpty()) {
                continue;
            }
            SshAccess ssh = host.ssh().get();
            Host other = hostByEndpoint.putIfAbsent(ssh.address() + " port " + ssh.port(), host);
            if (other != null) {
                report.add(
                        host(host).key("ssh"),
                        "hosts " + other.name() + " and " + host.name() + " have the same SSH endpoint, "
                                + ssh.address() + " port " + ssh.port(),
                        "Correct the address or the port of one of them.");
            }
        }
    }
}
