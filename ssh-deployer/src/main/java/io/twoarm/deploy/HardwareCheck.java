package io.twoarm.deploy;

import io.twoarm.deploy.HostPreflight.Fact;
import io.twoarm.deploy.HostPreflight.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a machine has the NICs, the hugepages and the quiet wires that a design needs. */
final class HardwareCheck {
    /** Their drivers share a NIC between kernel and DPDK, so that vfio is not needed. */
    private static final Set<String> SHARING_DRIVERS = Set.of("mlx4_core", "mlx5_core", "mana");

    private final HostNeeds needs;
    private final Map<String, Nic> nics = new LinkedHashMap<>();
    private final Set<String> defaultRoutes = new HashSet<>();
    private final Set<String> heard = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean vfio;
    private boolean iommu;
    private long availableMegabytes;
    private long hugeMegabytes;

    /** @param interfaces the kernel's, separated by blanks; none while a DPDK driver has it */
    private record Nic(String address, String driver, String node, String interfaces) {
        String text() {
            return "%s, driver %s, NUMA node %s, %s"
                    .formatted(address, driver, node, interfaces.isEmpty() ? "no interface" : interfaces);
        }
    }

    HardwareCheck(HostNeeds needs) {
        this.needs = needs;
    }

    /** What the preflight script is to listen for. */
    List<String> questions() {
        return needs.virtualRouters().stream()
                .map(router -> "vrrp:" + router.interfaceName())
                .distinct()
                .toList();
    }

    /** A line of the preflight script, if it is about hardware. */
    void tell(String[] field, List<Fact> facts) {
        switch (field[0]) {
            case "pci" -> {
                Nic nic = new Nic(field[1], field[2], field[3], field[4]);
                nics.put(nic.address, nic);
                facts.add(new Fact("PCI NIC", nic.text()));
            }
            case "default" -> defaultRoutes.add(field[1]);
            case "vfio" -> vfio = field[1].equals("yes");
            case "iommu" -> iommu = !field[1].equals("0");
            case "memory" -> availableMegabytes = Long.parseLong(field[2]) / 1024;
            case "hugepages" -> hugeMegabytes += kilobytes(field[1]) * Long.parseLong(field[3]) / 1024;
            case "vrrp" -> heard(field[1], field[2], Integer.parseInt(field[3]));
            case "unheard" ->
                findings.add(new Finding(
                        false,
                        "nobody could listen on %s for virtual routers: %s".formatted(field[1], field[2]),
                        "to know whether others use the same VRIDs there",
                        "install tcpdump on the host"));
            default -> {
                // About something else.
            }
        }
    }

    private static long kilobytes(String size) {
        return Long.parseLong(size.replace("kB", ""));
    }

    private void heard(String interfaceName, String source, int id) {
        needs.virtualRouters().stream()
                .filter(router -> router.id() == id
                        && router.interfaceName().equals(interfaceName)
                        && !router.members().contains(source))
                .filter(router -> heard.add(interfaceName + " " + source + " " + id))
                .forEach(router -> findings.add(new Finding(
                        true,
                        "%s announces VRID %d on the wire of %s".formatted(source, id, interfaceName),
                        "a VRID that nobody else uses there: both would claim the same virtual Ethernet address",
                        "choose another virtualRouterId in the project, or stop the other router")));
    }

    List<Finding> judge() {
        needs.nics().forEach(this::judge);
        Set<String> nodes = new HashSet<>();
        needs.nics().stream().filter(nics::containsKey).forEach(address -> nodes.add(nics.get(address).node));
        if (nodes.size() > 1) {
            findings.add(new Finding(
                    false,
                    "the dataplane's NICs are on NUMA nodes "
                            + String.join(" and ", nodes.stream().sorted().toList()),
                    "all on one node, since packets and tables then stay in its memory",
                    "use NICs of one node, or accept that every other packet crosses between nodes"));
        }
        judgeMemory();
        return findings;
    }

    private void judge(String address) {
        Nic nic = nics.get(address);
        if (nic == null) {
            findings.add(new Finding(
                    true,
                    "no NIC has the PCI address " + address,
                    "one of: "
                            + (nics.isEmpty()
                                    ? "none, this host has no NIC on PCI"
                                    : String.join(
                                            "; ",
                                            nics.values().stream()
                                                    .map(Nic::text)
                                                    .toList())),
                    "correct the port's attach in the project (lspci -D shows the addresses)"));
            return;
        }
        for (String name : nic.interfaces.split(" ")) {
            if (defaultRoutes.contains(name)) {
                findings.add(new Finding(
                        true,
                        "the default route leads through %s, the NIC %s".formatted(name, address),
                        "a NIC that the host itself does not need: the dataplane takes it from the kernel",
                        "give the dataplane another NIC, or the host another way out"));
            }
        }
        if (SHARING_DRIVERS.contains(nic.driver) || nic.driver.equals("vfio-pci")) {
            return;
        }
        if (!vfio) {
            findings.add(new Finding(
                    true,
                    "the kernel has no module vfio-pci, which %s needs".formatted(address),
                    "vfio-pci, by which DPDK gets at a NIC",
                    "install the kernel's extra modules (linux-modules-extra, kernel-modules)"));
        } else if (!iommu) {
            findings.add(new Finding(
                    false,
                    "the IOMMU is off",
                    "an IOMMU, which keeps a NIC off memory that is not its own; without it vfio runs unprotected",
                    "intel_iommu=on or amd_iommu=on, and iommu=pt, on the kernel's command line"));
        }
    }

    private void judgeMemory() {
        long missing = needs.hugepageMegabytes() - hugeMegabytes;
        if (missing > 0 && availableMegabytes < missing) {
            findings.add(new Finding(
                    true,
                    "%d MiB are free in hugepages, and %d MiB of memory are available"
                            .formatted(hugeMegabytes, availableMegabytes),
                    needs.hugepageMegabytes() + " MiB in hugepages",
                    "lower the dataplane's memory in the project, or give the host more"));
        }
    }
}
