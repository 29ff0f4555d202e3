package io.twoarm.director.service;

import io.twoarm.director.packet.Protocol;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Which flows of hosts behind the director a service is for, instead of a VIP and a port. What is absent matches everything.
 *
 * @param protocol of the flows
 * @param ipv4 whether they are of IPv4
 * @param source ends where they begin
 * @param destination ends that they lead to
 * @param inPort index of the port that their packets come in by, or {@link #ANY_PORT}
 * @param outPort index of the port that the route to their destination leads to, or {@link #ANY_PORT}
 */
public record FlowMatch(
        Protocol protocol,
        boolean ipv4,
        Optional<EndRange> source,
        Optional<EndRange> destination,
        int inPort,
        int outPort) {
    public static final int ANY_PORT = -1;

    public FlowMatch {
        boolean ipv4Flows = ipv4;
        if (Stream.of(source, destination)
                .flatMap(Optional::stream)
                .anyMatch(range -> range.first().isIpv4() != ipv4Flows)) {
            throw new IllegalArgumentException("src-range, dst-range and af of a match are not of one family");
        }
        if (protocol == (ipv4 ? Protocol.ICMPV6 : Protocol.ICMP)) {
            throw new IllegalArgumentException(
                    "proto=" + protocol.name().toLowerCase(Locale.ROOT) + " is of the other family than the match");
        }
    }

    /**
     * Whether a flow's first packet is meant. Addresses as of an {@link io.twoarm.director.address.IpAddress}.
     *
     * @param protocolNumber its protocol
     * @param in index of the port that it came in by
     * @param out index of the port towards its destination, -1 when there is none
     */
    boolean matches(
            int protocolNumber,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int in,
            int out) {
        return protocol.number() == protocolNumber
                && (inPort == ANY_PORT || inPort == in)
                && (outPort == ANY_PORT || outPort == out)
                && (source.isEmpty() || source.get().contains(sourceHigh, sourceLow, sourcePort))
                && (destination.isEmpty()
                        || destination.get().contains(destinationHigh, destinationLow, destinationPort));
    }

    /**
     * As DPVS prints it: {@code tcp,from=192.168.0.1-192.168.0.254:0-0,oif=dpdk1}.
     *
     * @param names of ports by index
     */
    public String text(IntFunction<String> names) {
        return text("from=", "to=", names);
    }

    /** As {@code ipvsadm -H} takes it: {@code proto=tcp,src-range=192.168.0.1-192.168.0.254:0-0,oif=dpdk1}. */
    public String option(IntFunction<String> names) {
        String family = source.isEmpty() && destination.isEmpty() ? ",af=" + (ipv4 ? "ipv4" : "ipv6") : "";
        return "proto=" + text("src-range=", "dst-range=", names) + family;
    }

    private String text(String from, String to, IntFunction<String> names) {
        StringBuilder text = new StringBuilder(protocol.name().toLowerCase(Locale.ROOT));
        source.ifPresent(range -> text.append(',').append(from).append(range));
        destination.ifPresent(range -> text.append(',').append(to).append(range));
        text.append(inPort == ANY_PORT ? "" : ",iif=" + names.apply(inPort));
        text.append(outPort == ANY_PORT ? "" : ",oif=" + names.apply(outPort));
        return text.toString();
    }

    @Override
    public String toString() {
        return text(port -> "port" + port);
    }
}
