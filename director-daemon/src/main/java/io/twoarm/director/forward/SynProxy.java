package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.ProxyHeader;
import io.twoarm.director.packet.SynOptions;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.service.SynProxySettings;
import io.twoarm.director.session.SequenceNumbers;
import io.twoarm.director.session.SynCookies;
import java.util.List;

/**
 * The client's side of a SYN proxy (RFC 4987, 3.6 and 3.7): SYNs are answered for the realserver by {@link SynCookies}, and
 * nothing is kept. A client that acknowledges one is there, and has a real address: its segment becomes the SYN that it sent
 * before, which then begins a session like any other.
 *
 * <p>The answer offers no window. So no data comes before the realserver has answered, and none has to be kept; what the
 * client asks of the closed window is as good as its acknowledgment, should that have been lost.
 */
final class SynProxy {
    private static final int TCP = Protocol.TCP.number();
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;
    private static final int LARGEST_IPV6_SEGMENT = 1440;
    private static final int LARGEST_WINDOW = 65_535;

    private final ServiceTable services;
    private final Router router;
    private final Emitter emitter;
    private final SynCookies cookies;
    private final SequenceNumbers numbers;
    private final SynProxySettings settings;
    private int cookie;
    private int clientFirst;
    private int options;
    private int window;
    /** Whether the packet that is on its way is one of the director's own. */
    private boolean own;

    SynProxy(WorkerTables tables, SynCookies cookies, SequenceNumbers numbers, SynProxySettings settings) {
        this.cookies = cookies;
        this.numbers = numbers;
        this.settings = settings;
        services = tables.services;
        router = tables.router;
        emitter = tables.emitter;
    }

    /** Whether a service has a SYN proxy. */
    boolean guards(int service) {
        return services.service(service).policy().synProxy();
    }

    int tries() {
        return settings.tries();
    }

    /** The window scale that clients are offered; {@link SynOptions#NO_SCALE} for none. */
    int offeredScale() {
        return settings.windowScale() == 0 ? SynOptions.NO_SCALE : settings.windowScale();
    }

    /** Whether the packet that is on its way is the director's own, which sessions take as the client's. */
    boolean isOwn() {
        return own;
    }

    void setOwn(boolean now) {
        own = now;
    }

    /** Takes over a SYN with a whole header and answers it. */
    void answer(Burst burst, int i, long ip, boolean wide, int service) {
        long mbuf = burst.mbufs[i];
        long tcp = ip + size(wide);
        burst.references[i] = Burst.SETTLED;
        if (!isRight(burst, i, ip, tcp, wide)) {
            emitter.drop(mbuf, Counter.DROPPED_L4_CHECKSUM);
            return;
        }
        int optionBytes = TcpHeader.headerLength(tcp) - TcpHeader.SIZE;
        int offered = SynOptions.read(tcp + TcpHeader.SIZE, optionBytes, wide);
        int agreed = SynOptions.agree(offered, settings.sack(), settings.windowScale() != 0);
        int first = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET);
        int number = cookies.make(connection(ip, wide), Mem.getInt(tcp), first, agreed, burst.nowMicros);
        int scale = SynOptions.scale(agreed) == SynOptions.NO_SCALE ? SynOptions.NO_SCALE : settings.windowScale();
        int clientPort = Mem.getUnsignedShortBE(tcp + TcpHeader.SOURCE_PORT_OFFSET);
        int ownPort = Mem.getUnsignedShortBE(tcp + TcpHeader.DESTINATION_PORT_OFFSET);
        TcpHeader.write(tcp, ownPort, clientPort, number, first + 1, TcpHeader.SYN | TcpHeader.ACK, 0);
        int bytes = TcpHeader.SIZE
                + SynOptions.write(tcp + TcpHeader.SIZE, segmentSize(service, wide), SynOptions.hasSack(agreed), scale);
        Mem.putByte(tcp + TcpHeader.DATA_OFFSET_OFFSET, (byte) (bytes << 2));
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + size(wide) + bytes);
        send(burst, mbuf, ip, tcp, wide, bytes);
    }

    private void send(Burst burst, long mbuf, long ip, long tcp, boolean wide, int bytes) {
        int disposition = Counter.ANSWERED_SYN.ordinal();
        if (wide) {
            Ipv6Header.write(ip, 0, bytes, TCP, settings.ttl());
            Ipv6Header.swapAddresses(ip);
            Ipv6Header.putChecksum(ip, tcp, TcpHeader.CHECKSUM_OFFSET, TCP, bytes);
            long to = ip + Ipv6Header.DESTINATION_OFFSET;
            router.answer(burst.port, mbuf, Ipv6Header.high(to), Ipv6Header.low(to), disposition, burst.nowMicros);
        } else {
            int client = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
            int vip = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
            Ipv4Header.write(ip, Ipv4Header.SIZE + bytes, TCP, vip, client);
            Mem.putByte(ip + Ipv4Header.TTL_OFFSET, (byte) settings.ttl());
            Ipv4Header.putChecksum(ip);
            TcpHeader.putChecksum(ip, tcp, bytes);
            router.send(mbuf, client, disposition, burst.nowMicros);
        }
    }

    /** With room for what tells the realserver who the client is, and for the larger header where one side has IPv6. */
    private int segmentSize(int service, boolean wideClient) {
        ServiceDefinition definition = services.service(service);
        boolean wide = wideClient || hasWideServers(definition);
        ClientAddressWay way = definition.clientAddress();
        int room = way.isProxy()
                ? wideClient ? ProxyHeader.V1_WIDE_LARGEST : ProxyHeader.V1_LARGEST
                : way.isOption() ? wide ? TcpOptions.WIDE_CLIENT_ADDRESS_SIZE : TcpOptions.CLIENT_ADDRESS_SIZE : 0;
        int most = wide ? Math.min(settings.segmentSize(), LARGEST_IPV6_SEGMENT) : settings.segmentSize();
        return Math.max(most - room, SynOptions.LEAST_SIZE);
    }

    /** Told by the local addresses, which are fewer than the realservers. */
    private static boolean hasWideServers(ServiceDefinition service) {
        List<IpAddress> local = service.localAddresses();
        for (int i = 0; i < local.size(); i++) {
            if (!local.get(i).isIpv4()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a segment with a whole header, which belongs to no session, acknowledges an answer of {@link #answer}. Then a
     * session may begin with it: {@link #begin} and {@link #restore} are to follow. Should it be refused, the segment is the
     * one that a reset has to answer.
     */
    boolean accepts(Burst burst, int i, long ip, boolean wide) {
        long tcp = ip + size(wide);
        if ((TcpHeader.flags(tcp) & OPENING_FLAGS) != TcpHeader.ACK) {
            return false;
        }
        long connection = connection(ip, wide);
        int ports = Mem.getInt(tcp);
        int sequence = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET);
        cookie = Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET) - 1;
        clientFirst = sequence - 1;
        options = cookies.read(connection, ports, clientFirst, cookie, burst.nowMicros);
        if (options < 0) {
            // Who asks whether a closed window has opened repeats the number before its first byte (RFC 9293, 3.8.6.1).
            clientFirst = sequence;
            options = cookies.read(connection, ports, clientFirst, cookie, burst.nowMicros);
        }
        if (options < 0 || !isRight(burst, i, ip, tcp, wide)) {
            return false;
        }
        window = Mem.getUnsignedShortBE(tcp + TcpHeader.WINDOW_OFFSET);
        return true;
    }

    /** Makes the segment that was accepted last the SYN that its client had sent before. */
    void restore(Burst burst, int i, long ip, boolean wide) {
        long tcp = ip + size(wide);
        int bytes = TcpHeader.SIZE + writeSyn(tcp, Mem.getInt(tcp), clientFirst, options, window);
        burst.lengths[i] = size(wide) + bytes;
        Mbuf.setLength(burst.mbufs[i], EthernetHeader.SIZE + burst.lengths[i]);
        putLength(ip, tcp, wide, bytes);
    }

    /** Notes what the segment told that was accepted last. */
    void begin(long at) {
        Mem.putInt(at + ProxiedSessions.FIRST_OFFSET, cookie + 1);
        Mem.putInt(at + ProxiedSessions.CLIENT_FIRST_OFFSET, clientFirst);
        Mem.putShort(at + ProxiedSessions.WINDOW_OFFSET, (short) window);
        Mem.putByte(at + ProxiedSessions.OPTIONS_OFFSET, (byte) options);
        Mem.putByte(at + ProxiedSessions.TRIES_OFFSET, (byte) 1);
    }

    /**
     * Writes the header of a client's SYN; the checksum is left to the caller.
     *
     * @param window as the client tells it in segments without SYN, where it is scaled (RFC 7323, 2.2)
     * @return bytes of options
     */
    static int writeSyn(long tcp, int rawPorts, int clientFirst, int options, int window) {
        int scale = SynOptions.scale(options);
        int whole = scale == SynOptions.NO_SCALE ? window : Math.min(window << scale, LARGEST_WINDOW);
        TcpHeader.write(tcp, 0, 0, clientFirst, 0, TcpHeader.SYN, whole);
        Mem.putInt(tcp, rawPorts);
        int bytes = SynOptions.write(
                tcp + TcpHeader.SIZE, SynOptions.segmentSize(options), SynOptions.hasSack(options), scale);
        Mem.putByte(tcp + TcpHeader.DATA_OFFSET_OFFSET, (byte) (TcpHeader.SIZE + bytes << 2));
        return bytes;
    }

    /** Writes a packet's length, and all checksums that follow from it. */
    static void putLength(long ip, long tcp, boolean wide, int bytes) {
        if (wide) {
            Mem.putShortBE(ip + Ipv6Header.PAYLOAD_LENGTH_OFFSET, bytes);
            Ipv6Header.putChecksum(ip, tcp, TcpHeader.CHECKSUM_OFFSET, TCP, bytes);
        } else {
            Mem.putShortBE(ip + Ipv4Header.LENGTH_OFFSET, Ipv4Header.SIZE + bytes);
            Ipv4Header.putChecksum(ip);
            TcpHeader.putChecksum(ip, tcp, bytes);
        }
    }

    static boolean isRight(Burst burst, int i, long ip, long tcp, boolean wide) {
        int length = burst.lengths[i] - size(wide);
        return wide ? Ipv6Header.checksumIsRight(ip, tcp, TCP, length) : TcpHeader.checksumIsRight(ip, tcp, length);
    }

    private static int size(boolean wide) {
        return wide ? Ipv6Header.SIZE : Ipv4Header.SIZE;
    }

    private long connection(long ip, boolean wide) {
        if (!wide) {
            return Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        }
        long from = ip + Ipv6Header.SOURCE_OFFSET;
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        return numbers.fold(Ipv6Header.high(from), Ipv6Header.low(from), Ipv6Header.high(to), Ipv6Header.low(to));
    }
}
