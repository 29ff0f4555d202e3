package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.FtpCommand;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.WideSessionRecord;

/**
 * Active FTP through a service of port {@value PassiveFtp#CONTROL_PORT}: reads which port the client announces on the control
 * connection (PORT, RFC 959; EPRT, RFC 2428), and expects the realserver to connect there. In FullNAT the realserver is told
 * a local address and port instead, in the command of its family; the line may change its length, so numbers behind it move
 * ({@link LineEdits}). In NAT the realserver sees the client itself and the line stays.
 *
 * <p>Only an announced address that is the client's own counts: a client must not send a server elsewhere (RFC 2577, 3).
 */
final class ActiveFtp {
    private final ActiveConnections connections;
    private final DataPorts dataPorts;
    private final LineEdits edits;
    private final ServiceTable services;
    private final Counters counters;
    private final FtpCommand command;

    ActiveFtp(WorkerTables tables, DataPorts dataPorts, FtpCommand command) {
        this.dataPorts = dataPorts;
        this.command = command;
        connections = tables.activeConnections;
        edits = tables.lineEdits;
        services = tables.services;
        counters = tables.counters;
    }

    /** What is added, besides the session's shift, to a sequence number of the client of a watched session. */
    int shift(long session, int sequence) {
        int number = edits.find(session);
        return number < 0 ? 0 : edits.shift(number, sequence);
    }

    /** What the client of a watched session gets for an acknowledgment, already without the session's shift. */
    int acknowledgment(long session, int acknowledgment) {
        int number = edits.find(session);
        return number < 0 ? acknowledgment : edits.acknowledgment(number, acknowledgment);
    }

    /** Moves the edges of SACK blocks of a realserver, already without the session's shift, as acknowledgments are moved. */
    void correctSackBlocks(long session, long options, int bytes) {
        int number = edits.find(session);
        int at = number < 0 ? -1 : TcpOptions.findSack(options, bytes);
        int size = at < 0 ? 0 : Mem.getByte(options + at + 1) & 0xff;
        for (int edge = 2; edge + 4 <= size; edge += 4) {
            long place = options + at + edge;
            Mem.putIntBE(place, edits.acknowledgment(number, Mem.getIntBE(place)));
        }
    }

    /**
     * Looks at a segment of a client on a control connection, before its numbers are changed, and puts the director's port
     * into a command.
     *
     * @param optionBytes of TCP
     * @return change of the sum under the TCP checksum
     */
    long look(Burst burst, int i, long session, long tcp, int optionBytes) {
        int header = TcpHeader.SIZE + optionBytes;
        int length = burst.lengths[i] - burst.headers[i] - header;
        boolean announces =
                length > 0 && burst.cuts[i] == 0 && command.read(tcp + header, length) && isClientsOwn(session);
        if (!announces) {
            return 0;
        }
        int realserver = SessionRecord.realserver(session);
        if (services.mode(realserver) == ForwardingMode.NAT) {
            expect(session, realserver, command.high(), command.low(), command.port(), burst.nowMicros);
            return 0;
        }
        int sequence = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET);
        int edit = edits.find(session);
        boolean repeated = edit >= 0 && edits.isAt(edit, sequence);
        int port = repeated ? edits.port(edit) : choose(realserver, localHigh(session), localLow(session));
        if (port == 0) {
            return 0;
        }
        int size = command.write(localHigh(session), localLow(session), port);
        boolean room = tailroom(burst.mbufs[i]) >= size - length;
        if (!repeated && !(room && edits.put(session, sequence, length, size - length, port))) {
            return 0;
        }
        if (!repeated) {
            expect(session, realserver, localHigh(session), localLow(session), port, burst.nowMicros);
        }
        return room ? replace(burst, i, tcp + header, length, size) : 0;
    }

    private static int tailroom(long mbuf) {
        int used = (Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff) + Mbuf.length(mbuf);
        return (Mem.getShort(mbuf + Mbuf.BUF_LEN_OFFSET) & 0xffff) - used;
    }

    private boolean isClientsOwn(long session) {
        return command.high() == clientHigh(session) && command.low() == clientLow(session);
    }

    private static long clientHigh(long session) {
        return WideSessionRecord.isWide(session) ? Ipv6Header.high(session + WideSessionRecord.CLIENT_OFFSET) : 0;
    }

    private static long clientLow(long session) {
        return WideSessionRecord.isWide(session)
                ? Ipv6Header.low(session + WideSessionRecord.CLIENT_OFFSET)
                : mapped(SessionRecord.source(Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET)));
    }

    private static long localHigh(long session) {
        return WideSessionRecord.isWide(session) ? Ipv6Header.high(session + WideSessionRecord.LOCAL_OFFSET) : 0;
    }

    private static long localLow(long session) {
        return WideSessionRecord.isWide(session)
                ? Ipv6Header.low(session + WideSessionRecord.LOCAL_OFFSET)
                : mapped(SessionRecord.destination(Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET)));
    }

    private static long mapped(int rawAddress) {
        return Ipv6Address.mapped(Integer.reverseBytes(rawAddress));
    }

    /** A local port for what the realserver sends from its data port (RFC 959, 5.2); 0 for none. */
    private int choose(int realserver, long localHigh, long localLow) {
        return dataPorts.choose(
                services.high(realserver),
                services.low(realserver),
                services.port(realserver) - 1,
                localHigh,
                localLow);
    }

    private void expect(long session, int realserver, long high, long low, int port, long nowMicros) {
        int number = connections.expect(high, low, port, nowMicros);
        connections.towards(number, clientHigh(session), clientLow(session), command.port());
        boolean wide = WideSessionRecord.isWide(session);
        connections.from(
                number,
                realserver,
                services.high(realserver),
                services.low(realserver),
                wide ? Ipv6Header.high(session + WideSessionRecord.VIRTUAL_OFFSET) : 0,
                wide
                        ? Ipv6Header.low(session + WideSessionRecord.VIRTUAL_OFFSET)
                        : mapped(SessionRecord.destination(
                                Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET))));
        counters.count(Counter.FTP_ANNOUNCED);
    }

    /** Whether the realserver's number has not gone to another one since. */
    private boolean isSame(int number) {
        int realserver = connections.realserver(number);
        return services.high(realserver) == connections.serverHigh(number)
                && services.low(realserver) == connections.serverLow(number);
    }

    /** Puts the written line in place of another one, and corrects the packet's lengths. */
    private long replace(Burst burst, int i, long data, int length, int size) {
        long change = InternetChecksum.change(
                InternetChecksum.sum(data, length), InternetChecksum.sum(command.written(), size));
        Mem.copy(command.written(), data, size);
        int before = burst.lengths[i];
        int after = before + size - length;
        burst.lengths[i] = after;
        Mbuf.setLength(burst.mbufs[i], Mbuf.length(burst.mbufs[i]) + size - length);
        long lengthChange = (~InternetChecksum.word(before) & 0xffff) + InternetChecksum.word(after);
        long ip = burst.frames[i] + EthernetHeader.SIZE;
        if (burst.headers[i] == Ipv6Header.SIZE) {
            Mem.putShortBE(ip + Ipv6Header.PAYLOAD_LENGTH_OFFSET, after - Ipv6Header.SIZE);
        } else {
            Mem.putShortBE(ip + Ipv4Header.LENGTH_OFFSET, after);
            long checksum = ip + Ipv4Header.CHECKSUM_OFFSET;
            Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), lengthChange));
        }
        return change + lengthChange;
    }

    /**
     * Number of what a realserver that opens a connection is expected for, or -1. It is expected no longer then.
     */
    int claim(long sourceHigh, long sourceLow, long toHigh, long toLow, int toPort, long nowMicros) {
        int number = connections.find(toHigh, toLow, toPort);
        boolean meant = number >= 0
                && connections.serverHigh(number) == sourceHigh
                && connections.serverLow(number) == sourceLow;
        if (!meant) {
            return -1;
        }
        connections.forget(number);
        if (connections.isOver(number, nowMicros) || !isSame(number)) {
            return -1;
        }
        counters.count(Counter.FTP_CONNECTED);
        return number;
    }
}
