package io.twoarm.director.neighbour;

import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;

/** What is done with an ARP packet: RFC 826, "Packet Reception", and RFC 5227 for conflicts. */
public final class ArpReceiver {
    private final OwnAddresses own;
    private final NeighbourTable neighbours;
    private final Emitter emitter;
    private final Counters counters;
    private final ReportRing reports;
    private final boolean answers;

    /** @param answers whether requests are answered from here; another worker does otherwise */
    public ArpReceiver(
            OwnAddresses own,
            NeighbourTable neighbours,
            Emitter emitter,
            Counters counters,
            ReportRing reports,
            boolean answers) {
        this.answers = answers;
        this.own = own;
        this.neighbours = neighbours;
        this.emitter = emitter;
        this.counters = counters;
        this.reports = reports;
    }

    /** Takes over the packet and sees that it is counted. */
    public void receive(int port, long mbuf, long frame, long nowMicros) {
        long senderMac = EthernetHeader.address(frame + ArpPacket.SENDER_MAC_OFFSET);
        int operation = Mem.getUnsignedShortBE(frame + ArpPacket.OPERATION_OFFSET);
        boolean known = operation == ArpPacket.REQUEST || operation == ArpPacket.REPLY;
        if (!ArpPacket.isWellFormed(frame, Mbuf.length(mbuf)) || !known || (senderMac >>> 40 & 1) != 0) {
            emitter.drop(mbuf, Counter.DROPPED_ARP_MALFORMED);
            return;
        }
        int sender = Mem.getIntBE(frame + ArpPacket.SENDER_ADDRESS_OFFSET);
        int target = Mem.getIntBE(frame + ArpPacket.TARGET_ADDRESS_OFFSET);
        if (own.isOnPort(sender, port) && senderMac != emitter.mac(port)) {
            counters.count(Counter.ARP_CONFLICTS);
            reports.add(Report.Kind.ADDRESS_CONFLICT, nowMicros, own.find(sender), senderMac);
            emitter.drop(mbuf, Counter.CONSUMED_ARP);
            return;
        }
        boolean request = operation == ArpPacket.REQUEST;
        boolean forUs = own.isOnPort(target, port);
        if (sender != 0) {
            learn(port, sender, senderMac, forUs, !request, nowMicros);
        }
        if (request && forUs && answers) {
            answer(port, mbuf, frame, senderMac, sender, target);
        } else {
            boolean question = request && !forUs && sender != target;
            emitter.drop(mbuf, question ? Counter.DROPPED_ARP_FOREIGN : Counter.CONSUMED_ARP);
        }
    }

    private void learn(int port, int sender, long mac, boolean forUs, boolean reply, long nowMicros) {
        int number = neighbours.find(port, sender);
        if (number < 0 && forUs && !reply) {
            number = neighbours.findOrCreate(port, sender);
        }
        if (number >= 0) {
            neighbours.learn(number, mac, forUs && reply, nowMicros);
        }
    }

    private void answer(int port, long mbuf, long frame, long senderMac, int sender, int target) {
        Mbuf.setLength(mbuf, ArpPacket.FRAME_SIZE);
        ArpPacket.write(frame, senderMac, ArpPacket.REPLY, emitter.mac(port), target, senderMac, sender);
        emitter.stage(port, mbuf, Counter.ANSWERED_ARP.ordinal());
    }
}
