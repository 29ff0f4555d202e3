package io.twoarm.director.neighbour;

import static io.twoarm.director.neighbour.NeighbourRecord.ADDRESS_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.DUE_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.GIVEN_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.HEADER_END_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.HEADER_MIDDLE_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.PORT_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.REFERENCES_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.REQUESTS_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.STATE_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.WIDE_OFFSET;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.emit.Cutter;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;
import java.time.Duration;

/**
 * The stations on the links, by number. A session keeps the number and a reference, so that a record lives as long as a
 * session points to it and always has the latest Ethernet address; nothing needs to be copied or invalidated.
 *
 * <p>A neighbour is asked when the first packet goes to it, again when its answer got old and it is in use (first itself,
 * then everybody), and counts as lost after {@value #TRIES} requests of each kind. Records without references make room
 * when the table is full.
 */
public final class NeighbourTable {
    private static final int TRIES = 3;
    private static final long RETRY = 1_000_000;
    private static final long FAILED_PAUSE = 3_000_000;
    private static final long SCAN_INTERVAL = 1000;
    /** Neighbours looked at per interval that has passed; a worker that slept catches up. */
    private static final int SCANNED_PER_INTERVAL = 64;

    private static final int MOST_INTERVALS = 64;

    static final int FREE = NeighbourState.FREE.ordinal();
    static final int IDLE = NeighbourState.IDLE.ordinal();
    static final int INCOMPLETE = NeighbourState.INCOMPLETE.ordinal();
    public static final int REACHABLE = NeighbourState.REACHABLE.ordinal();
    static final int STALE = NeighbourState.STALE.ordinal();
    static final int PROBE = NeighbourState.PROBE.ordinal();
    static final int FAILED = NeighbourState.FAILED.ordinal();

    private final Emitter emitter;
    private final ArpSender arp;
    private final DiscoverySender discovery;
    private final Counters counters;
    private final ReportRing reports;
    private final long base;
    private final long reachableMicros;
    private final NeighbourRecords records;
    private final WaitingPackets waiting;
    private int identification;
    private int scanned;
    private long scanDue;

    public NeighbourTable(
            Emitter emitter,
            ArpSender arp,
            DiscoverySender discovery,
            Counters counters,
            ReportRing reports,
            NativeMemory memory,
            int limit,
            int waitingLimit,
            Duration timeout,
            long startMicros) {
        this.emitter = emitter;
        this.arp = arp;
        this.discovery = discovery;
        this.counters = counters;
        this.reports = reports;
        scanDue = startMicros;
        reachableMicros = timeout.toNanos() / 1000;
        records = new NeighbourRecords(emitter, memory, limit);
        base = records.base();
        waiting = new WaitingPackets(counters, waitingLimit);
    }

    /** Address of a neighbour's record. */
    public long record(int number) {
        return base + (long) number * NeighbourRecord.SIZE;
    }

    /** Numbers in use are below this. */
    public int highest() {
        return records.highest();
    }

    /** Number of a neighbour, or -1. */
    public int find(int port, int address) {
        return records.find(port, address);
    }

    /** Number of a neighbour, made if need be; -1 when the table is full of neighbours in use. */
    public int findOrCreate(int port, int address) {
        return records.findOrCreate(port, address);
    }

    /** Number of an IPv6 neighbour, or -1. */
    public int find(int port, long high, long low) {
        return records.find(port, high, low);
    }

    /** Number of an IPv6 neighbour, made if need be; -1 when the table is full of neighbours in use. */
    public int findOrCreate(int port, long high, long low) {
        return records.findOrCreate(port, high, low);
    }

    /** A neighbour's address by its number. Any thread may ask. */
    IpAddress address(int number) {
        return records.address(number);
    }

    /** Enters a neighbour with a given Ethernet address. */
    public void add(StaticNeighbour neighbour) {
        IpAddress address = neighbour.address();
        int number = address.isIpv4()
                ? findOrCreate(neighbour.port(), (int) address.low())
                : findOrCreate(neighbour.port(), address.high(), address.low());
        if (number < 0) {
            throw new IllegalArgumentException("More static neighbours than the table holds: " + records.limit());
        }
        long record = record(number);
        EthernetHeader.putAddress(record, neighbour.mac());
        Mem.putInt(record + STATE_OFFSET, REACHABLE);
        Mem.putLong(record + DUE_OFFSET, Long.MAX_VALUE);
        Mem.putInt(record + GIVEN_OFFSET, 1);
    }

    /** Forgets that a neighbour was given: it is asked for like any other. */
    public void remove(StaticNeighbour neighbour) {
        IpAddress address = neighbour.address();
        int number = address.isIpv4()
                ? find(neighbour.port(), (int) address.low())
                : find(neighbour.port(), address.high(), address.low());
        if (number >= 0) {
            long record = record(number);
            Mem.putInt(record + GIVEN_OFFSET, 0);
            Mem.putInt(record + STATE_OFFSET, IDLE);
            EthernetHeader.putAddress(record, 0);
        }
    }

    /** Forgets the Ethernet addresses of a port's neighbours: its link is gone, or is another one. Given ones stay. */
    public void forget(int port) {
        for (int number = 0; number < records.highest(); number++) {
            long record = record(number);
            if (port(record) == port && Mem.getInt(record + GIVEN_OFFSET) == 0) {
                dropWaiting(record);
                Mem.putInt(record + STATE_OFFSET, IDLE);
                EthernetHeader.putAddress(record, 0);
            }
        }
    }

    /** A session begins to point to a neighbour. */
    public void retain(int number) {
        long at = record(number) + REFERENCES_OFFSET;
        Mem.putInt(at, Mem.getInt(at) + 1);
    }

    /** A session points to it no more. */
    public void release(int number) {
        long at = record(number) + REFERENCES_OFFSET;
        Mem.putInt(at, Mem.getInt(at) - 1);
    }

    /** Sends a packet to a neighbour, or lets it wait, or drops it; takes it over and sees that it is counted. */
    public void send(int number, long mbuf, int disposition, long nowMicros) {
        if (mbuf == emitter.large()) {
            boolean wide = (Mem.getByte(Mbuf.data(mbuf) + EthernetHeader.SIZE) >>> 4 & 15) == 6;
            int payload = Cutter.payload(emitter.mtu(port(record(number))), wide);
            sendCut(number, mbuf, payload, identification++, disposition, nowMicros);
        } else {
            sendWhole(number, mbuf, disposition, nowMicros);
        }
    }

    /**
     * Cuts a packet and sends its fragments; takes it over. The first counts as its disposition says, the others as {@link
     * Counter#SENT_FRAGMENT}.
     *
     * @param payload bytes of data in each fragment but the last, a multiple of 8
     * @param fragmentId identification of the fragments
     */
    public void sendCut(int number, long mbuf, int payload, int fragmentId, int disposition, long nowMicros) {
        int count = emitter.cutter().cut(mbuf, payload, fragmentId);
        if (count == 0) {
            counters.count(Counter.BUFFERS_EXHAUSTED);
            emitter.refuse(mbuf, disposition, Counter.DROPPED_NO_BUFFER);
            return;
        }
        emitter.release(mbuf);
        if (count > 1) {
            counters.count(Counter.CUT);
        }
        for (int i = 0; i < count; i++) {
            long piece = emitter.cutter().piece(i);
            sendWhole(number, piece, i == 0 ? disposition : Counter.SENT_FRAGMENT.ordinal(), nowMicros);
        }
    }

    /** A number for the fragments of a packet to an IPv4 address, unlike those of the packets before it (RFC 6864, 4). */
    public int nextIdentification() {
        return identification++;
    }

    private void sendWhole(int number, long mbuf, int disposition, long nowMicros) {
        long record = record(number);
        int state = Mem.getInt(record + STATE_OFFSET);
        if (state == STALE) {
            Mem.putInt(record + STATE_OFFSET, PROBE);
            Mem.putInt(record + REQUESTS_OFFSET, 0);
            ask(number, record, nowMicros);
        }
        if (isUsable(state)) {
            transmit(record, mbuf, disposition);
            return;
        }
        if (state == IDLE || state == FAILED && nowMicros >= Mem.getLong(record + DUE_OFFSET)) {
            Mem.putInt(record + STATE_OFFSET, INCOMPLETE);
            Mem.putInt(record + REQUESTS_OFFSET, 0);
            ask(number, record, nowMicros);
        } else if (state == FAILED) {
            emitter.refuse(mbuf, disposition, Counter.DROPPED_NO_NEIGHBOUR);
            return;
        }
        hold(record, mbuf, disposition);
    }

    private void transmit(long record, long mbuf, int disposition) {
        long frame = Mbuf.data(mbuf);
        Mem.putLong(frame, Mem.getLong(record));
        Mem.putInt(frame + HEADER_MIDDLE_OFFSET, Mem.getInt(record + HEADER_MIDDLE_OFFSET));
        Mem.putShort(frame + HEADER_END_OFFSET, Mem.getShort(record + HEADER_END_OFFSET));
        emitter.stage(port(record), mbuf, disposition);
    }

    private void hold(long record, long mbuf, int disposition) {
        if (!waiting.add(record, mbuf, disposition)) {
            emitter.refuse(mbuf, disposition, Counter.DROPPED_NEIGHBOUR_QUEUE);
        }
    }

    private void ask(int number, long record, long nowMicros) {
        int requests = Mem.getInt(record + REQUESTS_OFFSET) + 1;
        Mem.putInt(record + REQUESTS_OFFSET, requests);
        Mem.putLong(record + DUE_OFFSET, nowMicros + RETRY);
        boolean known = Mem.getInt(record + STATE_OFFSET) == PROBE;
        if (Mem.getInt(record + WIDE_OFFSET) != 0) {
            discovery.solicit(
                    port(record),
                    records.high(number),
                    records.low(number),
                    known ? EthernetHeader.address(record) : 0);
            return;
        }
        arp.request(
                port(record),
                Mem.getInt(record + ADDRESS_OFFSET),
                known ? EthernetHeader.address(record) : EthernetHeader.BROADCAST);
    }

    /** The Ethernet address of a neighbour that packets can go to now, or 0. */
    long usableMac(int number) {
        long record = record(number);
        return isUsable(Mem.getInt(record + STATE_OFFSET)) ? EthernetHeader.address(record) : 0;
    }

    boolean isIncomplete(int number) {
        return Mem.getInt(record(number) + STATE_OFFSET) == INCOMPLETE;
    }

    /** Lets a neighbour be asked when it is used next, whatever its Ethernet address (RFC 4861, 7.2.5). */
    void doubt(int number) {
        long record = record(number);
        if (Mem.getInt(record + GIVEN_OFFSET) == 0 && Mem.getInt(record + STATE_OFFSET) == REACHABLE) {
            Mem.putInt(record + STATE_OFFSET, STALE);
        }
    }

    /** Takes note of an Ethernet address that nobody has confirmed (RFC 4861, 7.2.3): it serves and is asked for. */
    void hear(int number, long mac) {
        long record = record(number);
        if (Mem.getInt(record + GIVEN_OFFSET) != 0
                || isUsable(Mem.getInt(record + STATE_OFFSET)) && EthernetHeader.address(record) == mac) {
            return;
        }
        EthernetHeader.putAddress(record, mac);
        Mem.putInt(record + STATE_OFFSET, STALE);
        Mem.putInt(record + REQUESTS_OFFSET, 0);
        sendWaiting(record);
    }

    private static boolean isUsable(int state) {
        return state == REACHABLE || state == STALE || state == PROBE;
    }

    /**
     * Takes note of an address pair that a station stated.
     *
     * @param confirmed whether it was an answer to us; other statements change the Ethernet address, not the age
     */
    void learn(int number, long mac, boolean confirmed, long nowMicros) {
        long record = record(number);
        if (Mem.getInt(record + GIVEN_OFFSET) != 0) {
            return;
        }
        int state = Mem.getInt(record + STATE_OFFSET);
        EthernetHeader.putAddress(record, mac);
        if (confirmed || !isUsable(state)) {
            Mem.putInt(record + STATE_OFFSET, REACHABLE);
            Mem.putLong(record + DUE_OFFSET, nowMicros + reachableMicros);
            Mem.putInt(record + REQUESTS_OFFSET, 0);
            sendWaiting(record);
        }
    }

    private void sendWaiting(long record) {
        int place = waiting.first(record);
        while (place != 0) {
            transmit(record, waiting.mbuf(place), waiting.disposition(place));
            place = waiting.remove(place);
        }
        waiting.forget(record);
    }

    private void dropWaiting(long record) {
        int place = waiting.first(record);
        while (place != 0) {
            emitter.refuse(waiting.mbuf(place), waiting.disposition(place), Counter.DROPPED_NO_NEIGHBOUR);
            place = waiting.remove(place);
        }
        waiting.forget(record);
    }

    static int port(long record) {
        return Mem.getShort(record + PORT_OFFSET) & 0xffff;
    }

    /** Looks at some neighbours, a few at a time; returns how many changed. */
    public int tick(long nowMicros) {
        if (nowMicros < scanDue) {
            return 0;
        }
        long intervals = Math.min(MOST_INTERVALS, 1 + (nowMicros - scanDue) / SCAN_INTERVAL);
        scanDue = nowMicros + SCAN_INTERVAL;
        int changed = 0;
        int highest = records.highest();
        int count = Math.min(highest, (int) intervals * SCANNED_PER_INTERVAL);
        for (int i = 0; i < count; i++) {
            scanned = scanned + 1 < highest ? scanned + 1 : 0;
            long record = record(scanned);
            if (Mem.getLong(record + DUE_OFFSET) <= nowMicros) {
                changed += age(scanned, record, nowMicros);
            }
        }
        return changed;
    }

    private int age(int number, long record, long nowMicros) {
        int state = Mem.getInt(record + STATE_OFFSET);
        if (state == REACHABLE) {
            Mem.putInt(record + STATE_OFFSET, STALE);
            return 1;
        }
        if (state != INCOMPLETE && state != PROBE) {
            return 0;
        }
        if (Mem.getInt(record + REQUESTS_OFFSET) < TRIES) {
            ask(number, record, nowMicros);
        } else if (state == PROBE) {
            Mem.putInt(record + STATE_OFFSET, INCOMPLETE);
            Mem.putInt(record + REQUESTS_OFFSET, 0);
            ask(number, record, nowMicros);
        } else {
            lose(number, record, nowMicros);
        }
        return 1;
    }

    private void lose(int number, long record, long nowMicros) {
        Mem.putInt(record + STATE_OFFSET, FAILED);
        Mem.putLong(record + DUE_OFFSET, nowMicros + FAILED_PAUSE);
        dropWaiting(record);
        counters.count(Counter.NEIGHBOURS_LOST);
        if (Mem.getInt(record + WIDE_OFFSET) != 0) {
            reports.add(Report.Kind.WIDE_NEIGHBOUR_LOST, nowMicros, records.high(number), records.low(number));
            return;
        }
        reports.add(
                Report.Kind.NEIGHBOUR_LOST,
                nowMicros,
                Mem.getInt(record + ADDRESS_OFFSET) & 0xffff_ffffL,
                port(record));
    }
}
