package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * ICMP messages to own addresses (RFC 792): pings are answered, or forwarded where a service for ICMP is; errors about
 * packets of a session go to the session's other side; all else ends here, redirects above all (RFC 1812, 5.2.7.2).
 */
final class IcmpPath {
    private final EchoFlows echoes;
    private final WideEchoes wideEchoes;
    private final IcmpErrors errors;
    private final Router router;
    private final Emitter emitter;

    IcmpPath(WorkerTables tables, EchoFlows echoes, WideEchoes wideEchoes, WideErrors wideErrors) {
        this.echoes = echoes;
        this.wideEchoes = wideEchoes;
        errors = new IcmpErrors(tables, wideErrors);
        router = tables.router;
        emitter = tables.emitter;
    }

    void pass(Burst burst, int i, long ip, int length) {
        long icmp = ip + Ipv4Header.SIZE;
        if (length < IcmpHeader.SIZE || InternetChecksum.of(InternetChecksum.sum(icmp, length)) != 0) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_MALFORMED);
            return;
        }
        switch (Mem.getByte(icmp) & 0xff) {
            case IcmpHeader.ECHO_REQUEST -> {
                if (!echoes.passRequest(burst, i, ip)) {
                    answer(burst.mbufs[i], ip, burst.nowMicros);
                }
            }
            case IcmpHeader.ECHO_REPLY -> {
                if (!echoes.passReply(burst, i, ip) && !wideEchoes.passIpv4Reply(burst, i, ip)) {
                    emitter.drop(burst.mbufs[i], Counter.DROPPED_ECHO_REPLY);
                }
            }
            case IcmpHeader.UNREACHABLE, IcmpHeader.SOURCE_QUENCH, IcmpHeader.TIME_EXCEEDED ->
                errors.pass(burst, i, ip, length);
            case IcmpHeader.PARAMETER_PROBLEM -> errors.passTranslated(burst, i, ip, length);
            default -> emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_TYPE);
        }
    }

    /** Takes over a message to an address of others that belongs to an IPv4 session; false for all others. */
    boolean passTransit(Burst burst, int i, long ip, int length) {
        long icmp = ip + Ipv4Header.SIZE;
        if (length < IcmpHeader.SIZE || InternetChecksum.of(InternetChecksum.sum(icmp, length)) != 0) {
            return false;
        }
        return switch (Mem.getByte(icmp) & 0xff) {
            case IcmpHeader.ECHO_REPLY -> echoes.passReply(burst, i, ip);
            case IcmpHeader.ECHO_REQUEST -> echoes.passOutbound(burst, i, ip);
            case IcmpHeader.UNREACHABLE, IcmpHeader.SOURCE_QUENCH, IcmpHeader.TIME_EXCEEDED ->
                errors.passKnown(burst, i, ip, length);
            default -> false;
        };
    }

    private void answer(long mbuf, long ip, long nowMicros) {
        int sender = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        int own = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        long icmp = ip + Ipv4Header.SIZE;
        // Type and code are one word; the code stays.
        IcmpHeader.replace(icmp, 0, (short) (Mem.getShort(icmp) & 0xff00 | IcmpHeader.ECHO_REPLY));
        Ipv4Header.write(ip, Ipv4Header.totalLength(ip), Ipv4Header.protocol(ip), own, sender);
        router.send(mbuf, sender, Counter.ANSWERED_ECHO.ordinal(), nowMicros);
    }
}
