package io.twoarm.model;

import java.util.List;
import java.util.Objects;

/**
 * A host's interface, plugged into one segment.
 *
 * @param kernelAddresses addresses of the kernel's twin of a port that DPVS drives (KNI), through which VRRP, BGP and
 *     health checks go; empty for all other ports
 */
public record Port(
        String name,
        String segment,
        List<InterfaceAddress> addresses,
        Attachment attachment,
        List<InterfaceAddress> kernelAddresses) {
    public Port {
        Name.check(name);
        Name.check(segment);
        addresses = List.copyOf(addresses);
        Objects.requireNonNull(attachment, "attachment");
        kernelAddresses = List.copyOf(kernelAddresses);
    }

    /** A port without a twin. */
    public Port(String name, String segment, List<InterfaceAddress> addresses, Attachment attachment) {
        this(name, segment, addresses, attachment, List.of());
    }

    /** Whether it shares the cable of another port. */
    public boolean isVlan() {
        return attachment instanceof Attachment.Vlan;
    }

    public Port withName(String other) {
        return new Port(other, segment, addresses, attachment, kernelAddresses);
    }

    public Port withSegment(String other) {
        return new Port(name, other, addresses, attachment, kernelAddresses);
    }

    public Port withAddresses(List<InterfaceAddress> others) {
        return new Port(name, segment, others, attachment, kernelAddresses);
    }

    public Port withAttachment(Attachment other) {
        return new Port(name, segment, addresses, other, kernelAddresses);
    }
}
