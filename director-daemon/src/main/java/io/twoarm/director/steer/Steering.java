package io.twoarm.director.steer;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.health.HealthChecks;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.Nat64Scope;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.service.MappedEnds;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.share.Toeplitz;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.vlan.VlanTag;

/**
 * Which worker a packet belongs to. Both directions of a flow must come to the same one, so:
 *
 * <ul>
 *   <li>what comes to a local address: by the hash of addresses and ports. A worker takes only local ports whose answers
 *       lead to itself ({@link WorkerShare#receives}).
 *   <li>what hosts whose ports are mapped independently of destinations send, and what comes to such a port: by the number of
 *       the host's port, or of the outside one, which have the same worker.
 *   <li>what comes to another own address: by the hash of the sender's end; of its address alone where the service is
 *       persistent, or the packet of a control or data connection of FTP.
 *   <li>what is for nobody here (realservers' answers that NAT changes): by the hash of the receiver's end.
 *   <li>an ICMP error: as the answer to the packet that it quotes.
 *   <li>fragments: as the first of their packet, see {@link FragmentOwners}.
 *   <li>answers to health checks: by their port.
 *   <li>what is for NAT64: by the port of the pool, or of the host, see {@link Nat64Steering}.
 *   <li>ARP and neighbour messages: to all.
 * </ul>
 *
 * What cannot be read stays with who received it.
 */
public final class Steering {
    /** Every worker gets a copy. */
    public static final int ALL = -1;

    private static final int FRAGMENT = 0x3fff;
    private static final int MORE = 0x2000;
    private static final int FRAGMENT_HEADER = 44;
    private static final int MOST_EXTENSIONS = 8;
    private static final int ERROR_HEADER = 8;
    private static final int FTP = 21;

    private final WorkerShare share;
    private final OwnAddresses own;
    private final ServiceTable services;
    private final Nat64Steering nat64;
    private MappedEnds mapped;
    private final FragmentOwners fragments = new FragmentOwners();

    // Of the IPv6 packet that is looked at: its upper protocol, and where that begins.
    private int upper;
    private long transport;
    private int fragmentField;
    private int fragmentId;

    public Steering(WorkerShare share, OwnAddresses own, ServiceTable services, Nat64Scope nat64, MappedEnds mapped) {
        this.mapped = mapped;
        this.nat64 = new Nat64Steering(share, nat64);
        this.share = share;
        this.own = own;
        this.services = services;
    }

    /** Takes over other addresses of NAT64. For the worker, between two bursts. */
    public void adopt(Nat64Scope others) {
        nat64.adopt(others);
    }

    /** Takes over other mapped ends. For the worker, between two bursts. */
    public void adopt(MappedEnds others) {
        mapped = others;
    }

    public WorkerShare share() {
        return share;
    }

    /** Number of the worker, or {@link #ALL}. */
    public int owner(long mbuf) {
        long frame = Mbuf.data(mbuf);
        int length = Mbuf.length(mbuf);
        if (length < EthernetHeader.SIZE) {
            return share.worker();
        }
        int type = Mem.getUnsignedShortBE(frame + EthernetHeader.TYPE_OFFSET);
        long ip = frame + EthernetHeader.SIZE;
        if (VlanTag.isTag(type) && length >= EthernetHeader.SIZE + VlanTag.SIZE) {
            type = Mem.getUnsignedShortBE(frame + EthernetHeader.TYPE_OFFSET + VlanTag.SIZE);
            ip += VlanTag.SIZE;
        }
        return switch (type) {
            case EthernetHeader.TYPE_ARP -> ALL;
            case EthernetHeader.TYPE_IPV4 -> ipv4(ip, frame + length);
            case EthernetHeader.TYPE_IPV6 -> ipv6(ip, frame + length);
            default -> share.worker();
        };
    }

    private int ipv4(long ip, long end) {
        if (end - ip < Ipv4Header.SIZE) {
            return share.worker();
        }
        int source = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        if (nat64.takes(destination) && !own.contains(destination)) {
            return nat64.ipv4(ip, end);
        }
        int protocol = Ipv4Header.protocol(ip);
        long at = ip + Ipv4Header.headerLength(ip);
        int field = Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET);
        if ((field & FRAGMENT) != 0) {
            int key = source * 31 + destination;
            int id = Mem.getUnsignedShortBE(ip + Ipv4Header.ID_OFFSET) << 8 | protocol;
            if ((field & FRAGMENT & ~MORE) != 0) {
                return fragments.find(key, id, share.of(Toeplitz.ipv4(source, destination, 0, 0)));
            }
            return fragments.put(key, id, whole(source, destination, protocol, at, end));
        }
        return whole(source, destination, protocol, at, end);
    }

    private int whole(int source, int destination, int protocol, long at, long end) {
        if (end - at < ERROR_HEADER) {
            return share.worker();
        }
        if (protocol == Protocol.ICMP.number()) {
            int type = Mem.getByte(at) & 0xff;
            int id = Mem.getUnsignedShortBE(at + IcmpHeader.ID_OFFSET);
            return switch (type) {
                case IcmpHeader.ECHO_REQUEST -> flow(source, destination, id, 0, protocol);
                case IcmpHeader.ECHO_REPLY -> flow(source, destination, 0, id, protocol);
                default -> quoted(at + IcmpHeader.SIZE, end);
            };
        }
        return flow(source, destination, Mem.getUnsignedShortBE(at), Mem.getUnsignedShortBE(at + 2), protocol);
    }

    /** An ICMP error: as the answer to the packet that begins at {@code ip}. */
    private int quoted(long ip, long end) {
        if (end - ip < Ipv4Header.SIZE) {
            return share.worker();
        }
        long at = ip + Ipv4Header.headerLength(ip);
        if (end - at < ERROR_HEADER) {
            return share.worker();
        }
        int source = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        int protocol = Ipv4Header.protocol(ip);
        if (protocol == Protocol.ICMP.number()) {
            boolean request = (Mem.getByte(at) & 0xff) == IcmpHeader.ECHO_REQUEST;
            int id = Mem.getUnsignedShortBE(at + IcmpHeader.ID_OFFSET);
            return flow(destination, source, request ? 0 : id, request ? id : 0, protocol);
        }
        return flow(destination, source, Mem.getUnsignedShortBE(at + 2), Mem.getUnsignedShortBE(at), protocol);
    }

    private int flow(int source, int destination, int sourcePort, int destinationPort, int protocol) {
        int number = own.find(destination);
        if (number < 0) {
            return mapped.isInside(protocol, source)
                    ? share.ofPoolPort(sourcePort)
                    : share.of(Toeplitz.ipv4(destination, 0, destinationPort, 0));
        }
        if (isCheck(number, destinationPort, protocol)) {
            return share.ofCheck(destinationPort);
        }
        if (mapped.isOutside(protocol, destination) && services.find(destination, destinationPort, protocol) < 0) {
            return share.ofPoolPort(mapped.isInside(protocol, source) ? sourcePort : destinationPort);
        }
        if (own.get(number).role() == OwnAddress.Role.LOCAL) {
            return share.of(Toeplitz.ipv4(source, destination, sourcePort, destinationPort));
        }
        int service = services.find(destination, protocol == Protocol.ICMP.number() ? 0 : destinationPort, protocol);
        boolean together = isPersistent(service)
                || isFtp(service, destinationPort, protocol)
                        && services.find(destination, FTP, Protocol.TCP.number()) >= 0;
        return share.of(Toeplitz.ipv4(source, 0, together ? 0 : sourcePort, 0));
    }

    private boolean isCheck(int number, int destinationPort, int protocol) {
        return destinationPort >= HealthChecks.FIRST_PORT
                && destinationPort <= HealthChecks.LAST_PORT
                && protocol == Protocol.TCP.number()
                && !isService(own.get(number), destinationPort);
    }

    private boolean isService(OwnAddress address, int port) {
        int tcp = Protocol.TCP.number();
        return address.role().isVirtual()
                && (address.address().isIpv4()
                                ? services.find((int) address.address().low(), port, tcp)
                                : services.find(
                                        address.address().high(),
                                        address.address().low(),
                                        port,
                                        tcp))
                        >= 0;
    }

    /**
     * Whether a packet to a VIP may be of a control connection of FTP, or of a data connection, which has no service: the two
     * of a client belong together. In NAT mode realservers' answers tell only the client's port, so they stay apart.
     */
    private boolean isFtp(int service, int destinationPort, int protocol) {
        return protocol == Protocol.TCP.number() && (service < 0 || destinationPort == FTP) && !services.hasTransit();
    }

    private boolean isPersistent(int service) {
        return service >= 0 && services.service(service).policy().persistence().isPresent();
    }

    private int ipv6(long ip, long end) {
        if (!skipExtensions(ip, end)) {
            return share.worker();
        }
        long source = ip + Ipv6Header.SOURCE_OFFSET;
        long destination = ip + Ipv6Header.DESTINATION_OFFSET;
        long high = Ipv6Header.high(destination);
        long low = Ipv6Header.low(destination);
        if (nat64.takes(high, low) && own.find(high, low) < 0) {
            return fragmentField == 0 ? nat64.ipv6(source, upper, transport, end) : wide(source, destination, 0, 0);
        }
        if (fragmentField == 0) {
            return wideWhole(source, destination, end);
        }
        long mixed = Ipv6Header.high(source) * 31 + Ipv6Header.low(source) * 17 + Ipv6Header.low(destination);
        int key = (int) (mixed ^ mixed >>> 32);
        if ((fragmentField & 0xfff8) != 0) {
            return fragments.find(key, fragmentId, wide(source, destination, 0, 0));
        }
        return fragments.put(key, fragmentId, wideWhole(source, destination, end));
    }

    /** Finds the upper protocol; false when it cannot be found. */
    private boolean skipExtensions(long ip, long end) {
        if (end - ip < Ipv6Header.SIZE) {
            return false;
        }
        upper = Ipv6Header.nextHeader(ip);
        transport = ip + Ipv6Header.SIZE;
        fragmentField = 0;
        for (int i = 0; i < MOST_EXTENSIONS; i++) {
            if (upper != 0 && upper != 43 && upper != 60 && upper != FRAGMENT_HEADER) {
                return end - transport >= ERROR_HEADER;
            }
            if (end - transport < ERROR_HEADER) {
                return false;
            }
            int next = Mem.getByte(transport) & 0xff;
            if (upper == FRAGMENT_HEADER) {
                fragmentField = Mem.getUnsignedShortBE(transport + 2) & 0xfff9;
                fragmentId = Mem.getIntBE(transport + 4);
                transport += 8;
                if ((fragmentField & 0xfff8) != 0) {
                    upper = next;
                    return true;
                }
            } else {
                transport += 8 + 8L * (Mem.getByte(transport + 1) & 0xff);
            }
            upper = next;
        }
        return false;
    }

    private int wideWhole(long source, long destination, long end) {
        long at = transport;
        if (upper != Icmpv6Header.PROTOCOL) {
            return wideFlow(source, destination, Mem.getUnsignedShortBE(at), Mem.getUnsignedShortBE(at + 2), upper);
        }
        int type = Mem.getByte(at) & 0xff;
        int id = Mem.getUnsignedShortBE(at + Icmpv6Header.ID_OFFSET);
        return switch (type) {
            case Icmpv6Header.ECHO_REQUEST -> wideFlow(source, destination, id, 0, upper);
            case Icmpv6Header.ECHO_REPLY -> wideFlow(source, destination, 0, id, upper);
            case Icmpv6Header.NEIGHBOUR_SOLICITATION, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT -> ALL;
            default -> wideQuoted(at + Icmpv6Header.SIZE, end);
        };
    }

    private int wideQuoted(long ip, long end) {
        if (!skipExtensions(ip, end)) {
            return share.worker();
        }
        long source = ip + Ipv6Header.SOURCE_OFFSET;
        long destination = ip + Ipv6Header.DESTINATION_OFFSET;
        int from = Mem.getUnsignedShortBE(transport);
        int to = Mem.getUnsignedShortBE(transport + 2);
        if (upper == Icmpv6Header.PROTOCOL) {
            boolean request = (Mem.getByte(transport) & 0xff) == Icmpv6Header.ECHO_REQUEST;
            int id = Mem.getUnsignedShortBE(transport + Icmpv6Header.ID_OFFSET);
            from = request ? id : 0;
            to = request ? 0 : id;
        }
        return wideFlow(destination, source, to, from, upper);
    }

    private int wideFlow(long source, long destination, int sourcePort, int destinationPort, int protocol) {
        int number = own.find(Ipv6Header.high(destination), Ipv6Header.low(destination));
        if (number < 0) {
            return wide(destination, 0, destinationPort, 0);
        }
        if (isCheck(number, destinationPort, protocol)) {
            return share.ofCheck(destinationPort);
        }
        if (own.get(number).role() == OwnAddress.Role.LOCAL) {
            return wide(source, destination, sourcePort, destinationPort);
        }
        int port = protocol == Icmpv6Header.PROTOCOL ? 0 : destinationPort;
        long high = Ipv6Header.high(destination);
        long low = Ipv6Header.low(destination);
        int service = services.find(high, low, port, protocol);
        boolean together = isPersistent(service)
                || isFtp(service, destinationPort, protocol)
                        && services.find(high, low, FTP, Protocol.TCP.number()) >= 0;
        return wide(source, 0, together ? 0 : sourcePort, 0);
    }

    /** @param destination where the second address stands; 0 for none */
    private int wide(long source, long destination, int sourcePort, int destinationPort) {
        return share.of(Toeplitz.ipv6(
                Ipv6Header.high(source),
                Ipv6Header.low(source),
                destination == 0 ? 0 : Ipv6Header.high(destination),
                destination == 0 ? 0 : Ipv6Header.low(destination),
                sourcePort,
                destinationPort));
    }
}
