package io.twoarm.artifact;

import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ports that DPVS or the bundled director drives.
 *
 * @param devices NICs in DPDK's order: by PCI address, virtual devices after them
 * @param logical what workers name: NICs outside of bonds, and bonds
 * @param vlans ports on one of these
 */
record DpvsPorts(List<Nic> devices, List<Port> logical, List<Vlan> vlans) {

    /**
     * @param device its name in {@code dpvs.conf}
     * @param port the port that it is, or that its bond is
     */
    record Nic(String device, Attachment attachment, Port port, boolean inBond) {}

    /**
     * @param link name of the port below
     * @param number of its frames, 1 to 4094
     */
    record Vlan(Port port, String link, int number) {}

    static DpvsPorts of(Topology topology, Host.Director director) {
        List<Nic> devices = new ArrayList<>();
        List<Port> logical = new ArrayList<>();
        for (Port port : director.ports()) {
            switch (port.attachment()) {
                case Attachment.Kernel(), Attachment.Vlan _ -> {}
                case Attachment.AfPacket _, Attachment.Pci _ -> {
                    devices.add(new Nic(port.name(), port.attachment(), port, false));
                    logical.add(port);
                }
                case Attachment.Bond(int _, List<Attachment> members) -> {
                    for (int i = 0; i < members.size(); i++) {
                        devices.add(new Nic(port.name() + "s" + i, members.get(i), port, true));
                    }
                    logical.add(port);
                }
            }
        }
        if (devices.isEmpty()) {
            throw new GenerationException(
                    "hosts." + director.name() + ".ports",
                    "a director needs a port that its dataplane takes over, attached by af_packet or pci");
        }
        devices.sort(Comparator.comparing((Nic nic) -> switch (nic.attachment()) {
            case Attachment.Pci(String address) -> "0 " + address;
            case Attachment.AfPacket _, Attachment.Bond _, Attachment.Kernel _, Attachment.Vlan _ -> "1";
        }));
        return new DpvsPorts(List.copyOf(devices), List.copyOf(logical), vlans(topology, director));
    }

    private static List<Vlan> vlans(Topology topology, Host.Director director) {
        List<Vlan> vlans = new ArrayList<>();
        for (Port port : director.ports()) {
            if (port.attachment() instanceof Attachment.Vlan(String link) && !director.isKernels(port)) {
                vlans.add(new Vlan(port, link, VlanNumber.of(topology, director, port)));
            }
        }
        return List.copyOf(vlans);
    }

    /** What services, addresses and routes name: ports and VLANs. */
    List<Port> interfaces() {
        return Stream.concat(logical.stream(), vlans.stream().map(Vlan::port)).toList();
    }

    List<String> membersOf(Port bond) {
        return devices.stream()
                .filter(nic -> nic.inBond() && nic.port().equals(bond))
                .map(Nic::device)
                .toList();
    }

    /** Arguments for DPDK that name exactly these devices. */
    List<String> arguments(boolean allowByDash) {
        List<String> arguments = new ArrayList<>();
        int virtual = 0;
        for (Nic nic : devices) {
            switch (nic.attachment()) {
                case Attachment.Pci(String address) -> arguments.add((allowByDash ? "-a " : "-w ") + address);
                case Attachment.AfPacket(String name) ->
                    arguments.add("--vdev=net_af_packet" + virtual++ + ",iface=" + name);
                case Attachment.Bond _, Attachment.Kernel _, Attachment.Vlan _ ->
                    throw new IllegalStateException(nic + " is no NIC");
            }
        }
        return arguments;
    }
}
