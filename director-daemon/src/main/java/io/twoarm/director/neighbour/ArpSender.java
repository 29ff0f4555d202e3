package io.twoarm.director.neighbour;

import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;

/** Makes ARP requests (RFC 826) and announcements of own addresses (RFC 5227, 2.3). */
public final class ArpSender {
    /** Each own address is announced as often, a second apart, for one frame may get lost. */
    private static final int ANNOUNCEMENTS = 3;

    private static final long ANNOUNCE_INTERVAL = 1_000_000;
    private static final int ANNOUNCED_PER_TURN = 32;

    private final OwnAddresses own;
    private final Emitter emitter;
    private final boolean announces;
    private int round;
    private int next;
    private long roundDue;

    /** @param announces whether own addresses are announced from here */
    public ArpSender(OwnAddresses own, Emitter emitter, boolean announces, long startMicros) {
        this.announces = announces;
        this.own = own;
        this.emitter = emitter;
        roundDue = startMicros;
    }

    /** Asks for an address: of everybody, or of the station that had it ({@code mac} as a number). */
    void request(int port, int address, long mac) {
        long mbuf = emitter.allocate(ArpPacket.FRAME_SIZE);
        if (mbuf == 0) {
            return;
        }
        long targetMac = mac == EthernetHeader.BROADCAST ? 0 : mac;
        int source = own.sourceFor(port, address);
        ArpPacket.write(Mbuf.data(mbuf), mac, ArpPacket.REQUEST, emitter.mac(port), source, targetMac, address);
        emitter.stage(port, mbuf, Counter.SENT_ARP_REQUEST.ordinal());
    }

    /** Announces all own addresses again, as after a take-over. */
    public void announceAgain(long nowMicros) {
        round = 0;
        next = 0;
        roundDue = nowMicros;
    }

    /** Announces what is due; returns how many. */
    public int tick(long nowMicros) {
        if (!announces || round == ANNOUNCEMENTS || nowMicros < roundDue) {
            return 0;
        }
        int sent = 0;
        for (; next < own.size() && sent < ANNOUNCED_PER_TURN; next++, sent++) {
            if (own.isIpv4(next) && own.isHeld(next)) {
                announce(own.port(next), own.address(next));
            }
        }
        if (next >= own.size()) {
            next = 0;
            round++;
            roundDue = nowMicros + ANNOUNCE_INTERVAL;
        }
        return sent;
    }

    private void announce(int port, int address) {
        long mbuf = emitter.allocate(ArpPacket.FRAME_SIZE);
        if (mbuf == 0) {
            return;
        }
        ArpPacket.write(
                Mbuf.data(mbuf), EthernetHeader.BROADCAST, ArpPacket.REQUEST, emitter.mac(port), address, 0, address);
        emitter.stage(port, mbuf, Counter.SENT_GRATUITOUS_ARP.ordinal());
    }
}
