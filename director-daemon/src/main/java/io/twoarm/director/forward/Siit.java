package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;
import io.twoarm.director.siit.AddressMappings;

/**
 * Stateless translation between IPv4 and IPv6 (RFC 7915): finds the addresses of RFC 6052 and RFC 7757, what is left is
 * {@link FamilyTranslation}'s. The TTL always goes down.
 */
final class Siit {
    static final int LEAST_TTL = 2;

    private final WorkerTables tables;
    private final Router router;
    private final Emitter emitter;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final FamilyTranslation translation;
    private final PacketEnds ends = new PacketEnds();
    private final PacketEnds quoted = new PacketEnds();

    Siit(WorkerTables tables, IcmpAnswers answers, Icmpv6Answers wideAnswers, FamilyTranslation translation) {
        this.tables = tables;
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        this.translation = translation;
        router = tables.router;
        emitter = tables.emitter;
    }

    /** Whether packets to an IPv4 address are translated. */
    boolean takes(int destination) {
        return tables.mappings.isHost(destination);
    }

    /** Whether packets to an IPv6 address are translated. */
    boolean takes(long high, long low) {
        AddressMappings mappings = tables.mappings;
        return !mappings.isEmpty() && mappings.findIpv6(high, low) != AddressMappings.UNKNOWN;
    }

    private void drop(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
    }

    /** Takes over a whole packet with 20 bytes of IPv4 header to an address that {@link #takes} knows. */
    void fromIpv4(Burst burst, int i, long ip) {
        int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
        boolean error = Ipv4Header.protocol(ip) == Protocol.ICMP.number() && QuotingErrors.isError(ip, length);
        if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < LEAST_TTL) {
            if (error) {
                drop(burst, i, Counter.DROPPED_TTL);
            } else {
                answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
            }
        } else if (!findWide(
                Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET), Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET), ends)) {
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
        } else if (error) {
            errorFromIpv4(burst, i, ip, length);
        } else {
            translation.toIpv6(burst, i, ip, ends);
        }
        burst.cuts[i] = 0;
    }

    private void errorFromIpv4(Burst burst, int i, long ip, int length) {
        long inner = ip + Ipv4Header.SIZE + IcmpHeader.SIZE;
        if (!QuotingErrors.isReadable(ip, length)) {
            drop(burst, i, Counter.DROPPED_ICMP_MALFORMED);
        } else if (!findWide(
                Mem.getIntBE(inner + Ipv4Header.SOURCE_OFFSET),
                Mem.getIntBE(inner + Ipv4Header.DESTINATION_OFFSET),
                quoted)) {
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
        } else {
            translation.errorToIpv6(burst, i, ip, ends, quoted);
        }
    }

    private boolean findWide(int source, int destination, PacketEnds found) {
        AddressMappings mappings = tables.mappings;
        int from = mappings.findIpv4(source);
        int to = mappings.findIpv4(destination);
        if (from == AddressMappings.UNKNOWN || to == AddressMappings.UNKNOWN) {
            return false;
        }
        found.sourceHigh = mappings.high(from, source);
        found.sourceLow = mappings.low(from, source);
        found.toHigh = mappings.high(to, destination);
        found.toLow = mappings.low(to, destination);
        return true;
    }

    /** Takes over a whole packet with 40 bytes of IPv6 header to an address that {@link #takes} knows. */
    void fromIpv6(Burst burst, int i, long ip) {
        int length = Ipv6Header.payloadLength(ip);
        boolean error = QuotingErrors.isWideError(ip, length);
        if (Ipv6Header.hopLimit(ip) < LEAST_TTL) {
            if (error) {
                drop(burst, i, Counter.DROPPED_TTL);
            } else {
                wideAnswers.hopLimitExceeded(burst, i);
            }
        } else if (error) {
            errorFromIpv6(burst, i, ip, length);
        } else if (findNarrow(ip, ends)) {
            translation.toIpv4(burst, i, ip, ends);
        } else {
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
        }
        burst.cuts[i] = 0;
    }

    private void errorFromIpv6(Burst burst, int i, long ip, int length) {
        if (!QuotingErrors.isWideReadable(ip, length)) {
            drop(burst, i, Counter.DROPPED_ICMP_MALFORMED);
            return;
        }
        boolean known = findNarrow(ip, ends);
        ends.source = known ? ends.source : ownTowards(ends.to);
        if (ends.source == 0 || ends.to == 0 || !findNarrow(ip + Ipv6Header.SIZE + Icmpv6Header.SIZE, quoted)) {
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
        } else {
            translation.errorToIpv4(burst, i, ip, ends, quoted);
        }
    }

    /** Finds what stands for both addresses of a header; 0 for one that has no counterpart. */
    private boolean findNarrow(long ip, PacketEnds found) {
        found.source = narrow(ip + Ipv6Header.SOURCE_OFFSET);
        found.to = narrow(ip + Ipv6Header.DESTINATION_OFFSET);
        return found.source != 0 && found.to != 0;
    }

    private int narrow(long at) {
        long high = Ipv6Header.high(at);
        long low = Ipv6Header.low(at);
        int found = tables.mappings.findIpv6(high, low);
        return found == AddressMappings.UNKNOWN ? 0 : tables.mappings.ipv4(found, high, low);
    }

    /** An own address for errors of routers that have none of IPv4 (RFC 6791); 0 when there is none. */
    private int ownTowards(int destination) {
        int port = router.port(destination);
        return port < 0 ? 0 : tables.own.sourceFor(port, destination);
    }
}
