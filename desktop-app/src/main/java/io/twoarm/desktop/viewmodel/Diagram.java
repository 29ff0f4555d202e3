package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A topology as what is to be seen of it: figures and their texts, without places.
 *
 * @param hosts in the order of the project file, which the layout keeps where it can
 */
public record Diagram(
        List<HostNode> hosts,
        List<SegmentNode> segments,
        List<Link> links,
        List<GroupFrame> groups,
        List<PoolFrame> pools,
        List<Relation> relations) {

    public static final Diagram EMPTY = new Diagram(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Diagram {
        hosts = List.copyOf(hosts);
        segments = List.copyOf(segments);
        links = List.copyOf(links);
        groups = List.copyOf(groups);
        pools = List.copyOf(pools);
        relations = List.copyOf(relations);
    }

    /** What a host is in the drawing. */
    public enum Role {
        CLIENT,
        ROUTER,
        DIRECTOR,
        REALSERVER
    }

    /** What a segment means to the load balancer; it decides its colour and shape. */
    public enum SegmentRole {
        /** Where clients live; drawn as a cloud. */
        ACCESS,
        /** Where a VIP answers. */
        WAN,
        /** Where realservers or local addresses are. */
        LAN,
        /** Everything between. */
        TRANSIT
    }

    /** What an address is to the load balancer. */
    public enum AddressKind {
        VIP,
        LIP,
        /** Moves between the directors of a group without being a service's, such as a default gateway. */
        SHARED,
        /** The source that connections from behind a director leave with. */
        NAT
    }

    /**
     * @param facts short lines under the name, such as {@code 192.168.229.1:80 · weight 1}
     * @param services what a director offers; empty for other hosts
     */
    public record HostNode(
            HostRef ref, Role role, String name, String caption, List<String> facts, List<ServiceRow> services) {
        public HostNode {
            facts = List.copyOf(facts);
            services = List.copyOf(services);
        }
    }

    /**
     * A virtual service, or a way out, as a row of a director that offers it.
     *
     * @param ref a virtual service or a NAT gateway
     * @param label VIP and port, or the outside addresses, for people
     * @param mode name, forwarding, scheduler, how the client's address travels and whether there is a SYN proxy; or whose way
     *     out it is
     */
    public record ServiceRow(ObjectRef ref, String label, String mode) {}

    /** @param vlan the number of its frames where several segments share a cable */
    public record SegmentNode(SegmentRef ref, SegmentRole role, String name, OptionalInt vlan, List<String> subnets) {
        public SegmentNode {
            subnets = List.copyOf(subnets);
        }
    }

    /**
     * A port on its wire.
     *
     * @param bond how many NICs the port consists of, and how they work together; empty for a single one
     */
    public record Link(
            PortRef port,
            SegmentRef segment,
            List<String> addresses,
            List<AddressChip> chips,
            Optional<BondText> bond) {
        public Link {
            addresses = List.copyOf(addresses);
            chips = List.copyOf(chips);
        }

        public HostRef host() {
            return new HostRef(port.host());
        }
    }

    /**
     * A port of several NICs.
     *
     * @param strands how many NICs
     * @param label such as {@code LACP × 2}
     */
    public record BondText(int strands, String label) {}

    /** An address that belongs to a service rather than to the host. */
    public record AddressChip(AddressKind kind, String address, ObjectRef owner) {}

    /** A frame around the realservers of a pool. */
    public record PoolFrame(PoolRef ref, String name, String caption, List<HostRef> members) {
        public PoolFrame {
            members = List.copyOf(members);
        }
    }

    /**
     * A frame around directors that offer services together.
     *
     * @param caption how they share the work
     */
    public record GroupFrame(GroupRef ref, String name, String caption, List<HostRef> members) {
        public GroupFrame {
            members = List.copyOf(members);
        }
    }

    /** Which pool serves which virtual service of which directors. */
    public record Relation(ServiceRef service, List<HostRef> directors, PoolRef pool) {
        public Relation {
            directors = List.copyOf(directors);
        }
    }

    public Optional<HostNode> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }
}
