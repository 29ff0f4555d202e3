package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.exception.KernelMailbox;
import io.twoarm.director.exception.KernelQueue;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.rate.RateLimit;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;

/**
 * What the kernel gets of a port that it has a twin of: packets to its own addresses there; packets to groups of the link
 * (224.0.0.0/24, ff02::/16), such as VRRP's (RFC 9568, 5.1.1.2 and 5.1.2.2); ARP and neighbour messages about its addresses,
 * and copies of answers that may be its own. Each kind has a limit of its own, so that a flood of one keeps no VRRP
 * advertisement away; VRRP's is the widest.
 *
 * <p>Belongs to one worker. No method waits or allocates; the kernel's side works on a thread of its own.
 */
final class KernelPath implements KernelMailbox.Sender {
    private static final int VRRP = 112;
    private static final int LINK_GROUPS = 0xe0_0000;
    private static final long LINK_GROUPS_WIDE = 0xff02L << 48;
    private static final int VRRP_PER_SECOND = 20_000;
    private static final int PACKETS_PER_SECOND = 10_000;
    private static final int OTHERS_PER_SECOND = 1000;

    private final OwnAddresses own;
    private final Emitter emitter;
    private final Counters counters;
    private final KernelQueue queue;
    private final boolean first;
    private final RateLimit redundancy = new RateLimit(VRRP_PER_SECOND);
    private final RateLimit groups = new RateLimit(OTHERS_PER_SECOND);
    private final RateLimit packets = new RateLimit(PACKETS_PER_SECOND);
    private final RateLimit neighbours = new RateLimit(OTHERS_PER_SECOND);

    KernelPath(WorkerTables tables, KernelQueue queue) {
        this.queue = queue;
        own = tables.own;
        emitter = tables.emitter;
        counters = tables.counters;
        first = tables.share.isFirst();
    }

    /** Takes over an ARP packet that is for the kernel alone; false for all others, of which it may take a copy. */
    boolean passArp(int port, long mbuf, long frame, long nowMicros) {
        if (!queue.hasTwin(port) || !first || !ArpPacket.isWellFormed(frame, Mbuf.length(mbuf))) {
            return false;
        }
        int sender = Mem.getIntBE(frame + ArpPacket.SENDER_ADDRESS_OFFSET);
        int target = Mem.getIntBE(frame + ArpPacket.TARGET_ADDRESS_OFFSET);
        boolean asks = Mem.getUnsignedShortBE(frame + ArpPacket.OPERATION_OFFSET) == ArpPacket.REQUEST;
        if (asks && own.kernel().contains(target, port)) {
            pass(port, mbuf, neighbours, nowMicros);
            return true;
        }
        if (!asks || sender == target) {
            copy(port, mbuf, nowMicros);
        }
        return false;
    }

    /** Takes over a well-formed IPv4 packet to a group of the link; false for other groups. */
    boolean passGroup(Burst burst, int i, long ip) {
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        if (!queue.hasTwin(burst.port) || destination >>> 8 != LINK_GROUPS) {
            return false;
        }
        passGroup(burst, i, Ipv4Header.protocol(ip));
        return true;
    }

    /** Takes over a well-formed IPv6 packet to a group of the link; false for other groups. */
    boolean passWideGroup(Burst burst, int i, long ip) {
        boolean link =
                (Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET) & 0xffff_0000_0000_0000L) == LINK_GROUPS_WIDE;
        if (!queue.hasTwin(burst.port) || !link) {
            return false;
        }
        passGroup(burst, i, Ipv6Header.nextHeader(ip));
        return true;
    }

    private void passGroup(Burst burst, int i, int protocol) {
        boolean vrrp = protocol == VRRP;
        pass(burst.port, burst.mbufs[i], vrrp ? redundancy : groups, burst.nowMicros);
    }

    /** Takes over an IPv4 packet to an address of the kernel on that port; false for all others. */
    boolean passAddressed(Burst burst, int i, int destination) {
        if (!queue.hasTwin(burst.port) || !own.kernel().contains(destination, burst.port)) {
            return false;
        }
        pass(burst.port, burst.mbufs[i], packets, burst.nowMicros);
        return true;
    }

    /** Takes over an IPv6 packet to an address of the kernel on that port; false for all others. */
    boolean passWideAddressed(Burst burst, int i, long high, long low) {
        if (!queue.hasTwin(burst.port) || !own.kernel().contains(high, low, burst.port)) {
            return false;
        }
        pass(burst.port, burst.mbufs[i], packets, burst.nowMicros);
        return true;
    }

    /**
     * Takes over a solicitation that is for the kernel alone; false for all other neighbour messages. Of advertisements it
     * takes a copy: director and kernel share the address of the link, so an answer to it may be for either.
     *
     * @param ip address of an IPv6 header with a message of at least 8 bytes behind
     * @param length bytes of the message
     */
    boolean passNeighbour(int port, long mbuf, long ip, int length, long nowMicros) {
        long icmp = ip + Ipv6Header.SIZE;
        if (!queue.hasTwin(port) || !first || length < Icmpv6Header.OPTIONS_OFFSET) {
            return false;
        }
        if ((Mem.getByte(icmp) & 0xff) == Icmpv6Header.NEIGHBOUR_ADVERTISEMENT) {
            copy(port, mbuf, nowMicros);
            return false;
        }
        long high = Ipv6Header.high(icmp + Icmpv6Header.TARGET_OFFSET);
        long low = Ipv6Header.low(icmp + Icmpv6Header.TARGET_OFFSET);
        if (own.find(high, low) >= 0 || !own.kernel().contains(high, low, port)) {
            return false;
        }
        pass(port, mbuf, neighbours, nowMicros);
        return true;
    }

    private void pass(int port, long mbuf, RateLimit limit, long nowMicros) {
        if (!limit.take(nowMicros)) {
            emitter.drop(mbuf, Counter.DROPPED_KERNEL_RATE);
        } else if (mbuf != emitter.large() && queue.offer(port, mbuf)) {
            counters.count(Counter.PASSED_TO_KERNEL);
        } else {
            emitter.drop(mbuf, Counter.DROPPED_KERNEL_QUEUE);
        }
    }

    private void copy(int port, long mbuf, long nowMicros) {
        int length = Mbuf.length(mbuf);
        if (length > emitter.mtu(port) + EthernetHeader.SIZE || !neighbours.take(nowMicros)) {
            return;
        }
        long fresh = emitter.allocate(length);
        if (fresh == 0) {
            return;
        }
        Mem.copy(Mbuf.data(mbuf), Mbuf.data(fresh), length);
        if (queue.offer(port, fresh)) {
            counters.count(Counter.COPIED_TO_KERNEL);
        } else {
            emitter.release(fresh);
        }
    }

    /** Sends frames of the kernel by their port, as they are. Only those from the port's own Ethernet address leave. */
    @Override
    public void sendFromKernel(int port, long burst, int count) {
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.pointer(Mem.getLong(burst + i * 8L));
            int length = Mbuf.length(mbuf);
            boolean right = length >= EthernetHeader.SIZE
                    && length <= emitter.mtu(port) + EthernetHeader.SIZE
                    && EthernetHeader.address(Mbuf.data(mbuf) + EthernetHeader.SOURCE_OFFSET) == emitter.mac(port);
            if (right) {
                emitter.stage(port, mbuf, Counter.SENT_FROM_KERNEL.ordinal());
            } else {
                counters.count(Counter.REFUSED_FROM_KERNEL);
                emitter.release(mbuf);
            }
        }
        emitter.flush();
    }
}
