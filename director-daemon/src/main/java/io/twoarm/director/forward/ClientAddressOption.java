package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.WideSessionRecord;

/**
 * Puts the client's address into a segment for the realserver: TCP option kind 254, or 253, with port and address, length 8 for
 * IPv4 and 20 for IPv6, right behind the 20-byte header, as the TOA modules of DPVS, Alibaba LVS and Huawei read it.
 *
 * An IPv6 realserver of an IPv4 client gets the mapped address (RFC 4291, 2.5.5.2), which is what its sockets know such
 * clients by.
 *
 * <p>Ethernet, IP and TCP header move towards the headroom; data stays. If header or link have no room, the segment's
 * other options make way: none of them matters on a segment without SYN, since timestamps are not negotiated. If that is
 * not enough, the segment goes without the address and is counted.
 *
 * <p>The checksum changes by the new option, the removed ones, data offset and length. Nothing else moves by an odd number
 * of bytes, so no sum over the data is needed and damage in it stays visible.
 */
final class ClientAddressOption {
    private static final int IP_OFFSET = EthernetHeader.SIZE;
    private static final int HEADERS = IP_OFFSET + Ipv4Header.SIZE + TcpHeader.SIZE;

    private final ServiceTable services;
    private final Counters counters;

    ClientAddressOption(ServiceTable services, Counters counters) {
        this.services = services;
        this.counters = counters;
    }

    /** Bytes that a session's segments need for the option; 0 when they do not get it. */
    static int room(long session) {
        if ((SessionRecord.flags(session) & SessionRecord.CLIENT_ADDRESS_FLAG) == 0) {
            return 0;
        }
        return WideSessionRecord.isWide(session) ? TcpOptions.WIDE_CLIENT_ADDRESS_SIZE : TcpOptions.CLIENT_ADDRESS_SIZE;
    }

    /**
     * Inserts the option.
     *
     * @param mtu largest IP packet that may come in for the realserver
     * @return change of the sum under the TCP checksum
     */
    long insert(Burst burst, int i, long session, int mtu) {
        long frame = burst.frames[i];
        int total = burst.lengths[i];
        int size = room(session);
        long tcp = frame + IP_OFFSET + burst.headers[i];
        int options = TcpHeader.headerLength(tcp) - TcpHeader.SIZE;
        int removed = 0;
        if (options + size > TcpHeader.LARGEST_SIZE - TcpHeader.SIZE || total + size > mtu) {
            removed = options;
            if (total + size - removed > mtu) {
                counters.count(Counter.TOA_NO_ROOM);
                return 0;
            }
        }
        int growth = size - removed;
        long mbuf = burst.mbufs[i];
        if ((Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff) < growth) {
            counters.count(Counter.TOA_NO_ROOM);
            return 0;
        }
        if (removed != 0) {
            counters.count(Counter.TOA_PRUNED);
        }
        long change =
                removed == 0 ? 0 : InternetChecksum.change(InternetChecksum.sum(tcp + TcpHeader.SIZE, removed), 0L);
        if (burst.headers[i] == Ipv4Header.SIZE) {
            moveHeaders(frame, frame - growth);
        } else {
            Mem.copy(frame, frame - growth, tcp + TcpHeader.SIZE - frame);
        }
        Mbuf.prepend(mbuf, growth);
        burst.frames[i] = frame - growth;
        counters.count(Counter.TOA_INSERTED);
        return change + write(frame - growth, tcp - growth, session, total, total + growth);
    }

    private static void moveHeaders(long from, long to) {
        // All is read before anything is written, for the two places overlap either way. The last read overlaps the one
        // before: 54 bytes are seven words less two bytes.
        long word0 = Mem.getLong(from);
        long word1 = Mem.getLong(from + 8);
        long word2 = Mem.getLong(from + 16);
        long word3 = Mem.getLong(from + 24);
        long word4 = Mem.getLong(from + 32);
        long word5 = Mem.getLong(from + 40);
        long word6 = Mem.getLong(from + HEADERS - 8);
        Mem.putLong(to, word0);
        Mem.putLong(to + 8, word1);
        Mem.putLong(to + 16, word2);
        Mem.putLong(to + 24, word3);
        Mem.putLong(to + 32, word4);
        Mem.putLong(to + 40, word5);
        Mem.putLong(to + HEADERS - 8, word6);
    }

    private int kind(long session) {
        return services.clientAddress(SessionRecord.realserver(session)) == ClientAddressWay.TOA_253
                ? TcpOptions.OTHER_CLIENT_ADDRESS
                : TcpOptions.CLIENT_ADDRESS;
    }

    private long write(long frame, long tcp, long session, int before, int after) {
        long option = tcp + TcpHeader.SIZE;
        int kind = kind(session);
        short port = (short) Mem.getInt(session + CLIENT_PORTS_OFFSET);

        long lengthChange = (~InternetChecksum.word(before) & 0xffff) + InternetChecksum.word(after);
        long ip = frame + IP_OFFSET;
        if (WideSessionRecord.isWide(session)) {
            TcpOptions.writeWideClientAddress(option, kind, port, session + WideSessionRecord.CLIENT_OFFSET);
        } else {
            int address = SessionRecord.source(Mem.getLong(session + CLIENT_ADDRESSES_OFFSET));
            TcpOptions.writeClientAddress(option, kind, port, address);
        }
        if (tcp - ip == Ipv6Header.SIZE) {
            Mem.putShortBE(ip + Ipv6Header.PAYLOAD_LENGTH_OFFSET, after - Ipv6Header.SIZE);
        } else {
            Mem.putShortBE(ip + Ipv4Header.LENGTH_OFFSET, after);
            long checksum = ip + Ipv4Header.CHECKSUM_OFFSET;
            Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), lengthChange));
        }
        long offsetAt = tcp + TcpHeader.DATA_OFFSET_OFFSET;
        int offsetBefore = Mem.getShort(offsetAt) & 0xffff;
        // The data offset is in words in the high half of its byte, which is the low byte of the raw field.
        int offsetAfter = offsetBefore + (after - before << 2);
        Mem.putShort(offsetAt, (short) offsetAfter);
        // TCP's own length, in the pseudo-header, changes as the packet's does.
        return lengthChange + (~offsetBefore & 0xffff) + offsetAfter + InternetChecksum.sum(option, room(session));
    }
}
