package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.control.DirectorView;
import java.util.TreeSet;

/** Objects of {@code dpip} that can be looked at only: groups that ports listen to, memory, flow rules. */
final class DpipInventory {
    private static final int WRONG = 1;
    private static final double MEGABYTE = 1 << 20;

    /** As {@code rte_mbuf} of DPDK: the header, headroom and data of one buffer. */
    private static final int BUFFER_BYTES = 2304;

    private DpipInventory() {}

    /** Groups of neighbour discovery (RFC 4861, 7.2.1) by port. */
    static String groups(DirectorView.Running director, DpipWords words) throws ToolFailure {
        int wanted = words.value("dev").isPresent() ? DpipDevices.port(director, words.required("dev"), WRONG) : -1;
        StringBuilder out = new StringBuilder();
        for (String device : DpipDevices.names(director)) {
            int i = DpipDevices.port(director, device, WRONG);
            if (wanted >= 0 && wanted != i) {
                continue;
            }
            out.append("%d:\t%s%n".formatted(i + 1, device));
            TreeSet<String> groups = new TreeSet<>();
            for (OwnAddress own : director.forwarder().addresses()) {
                if (own.port() == i && !own.address().isIpv4()) {
                    groups.add(IpAddress.of(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.ALL_NODES_LOW)
                            .toString());
                    groups.add(IpAddress.of(
                                    Ipv6Address.LINK_GROUP_HIGH,
                                    Ipv6Address.solicitedGroup(own.address().low()))
                            .toString());
                }
            }
            for (String group : groups) {
                Ipv6Address address = Ipv6Address.parse(group);
                out.append("\tlink  33:33:%s%n"
                        .formatted(DpipListing.mac(address.low() & 0xffff_ffffL).substring(6)));
                out.append("\t%5s %s%n".formatted("inet6", group));
            }
        }
        return out.toString();
    }

    /** The pool of packet buffers, the only one of the director; all else is memory of its own. */
    static String memory(DirectorView.Running director, DpipWords words) throws ToolFailure {
        String what = words.subject().orElse("pool");
        if (!what.equals("pool")) {
            throw new ToolFailure(
                    WRONG,
                    "not support: eal-mem show " + what + "; the director has one pool of DPDK, its packet buffers");
        }
        return "%-20s %10s %10s %11s %12s %17s %10s %10s %10s%n"
                        .formatted(
                                "pool_name",
                                "flags",
                                "elt_size",
                                "header_size",
                                "trailer_size",
                                "private_data_size",
                                "size",
                                "used",
                                "Mem(MB)")
                + "%-20s %10d %10d %11d %12d %17d %10d %10d %10.0f%n"
                        .formatted(
                                "packets",
                                0,
                                BUFFER_BYTES,
                                64,
                                0,
                                64,
                                director.buffers(),
                                director.buffersInUse(),
                                (double) director.buffers() * (BUFFER_BYTES + 64) / MEGABYTE);
    }

    /** There are none: workers hand packets to each other, so no NIC has to be told. */
    static String flows(DirectorView.Running director, DpipWords words) throws ToolFailure {
        if (words.value("dev").isPresent()) {
            DpipDevices.port(director, words.required("dev"), WRONG);
        }
        return "";
    }
}
