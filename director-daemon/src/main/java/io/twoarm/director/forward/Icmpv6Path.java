package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.DiscoveryReceiver;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * ICMPv6 messages to own addresses (RFC 4443): pings are answered, or forwarded where a service for ICMPv6 is; neighbour
 * messages are read; errors about packets of a session go to the session's other side. All else ends here, router
 * advertisements and redirects above all: the director's routes are those that were configured.
 */
final class Icmpv6Path {
    private final WideEchoes echoes;
    private final WideErrors errors;
    private final DiscoveryReceiver discovery;
    private final KernelPath kernel;
    private final Router router;
    private final Emitter emitter;

    Icmpv6Path(WorkerTables tables, WideEchoes echoes, WideErrors errors, KernelPath kernel) {
        this.kernel = kernel;
        this.echoes = echoes;
        this.errors = errors;
        router = tables.router;
        emitter = tables.emitter;
        discovery = new DiscoveryReceiver(
                tables.own, tables.neighbours, emitter, tables.counters, tables.reports, tables.share.isFirst());
    }

    static boolean isNeighbourMessage(long ip) {
        int type = Mem.getByte(ip + Ipv6Header.SIZE) & 0xff;
        return type == Icmpv6Header.NEIGHBOUR_SOLICITATION || type == Icmpv6Header.NEIGHBOUR_ADVERTISEMENT;
    }

    void pass(Burst burst, int i, long ip, int length) {
        long icmp = ip + Ipv6Header.SIZE;
        if (length < Icmpv6Header.SIZE || !Ipv6Header.checksumIsRight(ip, icmp, Icmpv6Header.PROTOCOL, length)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_MALFORMED);
            return;
        }
        switch (Mem.getByte(icmp) & 0xff) {
            case Icmpv6Header.ECHO_REQUEST -> {
                if (!echoes.passRequest(burst, i, ip)) {
                    answer(burst, i, ip, length);
                }
            }
            case Icmpv6Header.ECHO_REPLY -> {
                if (!echoes.passReply(burst, i, ip)) {
                    emitter.drop(burst.mbufs[i], Counter.DROPPED_ECHO_REPLY);
                }
            }
            case Icmpv6Header.UNREACHABLE,
                    Icmpv6Header.TOO_BIG,
                    Icmpv6Header.TIME_EXCEEDED,
                    Icmpv6Header.PARAMETER_PROBLEM -> errors.pass(burst, i, ip, length);
            case Icmpv6Header.NEIGHBOUR_SOLICITATION, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT -> {
                if (!kernel.passNeighbour(burst.port, burst.mbufs[i], ip, length, burst.nowMicros)) {
                    discovery.receive(burst.port, burst.mbufs[i], ip, length, burst.nowMicros);
                }
            }
            default -> emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_TYPE);
        }
    }

    /** Takes over a message to an address of others that belongs to a session; false for all others. */
    boolean passTransit(Burst burst, int i, long ip, int length) {
        long icmp = ip + Ipv6Header.SIZE;
        if (length < Icmpv6Header.SIZE || !Ipv6Header.checksumIsRight(ip, icmp, Icmpv6Header.PROTOCOL, length)) {
            return false;
        }
        return switch (Mem.getByte(icmp) & 0xff) {
            case Icmpv6Header.ECHO_REPLY -> echoes.passReply(burst, i, ip);
            case Icmpv6Header.ECHO_REQUEST -> echoes.passOutbound(burst, i, ip);
            case Icmpv6Header.UNREACHABLE,
                    Icmpv6Header.TOO_BIG,
                    Icmpv6Header.TIME_EXCEEDED,
                    Icmpv6Header.PARAMETER_PROBLEM -> errors.passKnown(burst, i, ip, length);
            default -> false;
        };
    }

    private void answer(Burst burst, int i, long ip, int length) {
        long icmp = ip + Ipv6Header.SIZE;
        long checksum = icmp + Icmpv6Header.CHECKSUM_OFFSET;
        int before = Mem.getShort(icmp) & 0xffff;
        Mem.putByte(icmp, (byte) Icmpv6Header.ECHO_REPLY);
        int after = Mem.getShort(icmp) & 0xffff;
        Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), (~before & 0xffff) + after));
        Ipv6Header.swapAddresses(ip);
        Ipv6Header.write(ip, 0, length, Icmpv6Header.PROTOCOL, Ipv6Header.OWN_HOP_LIMIT);
        long high = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        long low = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
        router.answer(burst.port, burst.mbufs[i], high, low, Counter.ANSWERED_ECHO.ordinal(), burst.nowMicros);
    }
}
