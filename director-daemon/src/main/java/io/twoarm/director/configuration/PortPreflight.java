package io.twoarm.director.configuration;

import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.EalArguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at what the virtual devices name before DPDK is started: DPDK itself only logs that a device is missing, and goes
 * on without it.
 */
public final class PortPreflight {
    private static final Map<String, List<String>> INTERFACE_PARAMETERS = Map.of(
            "net_af_packet", List.of("iface"),
            "eth_af_packet", List.of("iface"),
            "net_af_xdp", List.of("iface"),
            "net_pcap", List.of("iface", "rx_iface", "rx_iface_in", "tx_iface"),
            "eth_pcap", List.of("iface", "rx_iface", "rx_iface_in", "tx_iface"),
            "net_tap", List.of("remote"));
    private static final Set<String> READ_FILES = Set.of("rx_pcap");

    private PortPreflight() {}

    /** @throws DpdkException for a kernel interface or file that does not exist */
    public static void check(EalArguments arguments) throws DpdkException {
        for (EalArguments.VirtualDevice device : arguments.virtualDevices()) {
            for (String parameter : INTERFACE_PARAMETERS.getOrDefault(device.driver(), List.of())) {
                String name = device.parameters().get(parameter);
                if (name != null) {
                    checkInterface(device, parameter, name);
                }
            }
            for (String parameter : READ_FILES) {
                String file = device.parameters().get(parameter);
                if (file != null && !Files.isReadable(Path.of(file))) {
                    throw new DpdkException(
                            device.name() + ": there is no readable file " + file,
                            List.of("found: " + parameter + "=" + file),
                            "correct --vdev after --");
                }
            }
        }
    }

    private static void checkInterface(EalArguments.VirtualDevice device, String parameter, String name)
            throws DpdkException {
        List<String> interfaces = interfaces();
        if (!interfaces.contains(name)) {
            throw new DpdkException(
                    device.name() + ": there is no network interface " + name,
                    List.of("found: " + parameter + "=" + name, "interfaces here: " + String.join(" ", interfaces)),
                    "correct --vdev after --, or create the interface in this network namespace first");
        }
    }

    /** The interfaces of this network namespace. */
    private static List<String> interfaces() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/net/dev"));
            int headings = 2;
            return lines.stream()
                    .skip(headings)
                    .map(line -> line.substring(0, line.indexOf(':')).trim())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
