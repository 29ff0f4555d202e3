package io.twoarm.director.neighbour;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.NeighbourMessage;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;

/** What is done with neighbour solicitations and advertisements (RFC 4861, 7.2.3 to 7.2.5; RFC 4862, 5.4.3 to 5.4.5). */
public final class DiscoveryReceiver {
    private static final long GROUP_BIT = 1L << 40;

    private final OwnAddresses own;
    private final NeighbourTable neighbours;
    private final Emitter emitter;
    private final Counters counters;
    private final ReportRing reports;
    private final boolean answers;

    /** @param answers whether solicitations are answered from here; another worker does otherwise */
    public DiscoveryReceiver(
            OwnAddresses own,
            NeighbourTable neighbours,
            Emitter emitter,
            Counters counters,
            ReportRing reports,
            boolean answers) {
        this.own = own;
        this.neighbours = neighbours;
        this.emitter = emitter;
        this.counters = counters;
        this.reports = reports;
        this.answers = answers;
    }

    /**
     * Takes over a message whose checksum is right and sees that it is counted.
     *
     * @param ip address of an IPv6 header of 40 bytes with the message behind
     * @param length bytes of the message
     */
    public void receive(int port, long mbuf, long ip, int length, long nowMicros) {
        long icmp = ip + Ipv6Header.SIZE;
        boolean whole = length >= Icmpv6Header.OPTIONS_OFFSET
                && Ipv6Header.hopLimit(ip) == NeighbourMessage.HOP_LIMIT
                && Mem.getByte(icmp + Icmpv6Header.CODE_OFFSET) == 0
                && !Ipv6Address.isGroup(Ipv6Header.high(icmp + Icmpv6Header.TARGET_OFFSET));
        boolean solicitation = (Mem.getByte(icmp) & 0xff) == Icmpv6Header.NEIGHBOUR_SOLICITATION;
        int kind = solicitation ? Icmpv6Header.SOURCE_LINK_ADDRESS : Icmpv6Header.TARGET_LINK_ADDRESS;
        long mac = whole ? NeighbourMessage.linkAddress(icmp, length, kind) : NeighbourMessage.MALFORMED;
        if (mac == NeighbourMessage.MALFORMED || (mac & GROUP_BIT) != 0) {
            emitter.drop(mbuf, Counter.DROPPED_ND_MALFORMED);
        } else if (solicitation) {
            solicited(port, mbuf, ip, mac, nowMicros);
        } else {
            advertised(port, mbuf, ip, mac, nowMicros);
        }
    }

    private void solicited(int port, long mbuf, long ip, long mac, long nowMicros) {
        long icmp = ip + Ipv6Header.SIZE;
        long senderHigh = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        long senderLow = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        boolean nameless = (senderHigh | senderLow) == 0;
        boolean toGroup = Ipv6Address.isSolicitedGroup(
                Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET),
                Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET));
        if (nameless && (!toGroup || mac != 0)) {
            emitter.drop(mbuf, Counter.DROPPED_ND_MALFORMED);
            return;
        }
        int number = own.find(
                Ipv6Header.high(icmp + Icmpv6Header.TARGET_OFFSET), Ipv6Header.low(icmp + Icmpv6Header.TARGET_OFFSET));
        if (number < 0 || own.port(number) != port || own.isUnusable(number)) {
            emitter.drop(mbuf, Counter.DROPPED_ND_FOREIGN);
            return;
        }
        long frameSource = EthernetHeader.address(ip - EthernetHeader.SIZE + EthernetHeader.SOURCE_OFFSET);
        int same = nameless ? -1 : own.find(senderHigh, senderLow);
        if (same >= 0 || nameless && frameSource == emitter.mac(port)) {
            if (same >= 0) {
                claimed(same, port, mac == 0 ? frameSource : mac, nowMicros);
            }
            emitter.drop(mbuf, Counter.CONSUMED_ND);
            return;
        }
        if (nameless && own.isTentative(number)) {
            // Somebody else is about to take the address as well: neither may (RFC 4862, 5.4.3).
            refuse(number, frameSource, nowMicros);
            emitter.drop(mbuf, Counter.CONSUMED_ND);
            return;
        }
        if (!nameless && mac != 0) {
            int neighbour = neighbours.findOrCreate(port, senderHigh, senderLow);
            if (neighbour >= 0) {
                neighbours.hear(neighbour, mac);
            }
        }
        if (answers) {
            answer(port, mbuf, ip, number, nameless, mac == 0 ? frameSource : mac);
        } else {
            emitter.drop(mbuf, Counter.CONSUMED_ND);
        }
    }

    private void answer(int port, long mbuf, long ip, int number, boolean nameless, long mac) {
        long frame = ip - EthernetHeader.SIZE;
        if (nameless) {
            Ipv6Header.putAddress(
                    ip + Ipv6Header.DESTINATION_OFFSET, Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.ALL_NODES_LOW);
        } else {
            Ipv6Header.copyAddress(ip + Ipv6Header.SOURCE_OFFSET, ip + Ipv6Header.DESTINATION_OFFSET);
        }
        long to = nameless ? EthernetHeader.IPV6_GROUP | Ipv6Address.ALL_NODES_LOW : mac;
        EthernetHeader.write(frame, to, emitter.mac(port), EthernetHeader.TYPE_IPV6);
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, own.high(number), own.low(number));
        int flags = (nameless ? 0 : Icmpv6Header.SOLICITED_FLAG)
                | (own.isTentative(number) ? 0 : Icmpv6Header.OVERRIDE_FLAG);
        Mbuf.setLength(mbuf, NeighbourMessage.FRAME_SIZE);
        NeighbourMessage.write(
                ip, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT, flags, own.high(number), own.low(number), emitter.mac(port));
        emitter.stage(port, mbuf, Counter.ANSWERED_ND.ordinal());
    }

    private void advertised(int port, long mbuf, long ip, long mac, long nowMicros) {
        long icmp = ip + Ipv6Header.SIZE;
        int flags = Mem.getIntBE(icmp + Icmpv6Header.WORD_OFFSET);
        boolean solicited = (flags & Icmpv6Header.SOLICITED_FLAG) != 0;
        if (solicited && Ipv6Address.isGroup(Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET))) {
            emitter.drop(mbuf, Counter.DROPPED_ND_MALFORMED);
            return;
        }
        long high = Ipv6Header.high(icmp + Icmpv6Header.TARGET_OFFSET);
        long low = Ipv6Header.low(icmp + Icmpv6Header.TARGET_OFFSET);
        int number = own.find(high, low);
        if (number >= 0 && own.port(number) == port) {
            claimed(
                    number,
                    port,
                    mac == 0 ? EthernetHeader.address(ip - EthernetHeader.SIZE + EthernetHeader.SOURCE_OFFSET) : mac,
                    nowMicros);
        } else {
            int neighbour = neighbours.find(port, high, low);
            if (neighbour >= 0) {
                learn(neighbour, mac, solicited, (flags & Icmpv6Header.OVERRIDE_FLAG) != 0, nowMicros);
            }
        }
        emitter.drop(mbuf, Counter.CONSUMED_ND);
    }

    /** RFC 4861, 7.2.5. */
    private void learn(int neighbour, long mac, boolean solicited, boolean override, long nowMicros) {
        long known = neighbours.usableMac(neighbour);
        if (known == 0) {
            if (mac != 0 && neighbours.isIncomplete(neighbour)) {
                if (solicited) {
                    neighbours.learn(neighbour, mac, true, nowMicros);
                } else {
                    neighbours.hear(neighbour, mac);
                }
            }
            return;
        }
        boolean differs = mac != 0 && mac != known;
        if (differs && !override) {
            neighbours.doubt(neighbour);
        } else if (solicited) {
            neighbours.learn(neighbour, differs ? mac : known, true, nowMicros);
        } else if (differs) {
            neighbours.hear(neighbour, mac);
        }
    }

    private void claimed(int number, int port, long mac, long nowMicros) {
        if (mac == emitter.mac(port)) {
            return;
        }
        if (own.isTentative(number)) {
            refuse(number, mac, nowMicros);
        } else {
            counters.count(Counter.ND_CONFLICTS);
            reports.add(Report.Kind.ADDRESS_CONFLICT, nowMicros, number, mac);
        }
    }

    private void refuse(int number, long mac, long nowMicros) {
        own.markUnusable(number);
        counters.count(Counter.ADDRESSES_REFUSED);
        reports.add(Report.Kind.ADDRESS_REFUSED, nowMicros, number, mac);
    }
}
