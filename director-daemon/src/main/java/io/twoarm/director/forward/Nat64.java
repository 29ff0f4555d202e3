package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.nat64.Nat64State;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.siit.TranslationPrefix;

/**
 * Stateful NAT64 (RFC 6146) of IPv6 hosts to all of IPv4, for TCP, UDP and pings, in the steps of section 3: determine the
 * incoming tuple, filter and update bindings and sessions, compute the outgoing tuple, translate. A packet from IPv6 to an
 * address of the pool turns around ({@link Nat64Hairpin}). Packets come whole. The TTL always goes down.
 */
final class Nat64 {
    private static final int SYN = TcpHeader.SYN;
    private static final int FIN = TcpHeader.FIN;
    private static final int RST = TcpHeader.RST;

    private final Nat64Tables nat64;
    private TranslationPrefix prefix;
    private BindingTable bindings;
    private Nat64Sessions sessions;
    private Nat64Bindings maker;
    private final Nat64Hairpin hairpin;
    private final Nat64Probes probes;
    private final Nat64Errors errors;
    private final Nat64Handover handover;
    private final Emitter emitter;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final FamilyTranslation translation;
    private final PacketEnds ends = new PacketEnds();
    private final Nat64Tuple tuple = new Nat64Tuple();

    Nat64(
            WorkerTables tables,
            IcmpAnswers answers,
            Icmpv6Answers wideAnswers,
            FamilyTranslation translation,
            Nat64Handover handover) {
        nat64 = tables.nat64;
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        this.translation = translation;
        this.handover = handover;
        emitter = tables.emitter;
        hairpin = new Nat64Hairpin(tables, wideAnswers);
        probes = new Nat64Probes(tables);
        errors = new Nat64Errors(tables, translation, hairpin, handover);
        refresh();
    }

    /** Takes over what has changed in the tables. */
    void refresh() {
        prefix = nat64.prefix;
        maker = nat64.maker;
        bindings = nat64.bindings;
        sessions = nat64.sessions;
        errors.refresh();
        probes.refresh();
    }

    /** Whether packets to an IPv4 address are for NAT64: it is one of the pool. */
    boolean takes(int destination) {
        return nat64.scope.contains(destination);
    }

    private boolean isPool(int address) {
        return nat64.scope.contains(address);
    }

    /** Whether packets to an IPv6 address are for NAT64: the prefix contains it. */
    boolean takes(long high, long low) {
        return nat64.scope.contains(high, low);
    }

    /** Ends sessions whose time is over; returns how many were looked at. */
    int tick(long nowMicros, int budget) {
        return prefix != null ? sessions.tick(nowMicros, budget, probes) : 0;
    }

    private void drop(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
    }

    /** Takes over a whole packet with 40 bytes of IPv6 header to an address of the prefix, also one that others gave away. */
    void fromIpv6(Burst burst, int i, long ip) {
        int length = Ipv6Header.payloadLength(ip);
        boolean error = QuotingErrors.isWideError(ip, length);
        long source = ip + Ipv6Header.SOURCE_OFFSET;
        if (prefix.contains(Ipv6Header.high(source), Ipv6Header.low(source))) {
            // Nobody but a NAT64 may send from there, and this one does not to itself (RFC 6146, 3.5).
            drop(burst, i, Counter.DROPPED_IP_SOURCE);
        } else if (Ipv6Header.hopLimit(ip) < Siit.LEAST_TTL) {
            if (error) {
                drop(burst, i, Counter.DROPPED_TTL);
            } else {
                wideAnswers.hopLimitExceeded(burst, i);
            }
        } else if (error) {
            errors.fromIpv6(burst, i, ip, length);
        } else {
            Counter why = tuple.determine(Ipv6Header.nextHeader(ip), ip + Ipv6Header.SIZE, length, true);
            if (why != null) {
                drop(burst, i, why);
            } else if (handover.isOwn(burst, i, ownerInside(source))) {
                outward(burst, i, ip);
            }
        }
        burst.cuts[i] = 0;
    }

    private int ownerInside(long source) {
        return nat64.scope.owner(
                nat64.share, tuple.protocol, Ipv6Header.high(source), Ipv6Header.low(source), tuple.sourcePort);
    }

    private int remoteOf(long addressAt) {
        return prefix.extract(Ipv6Header.high(addressAt), Ipv6Header.low(addressAt));
    }

    private void outward(Burst burst, int i, long ip) {
        int remote = remoteOf(ip + Ipv6Header.DESTINATION_OFFSET);
        if (remote >>> 24 == 0 || remote >>> 24 == 127 || remote >>> 28 >= 14) {
            // Nobody is there: this network, loopback, groups.
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
            return;
        }
        int binding = updateFromIpv6(burst, i, ip, remote);
        if (binding == BindingTable.NONE) {
            return;
        }
        int outside = bindings.outside(binding);
        int outsidePort = bindings.outsidePort(binding);
        if (isPool(remote)) {
            turnAround(burst, i, ip, remote, outside, outsidePort);
            return;
        }
        ends.source = outside;
        ends.to = remote;
        ends.portsChange = true;
        ends.rawPorts = tuple.rawPorts(outsidePort, tuple.port);
        translation.toIpv4(burst, i, ip, ends);
    }

    /** Filters and updates (RFC 6146, 3.5); returns the binding, or none where the packet is settled. */
    private int updateFromIpv6(Burst burst, int i, long ip, int remote) {
        long source = ip + Ipv6Header.SOURCE_OFFSET;
        long high = Ipv6Header.high(source);
        long low = Ipv6Header.low(source);
        int binding = bindings.findInside(tuple.protocol, high, low, tuple.sourcePort);
        int session = binding == BindingTable.NONE ? Nat64Sessions.NONE : sessions.find(binding, remote, tuple.port);
        int flags = tuple.protocol == Nat64Protocol.TCP ? TcpHeader.flags(ip + Ipv6Header.SIZE) : 0;
        if (session == Nat64Sessions.NONE) {
            if (tuple.protocol == Nat64Protocol.TCP && (flags & (SYN | RST | FIN | TcpHeader.ACK)) != SYN) {
                drop(burst, i, Counter.DROPPED_NO_SESSION);
                return BindingTable.NONE;
            }
            if (binding == BindingTable.NONE) {
                binding = maker.make(tuple.protocol, high, low, tuple.sourcePort, burst.nowMicros);
            }
            if (binding == BindingTable.NONE) {
                drop(burst, i, maker.isFull() ? Counter.DROPPED_SESSIONS_FULL : Counter.DROPPED_NO_LOCAL_PORT);
                return BindingTable.NONE;
            }
            if (sessions.begin(binding, remote, tuple.port, first(true), burst.clock) == Nat64Sessions.NONE) {
                bindings.removeUnused(binding);
                maker.sessionsFull(burst.nowMicros);
                drop(burst, i, Counter.DROPPED_SESSIONS_FULL);
                return BindingTable.NONE;
            }
        } else {
            update(session, flags, true, burst.clock);
        }
        return binding;
    }

    private Nat64State first(boolean fromIpv6) {
        return switch (tuple.protocol) {
            case Nat64Protocol.TCP -> fromIpv6 ? Nat64State.V6_INIT : Nat64State.V4_INIT;
            case Nat64Protocol.UDP -> Nat64State.UDP;
            default -> Nat64State.ECHO;
        };
    }

    private void update(int session, int flags, boolean fromIpv6, int clock) {
        if (tuple.protocol == Nat64Protocol.TCP) {
            sessions.segment(session, fromIpv6, (flags & SYN) != 0, (flags & FIN) != 0, (flags & RST) != 0, clock);
        } else {
            sessions.touch(session, clock);
        }
    }

    /** A packet to a port of the pool comes in there at once, as if from IPv4 (RFC 6146, 3.8); perhaps at another worker. */
    private void turnAround(Burst burst, int i, long ip, int remote, int outside, int outsidePort) {
        if (tuple.protocol == Nat64Protocol.ECHO) {
            drop(burst, i, Counter.DROPPED_NO_BINDING);
        } else if (handover.isHere(burst, i, nat64.share.ofPoolPort(tuple.port), outside, outsidePort)) {
            comeIn(burst, i, ip, remote, outside, outsidePort);
        }
    }

    /**
     * Takes over a packet, or an error about one, that came to the pool by the prefix, from the worker of its sender.
     *
     * @param outside address and port of the pool that its sender has; of an error, those of the packet's receiver
     */
    void turned(Burst burst, int i, long ip, int outside, int outsidePort) {
        int length = Ipv6Header.payloadLength(ip);
        int remote = remoteOf(ip + Ipv6Header.DESTINATION_OFFSET);
        if (QuotingErrors.isWideError(ip, length)) {
            errors.turned(burst, i, ip, remote, outside, outsidePort);
        } else {
            tuple.determine(Ipv6Header.nextHeader(ip), ip + Ipv6Header.SIZE, length, true);
            comeIn(burst, i, ip, remote, outside, outsidePort);
        }
        burst.cuts[i] = 0;
    }

    private void comeIn(Burst burst, int i, long ip, int remote, int outside, int outsidePort) {
        int other = updateFromIpv4(burst, i, ip + Ipv6Header.SIZE, outside, outsidePort, remote, tuple.port);
        if (other != BindingTable.NONE) {
            embed(outside, ends);
            ends.toHigh = bindings.insideHigh(other);
            ends.toLow = bindings.insideLow(other);
            ends.rawPorts = tuple.rawPorts(outsidePort, bindings.insidePort(other));
            hairpin.pass(burst, i, ip, tuple.protocol, ends);
        }
    }

    private void embed(int address, PacketEnds found) {
        found.sourceHigh = prefix.embedHigh(address);
        found.sourceLow = prefix.embedLow(address);
    }

    /** Filters and updates for a packet that comes from IPv4; returns the binding, or none where the packet is settled. */
    private int updateFromIpv4(
            Burst burst, int i, long transport, int remote, int remotePort, int outside, int outsidePort) {
        int binding = bindings.findOutside(tuple.protocol, outside, outsidePort);
        if (binding == BindingTable.NONE) {
            drop(burst, i, Counter.DROPPED_NO_BINDING);
            return BindingTable.NONE;
        }
        int session = sessions.find(binding, remote, remotePort);
        int flags = tuple.protocol == Nat64Protocol.TCP ? TcpHeader.flags(transport) : 0;
        if (session != Nat64Sessions.NONE) {
            update(session, flags, false, burst.clock);
            return binding;
        }
        // A configured binding is there to be reached.
        boolean filtered =
                nat64.addressDependent && !bindings.isConfigured(binding) && !sessions.knows(binding, remote);
        boolean opens = tuple.protocol != Nat64Protocol.TCP || (flags & (SYN | RST | FIN | TcpHeader.ACK)) == SYN;
        if (filtered || !opens) {
            drop(burst, i, filtered ? Counter.DROPPED_NO_BINDING : Counter.DROPPED_NO_SESSION);
            return BindingTable.NONE;
        }
        if (sessions.begin(binding, remote, remotePort, first(false), burst.clock) == Nat64Sessions.NONE) {
            maker.sessionsFull(burst.nowMicros);
            drop(burst, i, Counter.DROPPED_SESSIONS_FULL);
            return BindingTable.NONE;
        }
        return binding;
    }

    /** Takes over a whole packet with 20 bytes of IPv4 header to an address of the pool. */
    void fromIpv4(Burst burst, int i, long ip) {
        int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
        int number = Ipv4Header.protocol(ip);
        boolean error = number == Protocol.ICMP.number() && QuotingErrors.isError(ip, length);
        if (isPool(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET))) {
            drop(burst, i, Counter.DROPPED_IP_SOURCE);
        } else if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < Siit.LEAST_TTL) {
            if (error) {
                drop(burst, i, Counter.DROPPED_TTL);
            } else {
                answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
            }
        } else if (error) {
            errors.fromIpv4(burst, i, ip, length);
        } else {
            Counter why = tuple.determine(number, ip + Ipv4Header.SIZE, length, false);
            if (why != null) {
                drop(burst, i, why);
            } else if (handover.isOwn(burst, i, nat64.share.ofPoolPort(tuple.port))) {
                inward(burst, i, ip);
            }
        }
        burst.cuts[i] = 0;
    }

    private void inward(Burst burst, int i, long ip) {
        int remote = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        int outside = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        int binding = updateFromIpv4(burst, i, ip + Ipv4Header.SIZE, remote, tuple.sourcePort, outside, tuple.port);
        if (binding == BindingTable.NONE) {
            return;
        }
        embed(remote, ends);
        ends.toHigh = bindings.insideHigh(binding);
        ends.toLow = bindings.insideLow(binding);
        ends.portsChange = true;
        int inside = bindings.insidePort(binding);
        ends.rawPorts = tuple.protocol == Nat64Protocol.ECHO
                ? tuple.rawPorts(inside, 0)
                : tuple.rawPorts(tuple.sourcePort, inside);
        translation.toIpv6(burst, i, ip, ends);
    }
}
