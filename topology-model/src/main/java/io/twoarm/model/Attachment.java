package io.twoarm.model;

import java.util.List;

/** How a port reaches its wire: through the kernel, or taken over by the director's dataplane. */
public sealed interface Attachment {

    /** An ordinary kernel interface of the same name as the port. */
    record Kernel() implements Attachment {}

    /** A kernel interface driven by DPDK's {@code net_af_packet}; needs no hardware support. */
    record AfPacket(String interfaceName) implements Attachment {
        public AfPacket {
            Name.check(interfaceName);
        }
    }

    /**
     * Several NICs as one port, bonded by DPDK.
     *
     * @param mode 0 (round robin) or 4 (LACP, IEEE 802.1AX), the two that DPVS supports; the switch needs the same
     * @param members NICs or interfaces, in the order of DPDK's ports
     */
    record Bond(int mode, List<Attachment> members) implements Attachment {
        public static final Range MODE = new Range(0, 6);

        public Bond {
            MODE.check(mode, "mode");
            members = List.copyOf(members);
            if (members.stream().anyMatch(member -> !(member instanceof Pci || member instanceof AfPacket))) {
                throw new IllegalArgumentException("members of a bond are NICs or interfaces for a dataplane");
            }
        }
    }

    /**
     * A VLAN on another port of the host (IEEE 802.1Q): its frames pass that port with the number of the segment that this
     * port is plugged into. Whether the kernel or a dataplane moves them, is as with the other port.
     *
     * @param link name of the port below, which is no VLAN itself
     */
    record Vlan(String link) implements Attachment {
        public Vlan {
            Name.check(link);
        }
    }

    /** A NIC bound to a DPDK driver, named by its PCI address such as {@code 0000:3b:00.0}. */
    record Pci(String address) implements Attachment {
        /** Domain, bus, device and function as the kernel prints them: lower-case hexadecimal. */
        public static final String PATTERN = "[0-9a-f]{4}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]";

        /** @throws InvalidLiteralException when it is not {@code domain:bus:device.function} */
        public Pci {
            if (!address.matches(PATTERN)) {
                throw new InvalidLiteralException(
                        "\"" + address + "\" is not a PCI address; allowed is domain:bus:device.function in lower-case"
                                + " hexadecimal digits.",
                        "Write it as lspci -D shows it, such as 0000:3b:00.0.");
            }
        }
    }
}
