package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.HostParts;
import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How the numbers of VLANs are edited, and which ports share a cable. */
final class VlanEditors {
    /** The choice of a NIC or interface of its own; no port is called that. */
    private static final String OWN = "";

    private VlanEditors() {}

    static String text(Segment segment) {
        return segment.vlan().isPresent()
                ? Integer.toString(segment.vlan().getAsInt())
                : Texts.text("property.vlan.none");
    }

    /** An empty field is a segment without a number. */
    static Editor number(Segment segment) {
        return new Editor.Typed(
                PropertyEditors.field("property.vlan", segment.name()),
                segment.vlan().isPresent() ? Integer.toString(segment.vlan().getAsInt()) : "",
                (topology, text) -> {
                    OptionalInt number = parse(text.strip());
                    return ObjectList.SEGMENTS.change(topology, segment.name(), it -> it.withVlan(number));
                });
    }

    private static OptionalInt parse(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (!Segment.VLAN.contains(number)) {
            throw new IllegalArgumentException(
                    Texts.text("editor.vlan", Segment.VLAN.lowest(), Segment.VLAN.highest()));
        }
        return OptionalInt.of(number);
    }

    /** The ways to attach a port, where there is a choice: by itself, or as a VLAN on another port. */
    static Optional<Editor> attachment(Host host, Port port) {
        List<Editor.Option> options = new ArrayList<>();
        Attachment own = port.isVlan() ? ownOf(host, port) : port.attachment();
        options.add(new Editor.Option(OWN, AttachmentText.of(own)));
        boolean carries =
                host.ports().stream().anyMatch(other -> other.attachment().equals(new Attachment.Vlan(port.name())));
        if (!carries) {
            host.ports().stream()
                    .filter(other -> !other.isVlan() && !other.name().equals(port.name()))
                    .map(other -> new Editor.Option(other.name(), AttachmentText.of(new Attachment.Vlan(other.name()))))
                    .forEach(options::add);
        }
        return options.size() < 2
                ? Optional.empty()
                : Optional.of(new Editor.Choice(
                        PropertyEditors.field("property.attachment", port.name()),
                        options,
                        (topology, value) ->
                                attached(topology, host, port, value.equals(OWN) ? own : new Attachment.Vlan(value))));
    }

    /** What a VLAN becomes when it no longer is one. */
    private static Attachment ownOf(Host host, Port port) {
        return host.isKernels(port) ? new Attachment.Kernel() : new Attachment.AfPacket(port.name());
    }

    private static Topology attached(Topology topology, Host host, Port port, Attachment attachment) {
        return ObjectList.HOSTS.change(
                topology,
                host.name(),
                it -> HostParts.change(it, parts -> parts.port(port.name(), each -> each.withAttachment(attachment))));
    }
}
