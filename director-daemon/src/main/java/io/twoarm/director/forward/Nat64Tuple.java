package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.report.Counter;

/**
 * The ports of a packet of NAT64, or of the packet that an ICMP error quotes (RFC 6146, 3.4). Written anew for each. A ping's
 * identifier is the port of the IPv6 host's end, whichever way it goes; the other end's is 0 (3.5.3).
 */
final class Nat64Tuple {
    /** One of {@link Nat64Protocol}; -1 for others. */
    int protocol;

    int sourcePort;

    /** Port of the destination. */
    int port;

    /**
     * Determines the ends of a packet (RFC 6146, 3.4); returns the counter of why it has none, or null.
     *
     * @param length bytes behind the network header
     */
    Counter determine(int number, long transport, int length, boolean fromIpv6) {
        protocol = Nat64Protocol.of(number);
        switch (protocol) {
            case Nat64Protocol.TCP -> {
                int header = length < TcpHeader.SIZE ? 0 : TcpHeader.headerLength(transport);
                if (header < TcpHeader.SIZE || header > length) {
                    return Counter.DROPPED_L4_MALFORMED;
                }
                readPorts(transport);
            }
            case Nat64Protocol.UDP -> {
                int stated = length < UdpHeader.SIZE ? 0 : Mem.getUnsignedShortBE(transport + UdpHeader.LENGTH_OFFSET);
                boolean summed = !fromIpv6 || Mem.getShort(transport + UdpHeader.CHECKSUM_OFFSET) != 0;
                if (stated < UdpHeader.SIZE || stated > length || !summed) {
                    return Counter.DROPPED_L4_MALFORMED;
                }
                readPorts(transport);
            }
            case Nat64Protocol.ECHO -> {
                int type = length < IcmpHeader.SIZE ? -1 : Mem.getByte(transport) & 0xff;
                boolean ping = fromIpv6
                        ? type == Icmpv6Header.ECHO_REQUEST || type == Icmpv6Header.ECHO_REPLY
                        : type == IcmpHeader.ECHO_REQUEST || type == IcmpHeader.ECHO_REPLY;
                if (!ping) {
                    return Counter.DROPPED_ICMP_TYPE;
                }
                int identifier = Mem.getUnsignedShortBE(transport + IcmpHeader.ID_OFFSET);
                sourcePort = fromIpv6 ? identifier : 0;
                port = fromIpv6 ? 0 : identifier;
            }
            default -> {
                return Counter.DROPPED_PROTOCOL;
            }
        }
        return null;
    }

    private void readPorts(long transport) {
        sourcePort = Mem.getUnsignedShortBE(transport);
        port = Mem.getUnsignedShortBE(transport + 2);
    }

    /**
     * Reads the ends of a quoted packet.
     *
     * @param sent whether the host has sent it, so that a ping's identifier is its source's
     */
    void readQuoted(int number, long transport, boolean sent) {
        protocol = Nat64Protocol.of(number);
        if (protocol == Nat64Protocol.ECHO) {
            int identifier = Mem.getUnsignedShortBE(transport + IcmpHeader.ID_OFFSET);
            sourcePort = sent ? identifier : 0;
            port = sent ? 0 : identifier;
        } else if (protocol >= 0) {
            readPorts(transport);
        }
    }

    /** Ports as they lie in a new packet; for a ping its identifier, which is {@code from}. */
    int rawPorts(int from, int to) {
        return protocol == Nat64Protocol.ECHO
                ? Short.reverseBytes((short) from) & 0xffff
                : Integer.reverseBytes(from << 16 | to);
    }
}
