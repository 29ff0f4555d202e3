package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.IcmpTranslation;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;
import io.twoarm.director.session.SessionRecord;

/**
 * ICMP between the families: echo by its type, identifier and checksum (RFC 7915, 4.2 and 5.2), errors with the packet that
 * they quote (4.3 and 5.3), whose ends others have found.
 */
final class QuotingErrors {
    static final int ICMPV6 = Icmpv6Header.PROTOCOL;
    /** Bytes of a quoted packet's transport header that every error has (RFC 792). */
    static final int QUOTED_TRANSPORT = 8;

    /** Bytes of an error of ICMP that every host takes (RFC 1812, 4.3.2.3). */
    static final int LARGEST_ICMP = 576;

    static final int IPV6_HEADERS = Ipv6Header.SIZE + Icmpv6Header.SIZE + Ipv6Header.SIZE;
    static final int IPV4_HEADERS = Ipv4Header.SIZE + IcmpHeader.SIZE + Ipv4Header.SIZE;

    private final Router router;
    private final Emitter emitter;
    private final WideTranslation headers;

    QuotingErrors(WorkerTables tables, WideTranslation headers) {
        this.headers = headers;
        router = tables.router;
        emitter = tables.emitter;
    }

    /** Joins addresses as they lie in a header. */
    static long raw(int source, int destination) {
        return SessionRecord.join(Integer.reverseBytes(source), Integer.reverseBytes(destination));
    }

    /** Whether a message of ICMP quotes a packet. */
    static boolean isError(long ip, int length) {
        if (length < IcmpHeader.SIZE) {
            return false;
        }
        int type = Mem.getByte(ip + Ipv4Header.SIZE) & 0xff;
        return type == IcmpHeader.UNREACHABLE
                || type == IcmpHeader.SOURCE_QUENCH
                || type == IcmpHeader.TIME_EXCEEDED
                || type == IcmpHeader.PARAMETER_PROBLEM;
    }

    /** Whether a packet is a message of ICMPv6 that quotes one. */
    static boolean isWideError(long ip, int length) {
        return Ipv6Header.nextHeader(ip) == ICMPV6
                && length >= Icmpv6Header.SIZE
                && (Mem.getByte(ip + Ipv6Header.SIZE) & 0xff) <= Icmpv6Header.LAST_ERROR;
    }

    /** Turns a ping or its answer, behind a written IPv6 header, into ICMPv6; false for all other messages. */
    static boolean echoToIpv6(long ip, long icmp, int length, PacketEnds ends) {
        int type = length < IcmpHeader.SIZE ? -1 : Mem.getByte(icmp) & 0xff;
        if (type != IcmpHeader.ECHO_REQUEST && type != IcmpHeader.ECHO_REPLY) {
            return false;
        }
        long pseudo = Ipv6Header.pseudoHeaderSum(ip, ICMPV6, length);
        retype(
                icmp,
                type == IcmpHeader.ECHO_REQUEST ? Icmpv6Header.ECHO_REQUEST : Icmpv6Header.ECHO_REPLY,
                pseudo + rename(icmp, ends));
        return true;
    }

    /** Turns a ping or its answer into ICMP; false for all other messages. */
    static boolean echoToIpv4(long icmp, int length, long pseudo, PacketEnds ends) {
        int type = length < Icmpv6Header.SIZE ? -1 : Mem.getByte(icmp) & 0xff;
        if (type != Icmpv6Header.ECHO_REQUEST && type != Icmpv6Header.ECHO_REPLY) {
            return false;
        }
        retype(
                icmp,
                type == Icmpv6Header.ECHO_REQUEST ? IcmpHeader.ECHO_REQUEST : IcmpHeader.ECHO_REPLY,
                (~InternetChecksum.fold(pseudo) & 0xffffL) + rename(icmp, ends));
        return true;
    }

    /** Gives a ping another identifier where it changes; returns by what the sum changes. */
    private static long rename(long icmp, PacketEnds ends) {
        if (!ends.portsChange) {
            return 0;
        }
        long at = icmp + IcmpHeader.ID_OFFSET;
        int before = Mem.getShort(at) & 0xffff;
        Mem.putShort(at, (short) ends.rawPorts);
        return (~before & 0xffff) + (ends.rawPorts & 0xffff);
    }

    /** Gives a message another type, and changes the checksum by that and by a sum. */
    private static void retype(long icmp, int type, long sum) {
        int before = Mem.getShort(icmp) & 0xffff;
        Mem.putByte(icmp, (byte) type);
        int after = Mem.getShort(icmp) & 0xffff;
        long checksum = icmp + IcmpHeader.CHECKSUM_OFFSET;
        Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), (~before & 0xffff) + after + sum));
    }

    private boolean give(Burst burst, int i) {
        emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_TYPE);
        return false;
    }

    /** Whether an error of ICMP is whole and quotes an IPv4 header with 8 bytes behind. */
    static boolean isReadable(long ip, int length) {
        long icmp = ip + Ipv4Header.SIZE;
        long inner = icmp + IcmpHeader.SIZE;
        int quoted = length - IcmpHeader.SIZE;
        int innerHeader = quoted < Ipv4Header.SIZE ? 0 : Ipv4Header.headerLength(inner);
        return innerHeader >= Ipv4Header.SIZE
                && quoted >= innerHeader + QUOTED_TRANSPORT
                && InternetChecksum.of(InternetChecksum.sum(icmp, length)) == 0;
    }

    /** Whether an error of ICMPv6 is whole and quotes an IPv6 header with 8 bytes behind. */
    static boolean isWideReadable(long ip, int length) {
        long icmp = ip + Ipv6Header.SIZE;
        return length >= Icmpv6Header.SIZE + Ipv6Header.SIZE + QUOTED_TRANSPORT
                && (Mem.getByte(icmp + Icmpv6Header.SIZE) >>> 4 & 15) == 6
                && Ipv6Header.checksumIsRight(ip, icmp, ICMPV6, length);
    }

    /**
     * Turns a readable error of ICMP into one of ICMPv6 in the burst's buffer; false when it was dropped, for its kind has no
     * counterpart.
     */
    boolean toIpv6(Burst burst, int i, long ip, PacketEnds ends, PacketEnds quotedEnds) {
        long icmp = ip + Ipv4Header.SIZE;
        long inner = icmp + IcmpHeader.SIZE;
        int quoted = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE - IcmpHeader.SIZE;
        int innerHeader = Ipv4Header.headerLength(inner);
        long head = IcmpTranslation.headToIcmpv6(icmp);
        int kind = IcmpTranslation.kind(head);
        int word = IcmpTranslation.word(head);
        if (kind == Icmpv6Header.TOO_BIG << 8) {
            word = IcmpTranslation.mtuToIpv6(
                    Mem.getUnsignedShortBE(icmp + IcmpHeader.MTU_OFFSET),
                    Ipv4Header.totalLength(inner),
                    router.mtu(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET)),
                    router.mtu(ends.toHigh, ends.toLow),
                    0);
        }
        if (kind == IcmpTranslation.NONE) {
            return give(burst, i);
        }
        int tos = Mem.getByte(ip + 1) & 0xff;
        int ttl = (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) - 1;
        int innerTos = Mem.getByte(inner + 1) & 0xff;
        int innerTtl = Mem.getByte(inner + Ipv4Header.TTL_OFFSET) & 0xff;
        int innerLength = Math.max(0, Ipv4Header.totalLength(inner) - innerHeader);
        int innerProtocol = Ipv4Header.protocol(inner);
        long before = InternetChecksum.sum(inner + Ipv4Header.SOURCE_OFFSET, 8);
        long transport = inner + innerHeader;
        int kept = Math.min(quoted - innerHeader, Ipv6Header.LEAST_MTU - IPV6_HEADERS);
        boolean echo = innerProtocol == Protocol.ICMP.number();
        long newIp = transport - IPV6_HEADERS;
        long newInner = transport - Ipv6Header.SIZE;
        Ipv6Header.write(newInner, innerTos, innerLength, echo ? ICMPV6 : innerProtocol, innerTtl);
        Ipv6Header.putAddress(newInner + Ipv6Header.SOURCE_OFFSET, quotedEnds.sourceHigh, quotedEnds.sourceLow);
        Ipv6Header.putAddress(newInner + Ipv6Header.DESTINATION_OFFSET, quotedEnds.toHigh, quotedEnds.toLow);
        if (!echo || !echoToIpv6(newInner, transport, innerLength, quotedEnds)) {
            long after = InternetChecksum.sum(newInner + Ipv6Header.SOURCE_OFFSET, 32);
            FamilyTranslation.change(
                    transport, innerProtocol, kept, InternetChecksum.change(before, after), quotedEnds);
        }
        int total = IPV6_HEADERS + kept;
        Ipv6Header.write(newIp, tos, total - Ipv6Header.SIZE, ICMPV6, ttl);
        Ipv6Header.putAddress(newIp + Ipv6Header.SOURCE_OFFSET, ends.sourceHigh, ends.sourceLow);
        Ipv6Header.putAddress(newIp + Ipv6Header.DESTINATION_OFFSET, ends.toHigh, ends.toLow);
        beginIcmpv6(newIp, kind, word, total - Ipv6Header.SIZE);
        restart(burst, i, ip, newIp, total);
        return true;
    }

    /** Writes the first eight bytes of an error of ICMPv6 behind its IPv6 header. */
    static void beginIcmpv6(long ip, int kind, int word, int length) {
        long icmp = ip + Ipv6Header.SIZE;
        Mem.putIntBE(icmp, kind << 16);
        Mem.putIntBE(icmp + Icmpv6Header.WORD_OFFSET, word);
        Ipv6Header.putChecksum(ip, icmp, Icmpv6Header.CHECKSUM_OFFSET, ICMPV6, length);
    }

    /** Writes the first eight bytes of an error of ICMP behind where its IPv4 header comes. */
    static void beginIcmp(long ip, int kind, int word, int length) {
        long icmp = ip + Ipv4Header.SIZE;
        Mem.putIntBE(icmp, kind << 16);
        Mem.putIntBE(icmp + IcmpHeader.ID_OFFSET, word);
        Mem.putShort(icmp + IcmpHeader.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(icmp, length)));
    }

    /** Lets the frame begin and end where the new packet does. */
    static void restart(Burst burst, int i, long before, long after, int total) {
        long mbuf = burst.mbufs[i];
        Mbuf.prepend(mbuf, (int) (before - after));
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + total);
    }

    /**
     * Turns a readable error of ICMPv6 into one of ICMP in the burst's buffer; false when it was dropped, for its kind has no
     * counterpart.
     */
    boolean toIpv4(Burst burst, int i, long ip, PacketEnds ends, PacketEnds quotedEnds) {
        long icmp = ip + Ipv6Header.SIZE;
        long inner = icmp + Icmpv6Header.SIZE;
        int quoted = Ipv6Header.payloadLength(ip) - Icmpv6Header.SIZE;
        long head = IcmpTranslation.headToIcmp(icmp);
        int kind = IcmpTranslation.kind(head);
        int word = IcmpTranslation.word(head);
        long router6High = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        long router6Low = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        if (kind == (IcmpHeader.UNREACHABLE << 8 | IcmpHeader.FRAGMENTATION_NEEDED)) {
            int wideMtu = router.mtu(router6High, router6Low);
            word = IcmpTranslation.mtuToIpv4(
                    Mem.getIntBE(icmp + Icmpv6Header.WORD_OFFSET),
                    router.mtu(ends.to),
                    wideMtu == 0 ? Ipv6Header.LEAST_MTU : wideMtu);
        }
        if (kind == IcmpTranslation.NONE) {
            return give(burst, i);
        }
        int tos = Ipv6Header.trafficClass(ip);
        int ttl = Ipv6Header.hopLimit(ip) - 1;
        int innerTos = Ipv6Header.trafficClass(inner);
        int innerTtl = Ipv6Header.hopLimit(inner);
        int innerLength = Ipv6Header.payloadLength(inner);
        int next = Ipv6Header.nextHeader(inner);
        long before = InternetChecksum.sum(inner + Ipv6Header.SOURCE_OFFSET, 32);
        long pseudo = Ipv6Header.pseudoHeaderSum(inner, next, innerLength);
        long transport = inner + Ipv6Header.SIZE;
        int kept = Math.min(quoted - Ipv6Header.SIZE, LARGEST_ICMP - IPV4_HEADERS);
        long addresses = raw(quotedEnds.source, quotedEnds.to);
        long newInner = transport - Ipv4Header.SIZE;
        headers.writeIpv4(newInner, innerTos, innerLength + Ipv4Header.SIZE, innerTtl, next, addresses);
        if (next != ICMPV6 || !echoToIpv4(transport, innerLength, pseudo, quotedEnds)) {
            long after = InternetChecksum.sum(newInner + Ipv4Header.SOURCE_OFFSET, 8);
            FamilyTranslation.change(transport, next, kept, InternetChecksum.change(before, after), quotedEnds);
        }
        int total = IPV4_HEADERS + kept;
        long newIp = transport - IPV4_HEADERS;
        beginIcmp(newIp, kind, word, total - Ipv4Header.SIZE);
        headers.writeIpv4(newIp, tos, total, ttl, ICMPV6, raw(ends.source, ends.to));
        restart(burst, i, ip, newIp, total);
        return true;
    }
}
