package io.twoarm.model.walk;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.walk.Hop.Direction;
import io.twoarm.model.walk.Hop.Rule;
import io.twoarm.model.walk.Hop.Way;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How large the packets of a flow are on each wire, and where they are too large.
 *
 * <p>TCP starts with the MSS of both ends (RFC 9293 section 3.7.1), from which directors take what they insert. Where a
 * packet is too large for a wire, the host before it says so to the sender (RFC 1191, RFC 8201), which sends smaller
 * ones. It stays silent where the message gets lost.
 */
final class PathSize {
    /** Every wire of IPv6 carries that much (RFC 8200 section 5). */
    private static final int IPV6_LEAST = 1280;

    private final Topology topology;
    private final List<Hop> hops;

    private PathSize(Topology topology, List<Hop> hops) {
        this.topology = topology;
        this.hops = hops;
    }

    /**
     * Hops with the sizes of their packets.
     *
     * @param blocked the hop at which they end, and why
     */
    record Sized(List<Hop> hops, Optional<Blocked> blocked) {}

    record Blocked(int position, Blockage why) {}

    static Sized of(Topology topology, List<Hop> hops) {
        return new PathSize(topology, hops).sized();
    }

    private Sized sized() {
        List<Hop> sized = new ArrayList<>(hops);
        for (Direction direction : Direction.values()) {
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < hops.size(); i++) {
                if (hops.get(i).direction() == direction && hops.get(i).way().isPresent()) {
                    positions.add(i);
                }
            }
            if (positions.isEmpty()) {
                continue;
            }
            int data = firstData(positions);
            for (int position : positions) {
                data = Math.min(data, room(position));
            }
            for (int position : positions) {
                sized.set(position, hops.get(position).withLargest(data + overhead(position)));
            }
            for (int position : positions) {
                Optional<Blockage> fault = fault(position, positions, firstData(positions), data);
                if (fault.isPresent()) {
                    return new Sized(List.copyOf(sized), Optional.of(new Blocked(position, fault.get())));
                }
            }
        }
        return new Sized(List.copyOf(sized), Optional.empty());
    }

    /** The data in the first large packet of a direction: what the sender's wire and the other end's MSS allow. */
    private int firstData(List<Integer> positions) {
        int own = room(positions.getFirst());
        Hop last = hops.get(positions.getLast());
        if (last.received().tuple().protocol() != Protocol.TCP) {
            return own;
        }
        int announced = positions.stream()
                .map(hops::get)
                .filter(hop -> hop == last)
                .mapToInt(hop -> way(hop).mtu() - Packet.header(destination(hop)) - 20)
                .sum();
        // Directors lower the MSS by what they insert, whichever way it goes.
        return Math.min(own, announced - inserted());
    }

    private int inserted() {
        return hops.stream()
                .filter(hop -> hop.rule() == Rule.FULLNAT)
                .flatMap(hop -> hop.sent().stream())
                .mapToInt(Packet::clientBytes)
                .max()
                .orElse(0);
    }

    private int room(int position) {
        return way(hops.get(position)).mtu() - overhead(position);
    }

    private int overhead(int position) {
        return hops.get(position).sent().orElseThrow().overhead();
    }

    private Optional<Blockage> fault(int position, List<Integer> positions, int firstData, int data) {
        Hop hop = hops.get(position);
        Way way = way(hop);
        if (!IpLiteral.isIpv4(hop.sent().orElseThrow().routedTo()) && way.mtu() < IPV6_LEAST) {
            return Optional.of(new Blockage(
                    Fault.MTU,
                    "segment " + way.segment() + " carries " + way.mtu() + " bytes, and IPv6 needs " + IPV6_LEAST,
                    "Give segment " + way.segment() + " an MTU of " + IPV6_LEAST + " or more."));
        }
        Optional<Blockage> fixed = fixedSize(hop, way, firstData + overhead(position));
        if (fixed.isPresent()) {
            return fixed;
        }
        boolean bottleneck = room(position) == data && data < firstData;
        if (bottleneck && deafDirectorBefore(position, positions)) {
            return Optional.of(new Blockage(
                    Fault.MTU,
                    hop.host() + " cannot put packets of " + (firstData + overhead(position)) + " bytes on segment "
                            + way.segment() + " (MTU " + way.mtu()
                            + "), and DPVS does not translate its message to the sender between IPv6 and IPv4",
                    "Give segment " + way.segment() + " the MTU of the others, or lower the MTU at the sender."));
        }
        return Optional.empty();
    }

    /** Ports of twoarm-director's dataplane are set up for 1500 bytes, whatever the wire carries. */
    private Optional<Blockage> fixedSize(Hop hop, Way way, int size) {
        boolean bundled = isBundledPort(hop.host(), way.port()) && size > way.mtu()
                || isBundledPort(hop.host(), way.port()) && size > Segment.ETHERNET_MTU
                || isBundledPort(way.owner(), way.ownerPort()) && size > Segment.ETHERNET_MTU;
        if (!bundled || way.mtu() == Segment.ETHERNET_MTU) {
            return Optional.empty();
        }
        return Optional.of(new Blockage(
                Fault.MTU,
                "packets of " + size + " bytes are lost between segment " + way.segment() + " (MTU " + way.mtu()
                        + ") and a port of twoarm-director, which is set up for " + Segment.ETHERNET_MTU,
                "Give segment " + way.segment() + " an MTU of " + Segment.ETHERNET_MTU + "."));
    }

    private boolean isBundledPort(String host, String port) {
        return topology.director(host)
                .filter(director -> director.kind() == DirectorKind.BUNDLED)
                .filter(director -> director.port(port)
                        .filter(it -> !director.isKernels(it))
                        .isPresent())
                .isPresent();
    }

    /** Whether a DPVS that changes the family stands between the sender and this hop. */
    private boolean deafDirectorBefore(int position, List<Integer> positions) {
        return positions.stream()
                .filter(it -> it < position)
                .map(hops::get)
                .filter(hop -> topology.director(hop.host())
                        .filter(director -> director.kind() == DirectorKind.DPVS)
                        .isPresent())
                .anyMatch(hop ->
                        IpLiteral.isIpv4(hop.received().tuple().destination()) != IpLiteral.isIpv4(destination(hop)));
    }

    private static Way way(Hop hop) {
        return hop.way().orElseThrow();
    }

    private static InetAddress destination(Hop hop) {
        return hop.sent().orElseThrow().tuple().destination();
    }
}
