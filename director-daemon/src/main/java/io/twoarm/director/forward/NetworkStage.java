package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CHANGES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * The network header of a packet that {@link EstablishedStage} left: FullNAT's exchange of addresses and ports, the TTL, and
 * all checksums by their change (RFC 1624), so that damage done elsewhere stays visible to the receiver.
 *
 * <p>A packet of the client becomes LIP:LPORT to RIP:RPORT, one of the realserver VIP:VPORT to CIP:CPORT: the other side's
 * key with its halves swapped. The change of checksums is stored for the way in; the way out has its complement. A UDP
 * checksum of 0 means none and stays 0 (RFC 768).
 */
final class NetworkStage {
    private static final int IP_OFFSET = 14;
    private static final int TTL_WORD_OFFSET = IP_OFFSET + 8;
    private static final int ADDRESSES_OFFSET = IP_OFFSET + 12;
    private static final int TRANSPORT_OFFSET = IP_OFFSET + 20;

    private final int ttlStep;
    private final int ttlChange;

    NetworkStage(boolean decrementTtl) {
        ttlStep = decrementTtl ? 1 : 0;
        ttlChange = decrementTtl ? Ipv4Header.TTL_STEP_CHANGE : 0;
    }

    /** Translates a packet. */
    void pass(Burst burst, int i, long reference) {
        long session = SessionTable.session(reference);
        long frame = Mem.pointer(burst.frames[i]);
        int changes = Mem.getInt(session + CHANGES_OFFSET);
        long addresses;
        int ports;
        if (SessionTable.direction(reference) == SessionTable.FROM_CLIENT) {
            addresses = Mem.getLong(session + SERVER_ADDRESSES_OFFSET);
            ports = Mem.getInt(session + SERVER_PORTS_OFFSET);
        } else {
            addresses = Mem.getLong(session + CLIENT_ADDRESSES_OFFSET);
            ports = Mem.getInt(session + CLIENT_PORTS_OFFSET);
            changes = ~changes;
        }
        Mem.putLong(frame + ADDRESSES_OFFSET, Long.rotateLeft(addresses, 32));
        Mem.putInt(frame + TRANSPORT_OFFSET, Integer.rotateLeft(ports, 16));
        int ttlWord = Mem.getInt(frame + TTL_WORD_OFFSET);
        short checksum = InternetChecksum.update((short) (ttlWord >>> 16), (changes & 0xffff) + ttlChange);
        Mem.putInt(frame + TTL_WORD_OFFSET, (ttlWord & 0xffff) - ttlStep | checksum << 16);
        long change = (changes >>> 16) + burst.transportChanges[i];
        if (SessionRecord.protocol(session) == SessionRecord.PROTOCOL_TCP) {
            long at = frame + TRANSPORT_OFFSET + TcpHeader.CHECKSUM_OFFSET;
            Mem.putShort(at, InternetChecksum.update(Mem.getShort(at), change));
        } else {
            updateDatagram(frame + TRANSPORT_OFFSET + UdpHeader.CHECKSUM_OFFSET, change);
        }
    }

    private static void updateDatagram(long at, long change) {
        short before = Mem.getShort(at);
        if (before != 0) {
            short after = InternetChecksum.update(before, change);
            Mem.putShort(at, after == 0 ? -1 : after);
        }
    }
}
