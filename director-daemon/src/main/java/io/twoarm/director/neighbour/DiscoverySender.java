package io.twoarm.director.neighbour;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.NeighbourMessage;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;

/**
 * Makes neighbour solicitations and unsolicited advertisements (RFC 4861).
 *
 * <p>Own addresses are used from the start and checked meanwhile (RFC 4429): first each is solicited from no address
 * (RFC 4862, 5.4.2); if nobody claims it within a second, it is advertised three times, a second apart, so that all
 * stations take it over. Solicitations always carry the director's Ethernet address, for Linux leaves one without it
 * unanswered.
 */
public final class DiscoverySender {
    private static final int LAST_ROUND = 3;
    private static final long INTERVAL = 1_000_000;
    private static final int PER_TURN = 32;

    private final OwnAddresses own;
    private final Emitter emitter;
    private final boolean announces;
    private int round;
    private int next;
    private long roundDue;

    /** @param announces whether own addresses are checked and announced from here; else only time passes for them */
    public DiscoverySender(OwnAddresses own, Emitter emitter, boolean announces, long startMicros) {
        this.announces = announces;
        this.own = own;
        this.emitter = emitter;
        roundDue = startMicros;
    }

    /**
     * Asks for an address, from the own address of the link.
     *
     * @param mac whom to ask, as a number; 0 for the group that the address is solicited in
     */
    void solicit(int port, long high, long low, long mac) {
        int source = own.sourceFor(port, Ipv6Address.LINK_LOCAL_HIGH, low);
        long mbuf = source < 0 ? 0 : emitter.allocate(NeighbourMessage.FRAME_SIZE);
        if (mbuf == 0) {
            return;
        }
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, own.high(source), own.low(source));
        send(mbuf, port, mac, high, low, emitter.mac(port));
    }

    /** Sends a solicitation whose source is set. */
    private void send(long mbuf, int port, long mac, long high, long low, long linkAddress) {
        long frame = Mbuf.data(mbuf);
        long ip = frame + EthernetHeader.SIZE;
        long groupLow = Ipv6Address.solicitedGroup(low);
        long destination = mac == 0 ? EthernetHeader.IPV6_GROUP | groupLow & 0xffff_ffffL : mac;
        EthernetHeader.write(frame, destination, emitter.mac(port), EthernetHeader.TYPE_IPV6);
        if (mac == 0) {
            Ipv6Header.putAddress(ip + Ipv6Header.DESTINATION_OFFSET, Ipv6Address.LINK_GROUP_HIGH, groupLow);
        } else {
            Ipv6Header.putAddress(ip + Ipv6Header.DESTINATION_OFFSET, high, low);
        }
        NeighbourMessage.write(ip, Icmpv6Header.NEIGHBOUR_SOLICITATION, 0, high, low, linkAddress);
        emitter.stage(port, mbuf, Counter.SENT_SOLICITATION.ordinal());
    }

    /** Advertises all own addresses again, as after a take-over; new ones are checked first. */
    public void announceAgain(long nowMicros) {
        round = own.hasTentative() ? 0 : 1;
        next = 0;
        roundDue = nowMicros;
    }

    /** Sends what is due; returns how many addresses it was about. */
    public int tick(long nowMicros) {
        if (round > LAST_ROUND || nowMicros < roundDue) {
            return 0;
        }
        int sent = 0;
        for (; next < own.size() && sent < PER_TURN; next++, sent++) {
            if (!own.isIpv4(next) && own.isHeld(next) && !own.isUnusable(next)) {
                if (round != 0) {
                    own.markChecked(next);
                    advertise(next);
                } else if (own.isTentative(next)) {
                    probe(next);
                }
            }
        }
        if (next >= own.size()) {
            next = 0;
            round++;
            roundDue = nowMicros + INTERVAL;
        }
        return sent;
    }

    /** Asks whether anybody has an own address; without a link address option (RFC 4861, 4.3). */
    private void probe(int number) {
        long mbuf = !announces ? 0 : emitter.allocate(NeighbourMessage.FRAME_SIZE - Icmpv6Header.LINK_ADDRESS_SIZE);
        if (mbuf != 0) {
            Ipv6Header.putAddress(Mbuf.data(mbuf) + EthernetHeader.SIZE + Ipv6Header.SOURCE_OFFSET, 0, 0);
            send(mbuf, own.port(number), 0, own.high(number), own.low(number), 0);
        }
    }

    private void advertise(int number) {
        long mbuf = !announces ? 0 : emitter.allocate(NeighbourMessage.FRAME_SIZE);
        if (mbuf == 0) {
            return;
        }
        int port = own.port(number);
        long frame = Mbuf.data(mbuf);
        long ip = frame + EthernetHeader.SIZE;
        long high = own.high(number);
        long low = own.low(number);
        EthernetHeader.write(
                frame,
                EthernetHeader.IPV6_GROUP | Ipv6Address.ALL_NODES_LOW,
                emitter.mac(port),
                EthernetHeader.TYPE_IPV6);
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, high, low);
        Ipv6Header.putAddress(
                ip + Ipv6Header.DESTINATION_OFFSET, Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.ALL_NODES_LOW);
        NeighbourMessage.write(
                ip, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT, Icmpv6Header.OVERRIDE_FLAG, high, low, emitter.mac(port));
        emitter.stage(port, mbuf, Counter.SENT_ADVERTISEMENT.ordinal());
    }
}
