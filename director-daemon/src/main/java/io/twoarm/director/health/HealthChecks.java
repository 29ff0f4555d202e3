package io.twoarm.director.health;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.route.Router;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.service.TcpCheck;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.session.SequenceNumbers;
import io.twoarm.director.share.WorkerShare;
import java.util.Arrays;
import java.util.Optional;

/**
 * All TCP checks of a worker. Each opens a connection to its realserver and closes it as a client does that has nothing to
 * say: SYN, and upon SYN-ACK a segment with ACK and FIN. What the realserver still sends is acknowledged until its own FIN.
 *
 * <p>An attempt fails upon a reset or when the handshake takes too long; SYN is repeated after a third of that time, but not later than after 1 s, and then after twice as long each time. As keepalived
 * does it, a failed attempt is repeated {@code retry} times before the realserver counts as down, and one success makes it
 * up. Connections come from ports {@value #FIRST_PORT} to {@value #LAST_PORT}, which no flow uses.
 */
public final class HealthChecks {
    /** Lowest source port of a check. */
    public static final int FIRST_PORT = 513;

    /** Highest source port of a check; flows begin above. */
    public static final int LAST_PORT = 1024;

    private static final int IDLE = 0;
    private static final int OPENING = 1;
    private static final int CLOSING = 2;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private static final long LATEST_REPEAT = 1_000_000;
    private static final long SCAN_INTERVAL = 1000;
    private static final int SCANNED_PER_TURN = 64;
    private static final long START_SPREAD = 10_000;

    private final ServiceTable services;
    private final CheckSegments segments;
    private final SequenceNumbers sequenceNumbers;
    private final Emitter emitter;
    private final Counters counters;
    private final ReportRing reports;

    private int count;
    private int[] realservers;
    private long[] highs;
    private long[] lows;
    private int[] ports;
    private long[] sourceHighs;
    private long[] sourceLows;
    private long[] connectTimeouts;
    private long[] delayLoops;
    private long[] retryDelays;
    private int[] retries;

    private TcpCheck[] checks;
    private int[] states;
    private int[] localPorts;
    private int[] sent;
    private int[] received;
    private int[] failures;
    private long[] due;
    private long[] attemptEnds;
    private long[] repeatDelays;
    private long[] nextAttempts;
    private final WorkerShare share;
    private int nextPort = FIRST_PORT;
    private int scanned;
    private long scanDue;

    public HealthChecks(
            ServiceTable services,
            OwnAddresses own,
            Router router,
            Emitter emitter,
            Counters counters,
            ReportRing reports,
            SecretKey secret,
            WorkerShare share,
            long startMicros) {
        this.share = share;
        this.services = services;
        this.emitter = emitter;
        this.counters = counters;
        this.reports = reports;
        scanDue = startMicros;
        segments = new CheckSegments(router, emitter);
        sequenceNumbers = new SequenceNumbers(secret);
        take(own, router, startMicros);
    }

    /** The checks as they stand. */
    private HealthChecks(HealthChecks other) {
        share = other.share;
        services = other.services;
        segments = other.segments;
        sequenceNumbers = other.sequenceNumbers;
        emitter = other.emitter;
        counters = other.counters;
        reports = other.reports;
        count = other.count;
        realservers = other.realservers;
        checks = other.checks;
        sourceHighs = other.sourceHighs;
        sourceLows = other.sourceLows;
        states = other.states;
        localPorts = other.localPorts;
        sent = other.sent;
        received = other.received;
        failures = other.failures;
        due = other.due;
        attemptEnds = other.attemptEnds;
        repeatDelays = other.repeatDelays;
        nextAttempts = other.nextAttempts;
    }

    /**
     * Takes over what services want to be checked now. For the worker, between two bursts. A check that is the same as
     * before goes on; a new one begins at once, like at start.
     */
    public void adopt(OwnAddresses own, Router router, long nowMicros) {
        HealthChecks before = new HealthChecks(this);
        take(own, router, nowMicros);
        for (int i = 0; i < count; i++) {
            int old = before.same(this, i);
            if (old >= 0) {
                goOn(i, before, old);
            }
        }
    }

    private int same(HealthChecks other, int i) {
        for (int old = 0; old < count; old++) {
            if (realservers[old] == other.realservers[i]
                    && checks[old].equals(other.checks[i])
                    && sourceHighs[old] == other.sourceHighs[i]
                    && sourceLows[old] == other.sourceLows[i]) {
                return old;
            }
        }
        return -1;
    }

    private void goOn(int i, HealthChecks before, int old) {
        states[i] = before.states[old];
        localPorts[i] = before.localPorts[old];
        sent[i] = before.sent[old];
        received[i] = before.received[old];
        failures[i] = before.failures[old];
        due[i] = before.due[old];
        attemptEnds[i] = before.attemptEnds[old];
        repeatDelays[i] = before.repeatDelays[old];
        nextAttempts[i] = before.nextAttempts[old];
    }

    private void take(OwnAddresses own, Router router, long nowMicros) {
        realservers = Arrays.stream(services.realservers())
                .filter(i -> services.realserver(i).check().isPresent())
                .toArray();
        count = realservers.length;
        highs = new long[count];
        lows = new long[count];
        ports = new int[count];
        sourceHighs = new long[count];
        sourceLows = new long[count];
        connectTimeouts = new long[count];
        delayLoops = new long[count];
        retryDelays = new long[count];
        retries = new int[count];
        checks = new TcpCheck[count];
        states = new int[count];
        localPorts = new int[count];
        sent = new int[count];
        received = new int[count];
        failures = new int[count];
        due = new long[count];
        attemptEnds = new long[count];
        repeatDelays = new long[count];
        nextAttempts = new long[count];
        for (int i = 0; i < count; i++) {
            Optional<TcpCheck> check = services.realserver(realservers[i]).check();
            set(i, check.orElseThrow(), own, router);
            due[i] = nowMicros + i * START_SPREAD;
        }
    }

    private void set(int i, TcpCheck check, OwnAddresses own, Router router) {
        checks[i] = check;
        highs[i] = check.address().high();
        lows[i] = check.address().low();
        ports[i] = check.port();
        connectTimeouts[i] = check.connectTimeout().toNanos() / 1000;
        delayLoops[i] = check.delayLoop().toNanos() / 1000;
        retryDelays[i] = check.delayBeforeRetry().toNanos() / 1000;
        retries[i] = check.retry();
        IpAddress source = check.source();
        if (source.isAny()) {
            boolean ipv4 = check.address().isIpv4();
            source = services.service(services.serviceOf(realservers[i])).localAddresses().stream()
                    .filter(local -> local.isIpv4() == ipv4)
                    .findFirst()
                    .orElseGet(() -> ownSource(check.address(), own, router));
        }
        sourceHighs[i] = source.high();
        sourceLows[i] = source.low();
    }

    private static IpAddress ownSource(IpAddress destination, OwnAddresses own, Router router) {
        if (destination.isIpv4()) {
            int port = router.port((int) destination.low());
            return new Ipv4Address(port < 0 ? 0 : own.sourceFor(port, (int) destination.low()));
        }
        int port = router.port(destination.high(), destination.low());
        int number = port < 0 ? -1 : own.sourceFor(port, destination.high(), destination.low());
        return number < 0 ? Ipv6Address.ANY : own.get(number).address();
    }

    /** Does what is due of some checks; returns how many did something. */
    public int tick(long nowMicros) {
        if (count == 0 || nowMicros < scanDue) {
            return 0;
        }
        scanDue = nowMicros + SCAN_INTERVAL;
        int done = 0;
        for (int n = Math.min(count, SCANNED_PER_TURN); n > 0; n--) {
            scanned = scanned + 1 < count ? scanned + 1 : 0;
            if (due[scanned] <= nowMicros) {
                advance(scanned, nowMicros);
                done++;
            }
        }
        return done;
    }

    private void advance(int i, long nowMicros) {
        switch (states[i]) {
            case IDLE -> open(i, nowMicros);
            case OPENING -> {
                if (nowMicros >= attemptEnds[i]) {
                    send(i, sent[i] + 1, 0, TcpHeader.RST, nowMicros);
                    fail(i, nowMicros);
                } else {
                    repeatDelays[i] *= 2;
                    due[i] = Math.min(nowMicros + repeatDelays[i], attemptEnds[i]);
                    sendSyn(i, nowMicros);
                }
            }
            default -> {
                // The realserver did not finish in time; the verdict stands.
                send(i, sent[i] + 2, 0, TcpHeader.RST, nowMicros);
                rest(i);
            }
        }
    }

    private void open(int i, long nowMicros) {
        do {
            nextPort = nextPort < LAST_PORT ? nextPort + 1 : FIRST_PORT;
        } while (share.ofCheck(nextPort) != share.worker());
        localPorts[i] = nextPort;
        int portPair = ports[i] << 16 | localPorts[i];
        sent[i] = sequenceNumbers.initial(highs[i], lows[i], sourceHighs[i], sourceLows[i], portPair, nowMicros);
        states[i] = OPENING;
        attemptEnds[i] = nowMicros + connectTimeouts[i];
        repeatDelays[i] = Math.min(LATEST_REPEAT, connectTimeouts[i] / 3);
        due[i] = nowMicros + repeatDelays[i];
        sendSyn(i, nowMicros);
    }

    private void sendSyn(int i, long nowMicros) {
        long mbuf = segments.syn(Ipv6Address.isMapped(highs[i], lows[i]), localPorts[i], ports[i], sent[i]);
        segments.send(mbuf, sourceHighs[i], sourceLows[i], highs[i], lows[i], nowMicros);
    }

    private void send(int i, int sequence, int acknowledgment, int flags, long nowMicros) {
        boolean ipv4 = Ipv6Address.isMapped(highs[i], lows[i]);
        long mbuf = segments.plain(ipv4, localPorts[i], ports[i], sequence, acknowledgment, flags);
        segments.send(mbuf, sourceHighs[i], sourceLows[i], highs[i], lows[i], nowMicros);
    }

    /**
     * Takes a segment that belongs to a check.
     *
     * @param ip address of an IPv4 header of 20 bytes with a whole TCP header behind
     * @return whether it did; it is counted then
     */
    public boolean receive(long mbuf, long ip, long nowMicros) {
        long tcp = ip + Ipv4Header.SIZE;
        int localPort = Mem.getUnsignedShortBE(tcp + TcpHeader.DESTINATION_PORT_OFFSET);
        if (localPort < FIRST_PORT || localPort > LAST_PORT) {
            return false;
        }
        int i = find(
                0,
                Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET)),
                Mem.getUnsignedShortBE(tcp + TcpHeader.SOURCE_PORT_OFFSET),
                0,
                Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET)),
                localPort);
        if (i < 0) {
            return false;
        }
        int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
        take(i, mbuf, tcp, length, TcpHeader.checksumIsRight(ip, tcp, length), nowMicros);
        return true;
    }

    /**
     * Takes a segment that belongs to a check.
     *
     * @param ip address of an IPv6 header of 40 bytes with a whole TCP header behind
     * @return whether it did; it is counted then
     */
    public boolean receiveWide(long mbuf, long ip, long nowMicros) {
        long tcp = ip + Ipv6Header.SIZE;
        int localPort = Mem.getUnsignedShortBE(tcp + TcpHeader.DESTINATION_PORT_OFFSET);
        if (localPort < FIRST_PORT || localPort > LAST_PORT) {
            return false;
        }
        int i = find(
                Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET),
                Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET),
                Mem.getUnsignedShortBE(tcp + TcpHeader.SOURCE_PORT_OFFSET),
                Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET),
                Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET),
                localPort);
        if (i < 0) {
            return false;
        }
        int length = Ipv6Header.payloadLength(ip);
        boolean right = Ipv6Header.checksumIsRight(ip, tcp, Protocol.TCP.number(), length);
        take(i, mbuf, tcp, length, right, nowMicros);
        return true;
    }

    private void take(int i, long mbuf, long tcp, int length, boolean checksumIsRight, long nowMicros) {
        if (!checksumIsRight) {
            emitter.drop(mbuf, Counter.DROPPED_L4_CHECKSUM);
            return;
        }
        int payload = length - TcpHeader.headerLength(tcp);
        if (states[i] == OPENING) {
            answered(i, tcp, nowMicros);
        } else {
            closing(i, tcp, payload, nowMicros);
        }
        emitter.drop(mbuf, Counter.CONSUMED_HEALTH);
    }

    private int find(long high, long low, int port, long sourceHigh, long sourceLow, int localPort) {
        for (int i = 0; i < count; i++) {
            if (localPorts[i] == localPort
                    && states[i] != IDLE
                    && lows[i] == low
                    && highs[i] == high
                    && ports[i] == port
                    && sourceLows[i] == sourceLow
                    && sourceHighs[i] == sourceHigh) {
                return i;
            }
        }
        return -1;
    }

    /** RFC 9293, 3.10.7.3: only what acknowledges our SYN counts. */
    private void answered(int i, long tcp, long nowMicros) {
        int flags = TcpHeader.flags(tcp);
        int acknowledgment = Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
        if ((flags & TcpHeader.ACK) == 0 || acknowledgment != sent[i] + 1) {
            return;
        }
        if ((flags & TcpHeader.RST) != 0) {
            fail(i, nowMicros);
        } else if ((flags & SYN_ACK) == SYN_ACK) {
            received[i] = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET) + 1;
            send(i, sent[i] + 1, received[i], FIN_ACK, nowMicros);
            pass(i, nowMicros);
        }
    }

    private void closing(int i, long tcp, int payload, long nowMicros) {
        int flags = TcpHeader.flags(tcp);
        if ((flags & TcpHeader.RST) != 0) {
            rest(i);
            return;
        }
        if ((flags & TcpHeader.SYN) != 0) {
            send(i, sent[i] + 1, received[i], FIN_ACK, nowMicros);
            return;
        }
        boolean inOrder = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET) == received[i];
        boolean fin = (flags & TcpHeader.FIN) != 0;
        if (inOrder) {
            received[i] += payload + (fin ? 1 : 0);
        }
        if (payload != 0 || fin) {
            send(i, sent[i] + 2, received[i], TcpHeader.ACK, nowMicros);
        }
        if (inOrder && fin) {
            rest(i);
        }
    }

    private void pass(int i, long nowMicros) {
        counters.count(Counter.HEALTH_PASSED);
        failures[i] = 0;
        states[i] = CLOSING;
        nextAttempts[i] = nowMicros + delayLoops[i];
        due[i] = Math.min(nowMicros + connectTimeouts[i], nextAttempts[i]);
        judge(i, true, nowMicros);
    }

    private void fail(int i, long nowMicros) {
        counters.count(Counter.HEALTH_FAILED);
        boolean lastTry = failures[i] >= retries[i];
        failures[i] = lastTry ? 0 : failures[i] + 1;
        nextAttempts[i] = nowMicros + (lastTry ? delayLoops[i] : retryDelays[i]);
        rest(i);
        if (lastTry) {
            judge(i, false, nowMicros);
        }
    }

    private void rest(int i) {
        states[i] = IDLE;
        due[i] = nextAttempts[i];
    }

    private void judge(int i, boolean up, long nowMicros) {
        int realserver = realservers[i];
        if (services.isUp(realserver) != up) {
            services.setUp(realserver, up);
            Report.Kind kind = up ? Report.Kind.REALSERVER_UP : Report.Kind.REALSERVER_DOWN;
            reports.add(kind, nowMicros, realserver, 0);
        }
    }
}
