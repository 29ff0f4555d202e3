package io.twoarm.director.steer;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.Nat64Scope;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.share.Toeplitz;
import io.twoarm.director.share.WorkerShare;

/**
 * Which worker a packet for NAT64 belongs to: that of its binding. Fragments, of which only one has ports, are joined by a
 * worker that their addresses lead to, and then given to that of the binding. What cannot be read stays with who received it.
 */
final class Nat64Steering {
    private static final int FRAGMENT = 0x3fff;
    /** Bytes of a transport header that say which flow it is of; as many as each has. */
    private static final int LEAST = 8;

    private final WorkerShare share;
    private Nat64Scope scope;

    Nat64Steering(WorkerShare share, Nat64Scope scope) {
        this.share = share;
        this.scope = scope;
    }

    void adopt(Nat64Scope others) {
        scope = others;
    }

    boolean takes(int destination) {
        return scope.contains(destination);
    }

    boolean takes(long high, long low) {
        return scope.contains(high, low);
    }

    /** Of a packet to an address of the pool. */
    int ipv4(long ip, long end) {
        if ((Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET) & FRAGMENT) != 0) {
            int source = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
            return share.of(Toeplitz.ipv4(source, Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET), 0, 0));
        }
        long at = ip + Ipv4Header.headerLength(ip);
        int number = Ipv4Header.protocol(ip);
        if (end - at < LEAST) {
            return share.worker();
        }
        if (number != Protocol.ICMP.number()) {
            return share.ofPoolPort(Mem.getUnsignedShortBE(at + 2));
        }
        int type = Mem.getByte(at) & 0xff;
        if (type == IcmpHeader.ECHO_REQUEST || type == IcmpHeader.ECHO_REPLY) {
            return share.ofPoolPort(Mem.getUnsignedShortBE(at + IcmpHeader.ID_OFFSET));
        }
        return quoted(at + IcmpHeader.SIZE, end);
    }

    /** An error about a packet that left by the pool, whose source is there. */
    private int quoted(long ip, long end) {
        if (end - ip < Ipv4Header.SIZE) {
            return share.worker();
        }
        long at = ip + Ipv4Header.headerLength(ip);
        if (end - at < LEAST) {
            return share.worker();
        }
        boolean ping = Ipv4Header.protocol(ip) == Protocol.ICMP.number();
        return share.ofPoolPort(Mem.getUnsignedShortBE(ping ? at + IcmpHeader.ID_OFFSET : at));
    }

    /**
     * Of a packet to the prefix.
     *
     * @param source where its source stands
     * @param number the upper protocol
     * @param at where that begins; {@value #LEAST} bytes of it are there
     */
    int ipv6(long source, int number, long at, long end) {
        if (number != Icmpv6Header.PROTOCOL) {
            return inside(source, number, Mem.getUnsignedShortBE(at));
        }
        int type = Mem.getByte(at) & 0xff;
        if (type == Icmpv6Header.ECHO_REQUEST || type == Icmpv6Header.ECHO_REPLY) {
            return inside(source, number, Mem.getUnsignedShortBE(at + Icmpv6Header.ID_OFFSET));
        }
        long quoted = at + Icmpv6Header.SIZE;
        long inner = quoted + Ipv6Header.SIZE;
        if (end - inner < LEAST) {
            return share.worker();
        }
        int next = Ipv6Header.nextHeader(quoted);
        int port = Mem.getUnsignedShortBE(next == Icmpv6Header.PROTOCOL ? inner + Icmpv6Header.ID_OFFSET : inner + 2);
        return inside(quoted + Ipv6Header.DESTINATION_OFFSET, next, port);
    }

    private int inside(long address, int number, int port) {
        int protocol = Nat64Protocol.of(number);
        return scope.owner(share, protocol, Ipv6Header.high(address), Ipv6Header.low(address), port);
    }
}
