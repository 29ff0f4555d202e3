package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.siit.TranslationPrefix;

/** ICMP errors of NAT64 (RFC 6146, 3.4 and 3.6.1): they follow the session of the packet that they quote, and change none. */
final class Nat64Errors {
    private final Nat64Tables nat64;
    private TranslationPrefix prefix;
    private BindingTable bindings;
    private Nat64Sessions sessions;
    private final Emitter emitter;
    private final FamilyTranslation translation;
    private final Nat64Hairpin hairpin;
    private final Nat64Handover handover;
    private final PacketEnds ends = new PacketEnds();
    private final PacketEnds quoted = new PacketEnds();
    private final Nat64Tuple tuple = new Nat64Tuple();

    Nat64Errors(WorkerTables tables, FamilyTranslation translation, Nat64Hairpin hairpin, Nat64Handover handover) {
        nat64 = tables.nat64;
        emitter = tables.emitter;
        this.translation = translation;
        this.hairpin = hairpin;
        this.handover = handover;
    }

    void refresh() {
        prefix = nat64.prefix;
        bindings = nat64.bindings;
        sessions = nat64.sessions;
    }

    private void drop(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
    }

    private int remoteOf(long addressAt) {
        return prefix.extract(Ipv6Header.high(addressAt), Ipv6Header.low(addressAt));
    }

    private void embed(int address, PacketEnds found) {
        found.sourceHigh = prefix.embedHigh(address);
        found.sourceLow = prefix.embedLow(address);
    }

    /** An error about a packet that a host sent: it quotes a port of the pool as the source. */
    void fromIpv4(Burst burst, int i, long ip, int length) {
        if (!QuotingErrors.isReadable(ip, length)) {
            drop(burst, i, Counter.DROPPED_ICMP_MALFORMED);
            return;
        }
        long inner = ip + Ipv4Header.SIZE + IcmpHeader.SIZE;
        long transport = inner + Ipv4Header.headerLength(inner);
        int outside = Mem.getIntBE(inner + Ipv4Header.SOURCE_OFFSET);
        int remote = Mem.getIntBE(inner + Ipv4Header.DESTINATION_OFFSET);
        tuple.readQuoted(Ipv4Header.protocol(inner), transport, true);
        if (tuple.protocol < 0 || outside != Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET)) {
            drop(burst, i, Counter.DROPPED_ICMP_UNRELATED);
            return;
        }
        if (!handover.isOwn(burst, i, nat64.share.ofPoolPort(tuple.sourcePort))) {
            return;
        }
        int binding = bindings.findOutside(tuple.protocol, outside, tuple.sourcePort);
        if (binding == BindingTable.NONE || sessions.find(binding, remote, tuple.port) == Nat64Sessions.NONE) {
            drop(burst, i, Counter.DROPPED_ICMP_UNRELATED);
            return;
        }
        long high = bindings.insideHigh(binding);
        long low = bindings.insideLow(binding);
        embed(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET), ends);
        ends.toHigh = high;
        ends.toLow = low;
        quoted.sourceHigh = high;
        quoted.sourceLow = low;
        quoted.toHigh = prefix.embedHigh(remote);
        quoted.toLow = prefix.embedLow(remote);
        quoted.portsChange = true;
        quoted.rawPorts = tuple.rawPorts(bindings.insidePort(binding), tuple.port);
        translation.errorToIpv6(burst, i, ip, ends, quoted);
    }

    /** An error about a packet that a host got: it quotes an address of the prefix as the source. */
    void fromIpv6(Burst burst, int i, long ip, int length) {
        if (!QuotingErrors.isWideReadable(ip, length)) {
            drop(burst, i, Counter.DROPPED_ICMP_MALFORMED);
            return;
        }
        long inner = ip + Ipv6Header.SIZE + Icmpv6Header.SIZE;
        long from = inner + Ipv6Header.SOURCE_OFFSET;
        long to = inner + Ipv6Header.DESTINATION_OFFSET;
        tuple.readQuoted(Ipv6Header.nextHeader(inner), inner + Ipv6Header.SIZE, false);
        boolean fromPrefix = prefix.contains(Ipv6Header.high(from), Ipv6Header.low(from));
        int remote = fromPrefix ? remoteOf(from) : 0;
        if (tuple.protocol < 0 || !fromPrefix || remote != remoteOf(ip + Ipv6Header.DESTINATION_OFFSET)) {
            drop(burst, i, Counter.DROPPED_ICMP_UNRELATED);
            return;
        }
        long high = Ipv6Header.high(to);
        long low = Ipv6Header.low(to);
        if (!handover.isOwn(burst, i, nat64.scope.owner(nat64.share, tuple.protocol, high, low, tuple.port))) {
            return;
        }
        int binding = bindings.findInside(tuple.protocol, high, low, tuple.port);
        if (binding == BindingTable.NONE || sessions.find(binding, remote, tuple.sourcePort) == Nat64Sessions.NONE) {
            drop(burst, i, Counter.DROPPED_ICMP_UNRELATED);
            return;
        }
        int outside = bindings.outside(binding);
        int outsidePort = bindings.outsidePort(binding);
        if (nat64.scope.contains(remote)) {
            if (handover.isHere(burst, i, nat64.share.ofPoolPort(tuple.sourcePort), outside, outsidePort)) {
                around(burst, i, ip, remote, outside, outsidePort);
            }
            return;
        }
        ends.source = outside;
        ends.to = remote;
        quoted.source = remote;
        quoted.to = outside;
        quoted.portsChange = true;
        quoted.rawPorts = tuple.protocol == Nat64Protocol.ECHO
                ? tuple.rawPorts(outsidePort, 0)
                : tuple.rawPorts(tuple.sourcePort, outsidePort);
        translation.errorToIpv4(burst, i, ip, ends, quoted);
    }

    /** Takes over an error from the worker of who sends it, see {@link Nat64#turned}. */
    void turned(Burst burst, int i, long ip, int remote, int outside, int outsidePort) {
        long inner = ip + Ipv6Header.SIZE + Icmpv6Header.SIZE;
        tuple.readQuoted(Ipv6Header.nextHeader(inner), inner + Ipv6Header.SIZE, false);
        around(burst, i, ip, remote, outside, outsidePort);
    }

    /** An error about a packet that turned around goes back to the host that sent it. */
    private void around(Burst burst, int i, long ip, int remote, int outside, int outsidePort) {
        int sender = bindings.findOutside(tuple.protocol, remote, tuple.sourcePort);
        if (sender == BindingTable.NONE) {
            drop(burst, i, Counter.DROPPED_ICMP_UNRELATED);
            return;
        }
        embed(outside, ends);
        ends.toHigh = bindings.insideHigh(sender);
        ends.toLow = bindings.insideLow(sender);
        ends.portsChange = true;
        ends.rawPorts = tuple.rawPorts(bindings.insidePort(sender), outsidePort);
        hairpin.passError(burst, i, ip, ends);
    }
}
