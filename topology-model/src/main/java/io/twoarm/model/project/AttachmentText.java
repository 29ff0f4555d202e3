package io.twoarm.model.project;

import io.twoarm.model.Attachment;
import io.twoarm.model.InvalidLiteralException;

/**
 * How a port is attached, as one word: {@code kernel}, {@code af_packet}, {@code af_packet:ens3}, {@code pci:0000:3b:00.0},
 * {@code vlan:eth0}.
 */
final class AttachmentText {
    private static final String KERNEL = "kernel";
    private static final String AF_PACKET = "af_packet";
    private static final String PCI = "pci";
    private static final String VLAN = "vlan";

    private AttachmentText() {}

    /** @param port the port's name, which is also the kernel interface's unless another one is named */
    static Attachment parse(String text, String port) {
        if (text.equals(KERNEL)) {
            return new Attachment.Kernel();
        }
        if (text.equals(AF_PACKET)) {
            return new Attachment.AfPacket(port);
        }
        if (text.startsWith(AF_PACKET + ":")) {
            return new Attachment.AfPacket(text.substring(AF_PACKET.length() + 1));
        }
        if (text.startsWith(PCI + ":")) {
            return new Attachment.Pci(text.substring(PCI.length() + 1));
        }
        if (text.startsWith(VLAN + ":")) {
            return new Attachment.Vlan(text.substring(VLAN.length() + 1));
        }
        throw new InvalidLiteralException(
                "\"" + text + "\" is no way to attach a port; allowed is kernel, af_packet, af_packet:INTERFACE,"
                        + " pci:ADDRESS or vlan:PORT.",
                "Write af_packet for a lab or a NIC without DPDK driver, pci:0000:3b:00.0 for a NIC that DPDK drives,"
                        + " vlan:eth0 for a VLAN on port eth0.");
    }

    /** A member of a bond: {@code af_packet:ens3} or {@code pci:0000:3b:00.0}. */
    static Attachment parseMember(String text) {
        if (text.startsWith(AF_PACKET + ":") || text.startsWith(PCI + ":")) {
            return parse(text, "");
        }
        throw new InvalidLiteralException(
                "\"" + text + "\" is no member of a bond; allowed is af_packet:INTERFACE or pci:ADDRESS.",
                "Name a NIC, such as pci:0000:3b:00.0.");
    }

    static String format(Attachment attachment, String port) {
        return switch (attachment) {
            case Attachment.Kernel() -> KERNEL;
            case Attachment.AfPacket(String name) -> name.equals(port) ? AF_PACKET : AF_PACKET + ":" + name;
            case Attachment.Pci(String address) -> PCI + ":" + address;
            case Attachment.Vlan(String link) -> VLAN + ":" + link;
            case Attachment.Bond _ -> throw new IllegalArgumentException("a bond is written as a mapping");
        };
    }
}
