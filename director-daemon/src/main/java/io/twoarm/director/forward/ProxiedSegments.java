package io.twoarm.director.forward;

import static io.twoarm.director.forward.ProxiedSessions.CLIENT_FIRST_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.CLIENT_SCALE_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.FIRST_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.OPTIONS_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.SERVER_SCALE_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.SHIFT_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.TRIES_OFFSET;
import static io.twoarm.director.forward.ProxiedSessions.WINDOW_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.LAST_SEEN_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_FIRST_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.SynOptions;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.SessionTimers;
import io.twoarm.director.session.WideSessionRecord;

/**
 * The realserver's side of a SYN proxy. It gets the client's SYN again until it answers; its answer becomes the one that opens
 * the client's window, and is acknowledged in the client's name. From then on the realserver's sequence numbers move by the
 * difference of its first number and the one that the client got, acknowledgments and SACK blocks of the client back, and
 * windows are told in the scale that was agreed with the other end.
 */
final class ProxiedSegments {
    /** What is to become of a segment. */
    enum Fate {
        GOES_ON,
        SETTLED,
        /** Its session is over, and it stands without one. */
        ENDS_SESSION
    }

    /** Takes a packet in a client's name through the steps of its session. */
    @FunctionalInterface
    interface Way {
        void pass(Burst burst, int i, long ip, long reference);
    }

    private static final int TCP = Protocol.TCP.number();
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int CLOSE = SessionState.CLOSE.ordinal();
    private static final int TIME_WAIT = SessionState.TIME_WAIT.ordinal();
    private static final int ESTABLISHED = SessionState.ESTABLISHED.ordinal();

    /** A client that asks again may have the realserver asked again, in units of the session clock: a second. */
    private static final int ASK_AGAIN = 977;

    private final SynProxy proxy;
    private final ProxiedSessions sessions;
    private final Emitter emitter;
    private final Burst own = new Burst();
    private Way way = (burst, i, ip, reference) -> {
        throw new IllegalStateException("no way yet");
    };

    ProxiedSegments(SynProxy proxy, ProxiedSessions sessions, Emitter emitter) {
        this.proxy = proxy;
        this.sessions = sessions;
        this.emitter = emitter;
    }

    /** Says which way the director's own segments go; before the first packet. */
    void leadBy(Way found) {
        way = found;
    }

    /** A session was begun with the segment that the proxy accepted last. */
    void begin(long session) {
        SessionRecord.setFlags(session, SessionRecord.flags(session) | SessionRecord.PROXIED_FLAG);
        proxy.begin(sessions.begin(session));
        Mem.putInt(session + SessionRecord.CLIENT_EXPECTS_OFFSET, Mem.getInt(sessions.at(session) + FIRST_OFFSET));
    }

    static boolean isAnswered(long session) {
        return (SessionRecord.flags(session) & SessionRecord.SERVER_SYN_FLAG) != 0;
    }

    /** Looks at a segment that came from the client of a proxied session, before anything of it changes. */
    Fate fromClient(Burst burst, int i, long session, int flags) {
        if (proxy.isOwn()) {
            return Fate.GOES_ON;
        }
        if ((flags & OPENING_FLAGS) == TcpHeader.SYN) {
            return opening(burst, i, session);
        }
        if (isAnswered(session) || (flags & TcpHeader.RST) != 0) {
            return Fate.GOES_ON;
        }
        if (burst.clock - Mem.getInt(session + LAST_SEEN_OFFSET) >= ASK_AGAIN) {
            ask(session, burst.nowMicros);
        }
        return drop(burst, i, Counter.DROPPED_SYN_PROXY);
    }

    /** A client that begins anew with the same port: its answer is a number that the old session must not change. */
    private Fate opening(Burst burst, int i, long session) {
        int state = SessionRecord.state(session);
        if (state == CLOSE || state == TIME_WAIT) {
            return Fate.ENDS_SESSION;
        }
        // The realserver tells such a client what it thinks of it (RFC 9293, 3.10.7.4).
        return state == ESTABLISHED && isAnswered(session) ? Fate.GOES_ON : drop(burst, i, Counter.DROPPED_SYN_PROXY);
    }

    private Fate drop(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
        burst.references[i] = Burst.SETTLED;
        return Fate.SETTLED;
    }

    /** Moves acknowledgment, SACK blocks and window of a client's segment, which is ready otherwise; returns the change. */
    long toServer(Burst burst, int i, long session) {
        long tcp = burst.frames[i] + EthernetHeader.SIZE + burst.headers[i];
        int flags = TcpHeader.flags(tcp);
        if ((flags & TcpHeader.ACK) == 0) {
            return 0;
        }
        long change = sessions.shiftFromClient(session, tcp);
        int optionBytes = optionBytes(tcp);
        if (optionBytes != 0) {
            long options = tcp + TcpHeader.SIZE;
            long before = InternetChecksum.sum(options, optionBytes);
            TcpOptions.shiftSackBlocks(options, optionBytes, Mem.getInt(sessions.at(session) + SHIFT_OFFSET));
            change += InternetChecksum.change(before, InternetChecksum.sum(options, optionBytes));
        }
        return change;
    }

    /** Looks at a segment that came from the realserver of a proxied session, before anything of it changes. */
    Fate fromServer(Burst burst, int i, long session, long tcp, int flags) {
        if ((flags & OPENING_FLAGS) == SYN_ACK) {
            return answered(burst, i, session, tcp);
        }
        if (!isAnswered(session)) {
            if ((flags & TcpHeader.RST) == 0) {
                return drop(burst, i, Counter.DROPPED_SYN_PROXY);
            }
            // A refusal: to the client it is the end of a connection that was open.
            long at = sessions.at(session);
            int number = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET);
            Mem.putInt(at + SHIFT_OFFSET, Mem.getInt(at + FIRST_OFFSET) - number);
        }
        return Fate.GOES_ON;
    }

    /** Moves sequence number and window of a realserver's segment; returns the change. */
    long toClient(long session, long tcp) {
        return sessions.shiftFromServer(session, tcp);
    }

    private Fate answered(Burst burst, int i, long session, long tcp) {
        boolean wide = burst.headers[i] == Ipv6Header.SIZE;
        long ip = burst.frames[i] + EthernetHeader.SIZE;
        // The segment gets a new checksum, which must not hide that the old one was wrong.
        if (!SynProxy.isRight(burst, i, ip, tcp, wide)) {
            return drop(burst, i, Counter.DROPPED_L4_CHECKSUM);
        }
        long at = sessions.at(session);
        int first = Mem.getInt(at + FIRST_OFFSET);
        int serverFirst = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET) + 1;
        Mem.putInt(at + SHIFT_OFFSET, first - serverFirst);
        agreeOnScales(at, tcp);
        if (!ProxyInsertion.isPending(session)) {
            Mem.putInt(session + SERVER_FIRST_OFFSET, first);
        }
        SessionRecord.setFlags(session, SessionRecord.flags(session) | SessionRecord.SERVER_SYN_FLAG);
        openWindow(burst, i, ip, tcp, wide, serverFirst, at);
        send(session, burst.nowMicros, false);
        return Fate.GOES_ON;
    }

    /** The client was told one scale, and the realserver tells its own, or that it knows none. */
    private void agreeOnScales(long at, long tcp) {
        int clients = SynOptions.scale(Mem.getByte(at + OPTIONS_OFFSET) & 0xff);
        int servers = SynOptions.scale(tcp + TcpHeader.SIZE, optionBytes(tcp));
        boolean scaled = clients != SynOptions.NO_SCALE;
        boolean understood = servers != SynOptions.NO_SCALE;
        int server = scaled ? (understood ? servers : 0) - proxy.offeredScale() : 0;
        Mem.putByte(at + SERVER_SCALE_OFFSET, (byte) server);
        Mem.putByte(at + CLIENT_SCALE_OFFSET, (byte) (scaled && !understood ? clients : 0));
    }

    /** Makes the realserver's SYN-ACK the segment that opens the client's window. Its window is not scaled (RFC 7323, 2.2). */
    private void openWindow(Burst burst, int i, long ip, long tcp, boolean wide, int serverFirst, long at) {
        boolean scaled = SynOptions.scale(Mem.getByte(at + OPTIONS_OFFSET) & 0xff) != SynOptions.NO_SCALE;
        int window = Mem.getUnsignedShortBE(tcp + TcpHeader.WINDOW_OFFSET);
        int servers = scaled ? SynOptions.scale(tcp + TcpHeader.SIZE, optionBytes(tcp)) : 0;
        // In the realserver's own scale, as all windows after it, so that one step changes them all.
        int told = servers == SynOptions.NO_SCALE ? window : window >>> servers;
        int acknowledgment = Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
        int ports = Mem.getInt(tcp);
        TcpHeader.write(tcp, 0, 0, serverFirst, acknowledgment, TcpHeader.ACK, told);
        Mem.putInt(tcp, ports);
        burst.lengths[i] = burst.headers[i] + TcpHeader.SIZE;
        Mbuf.setLength(burst.mbufs[i], EthernetHeader.SIZE + burst.lengths[i]);
        SynProxy.putLength(ip, tcp, wide, TcpHeader.SIZE);
    }

    private static int optionBytes(long tcp) {
        return TcpHeader.headerLength(tcp) - TcpHeader.SIZE;
    }

    /**
     * Asks a silent realserver once more.
     *
     * @return false when it was asked often enough
     */
    boolean ask(long session, long nowMicros) {
        long tries = sessions.at(session) + TRIES_OFFSET;
        int asked = Mem.getByte(tries) & 0xff;
        if (asked >= proxy.tries()) {
            return false;
        }
        Mem.putByte(tries, (byte) (asked + 1));
        send(session, nowMicros, true);
        return true;
    }

    /** Sends a SYN or an acknowledgment of the realserver's SYN in the client's name. */
    private void send(long session, long nowMicros, boolean syn) {
        boolean wide = WideSessionRecord.isWide(session) && !WideSessionRecord.hasIpv4Client(session);
        int header = wide ? Ipv6Header.SIZE : Ipv4Header.SIZE;
        long mbuf = emitter.allocate(EthernetHeader.SIZE + header + TcpHeader.SIZE + SynOptions.LARGEST);
        if (mbuf == 0) {
            return;
        }
        long frame = Mbuf.data(mbuf);
        long ip = frame + EthernetHeader.SIZE;
        long tcp = ip + header;
        int bytes = TcpHeader.SIZE + writeSegment(session, tcp, syn);
        writeAddresses(session, ip, wide, bytes);
        SynProxy.putLength(ip, tcp, wide, bytes);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + header + bytes);
        own.nowMicros = nowMicros;
        own.clock = SessionTimers.clock(nowMicros);
        own.mbufs[0] = mbuf;
        own.frames[0] = frame;
        own.lengths[0] = header + bytes;
        own.headers[0] = header;
        own.cuts[0] = 0;
        proxy.setOwn(true);
        way.pass(own, 0, ip, session | SessionTable.FROM_CLIENT);
        proxy.setOwn(false);
    }

    private int writeSegment(long session, long tcp, boolean syn) {
        long at = sessions.at(session);
        int ports = Mem.getInt(session + CLIENT_PORTS_OFFSET);
        int clientFirst = Mem.getInt(at + CLIENT_FIRST_OFFSET);
        int window = Mem.getShort(at + WINDOW_OFFSET) & 0xffff;
        if (syn) {
            return SynProxy.writeSyn(tcp, ports, clientFirst, Mem.getByte(at + OPTIONS_OFFSET) & 0xff, window);
        }
        TcpHeader.write(tcp, 0, 0, clientFirst + 1, Mem.getInt(at + FIRST_OFFSET), TcpHeader.ACK, window);
        Mem.putInt(tcp, ports);
        return 0;
    }

    private static void writeAddresses(long session, long ip, boolean wide, int bytes) {
        if (wide) {
            Ipv6Header.write(ip, 0, bytes, TCP, Ipv6Header.OWN_HOP_LIMIT);
            Ipv6Header.copyAddress(session + WideSessionRecord.CLIENT_OFFSET, ip + Ipv6Header.SOURCE_OFFSET);
            Ipv6Header.copyAddress(session + WideSessionRecord.VIRTUAL_OFFSET, ip + Ipv6Header.DESTINATION_OFFSET);
        } else {
            long addresses = Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET);
            Ipv4Header.write(
                    ip,
                    Ipv4Header.SIZE + bytes,
                    TCP,
                    Integer.reverseBytes(SessionRecord.source(addresses)),
                    Integer.reverseBytes(SessionRecord.destination(addresses)));
        }
    }
}
