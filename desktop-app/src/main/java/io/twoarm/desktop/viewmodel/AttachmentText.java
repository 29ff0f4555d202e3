package io.twoarm.desktop.viewmodel;

import io.twoarm.model.Attachment;

/** How a port reaches its wire, in words. */
final class AttachmentText {
    private AttachmentText() {}

    /** Short, for the drawing: how the NICs work together, and how many they are. */
    static String bond(Attachment.Bond bond) {
        String key = "attachment.bond.short." + bond.mode();
        return Texts.text(
                Texts.has(key) ? key : "attachment.bond.short", bond.members().size(), bond.mode());
    }

    static String of(Attachment attachment) {
        return switch (attachment) {
            case Attachment.Kernel kernel -> Texts.text("attachment.kernel");
            case Attachment.AfPacket packet -> Texts.text("attachment.afPacket", packet.interfaceName());
            case Attachment.Vlan vlan -> Texts.text("attachment.vlan", vlan.link());
            case Attachment.Pci pci -> Texts.text("attachment.pci", pci.address());
            case Attachment.Bond bond ->
                Texts.text("attachment.bond", bond.mode(), bond.members().size());
        };
    }
}
