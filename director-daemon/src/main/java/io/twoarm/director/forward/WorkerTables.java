package io.twoarm.director.forward;

import io.twoarm.director.access.AccessControl;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.neighbour.ArpSender;
import io.twoarm.director.neighbour.DiscoverySender;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.neighbour.StaticNeighbour;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.route.RouteTable;
import io.twoarm.director.route.Router;
import io.twoarm.director.service.MappedEnds;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;
import io.twoarm.director.session.WideSessionTable;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.siit.AddressMappings;
import io.twoarm.director.steer.TurnPort;
import io.twoarm.director.vlan.VlanInterface;
import io.twoarm.director.vlan.VlanPort;
import io.twoarm.director.vlan.VlanPorts;
import java.util.ArrayList;
import java.util.List;

/** What the steps of one worker work on. Made once at start; belongs to the worker's thread. */
final class WorkerTables {
    private static final int FEW_SESSIONS = 16_384;

    final Counters counters;
    final ReportRing reports;
    final Emitter emitter;
    private final BufferPool buffers;
    /** The worker alone changes it; others may look. */
    volatile VlanPorts vlans;

    final List<OwnAddress> addresses;
    final OwnAddresses own;
    final ArpSender arpSender;
    final DiscoverySender discoverySender;
    final NeighbourTable neighbours;
    final RouteTable routes;
    final Router router;
    final ServiceTable services;
    final SessionTable sessions;
    final WideSessionTable wideSessions;
    final ProxiedSessions proxied;
    final ProxiedSessions wideProxied;
    final Tunnels tunnels;
    final PassiveConnections announcements = new PassiveConnections();
    final ActiveConnections activeConnections = new ActiveConnections();
    final LineEdits lineEdits = new LineEdits();
    /** Of stateless translation; another one after a change. */
    AddressMappings mappings;

    final Nat64Tables nat64;

    /** Ports that are mapped independently of destinations; the worker alone changes it. */
    MappedEnds mappedEnds = MappedEnds.NONE;

    /** Null until there is a service that wants such mappings. The worker alone changes it; others may look. */
    volatile EndpointMappings endpoints;

    /** Where packets to {@link #mappedEnds} turn around. */
    final TurnPort turn;

    private final NativeMemory memory;
    final boolean decrementTtl;
    final int answersPerSecond;
    /** Where searches for ports begin; unknown to others. */
    final long randomStart;

    final WorkerShare share;
    /** What becomes of packets that nobody takes; the worker alone changes it. */
    AccessControl access;

    WorkerTables(ForwarderSetup setup) {
        ForwardingTables tables = setup.tables();
        ForwardingLimits limits = tables.limits();
        share = setup.share();
        memory = setup.memory();
        access = tables.access();
        randomStart = setup.secret().low() ^ Long.rotateLeft(setup.secret().high(), 17);
        decrementTtl = tables.decrementTtl();
        answersPerSecond = limits.answersPerSecond();
        counters = new Counters(setup.memory());
        reports = new ReportRing(counters);
        emitter = new Emitter(setup.ports(), setup.buffers(), setup.memory(), counters);
        buffers = setup.buffers();
        vlans = VlanPorts.none(setup.ports().size());
        VlanPorts configured = changedVlans(tables.vlans());
        emitter.adopt(vlans, configured);
        vlans = configured;
        addresses = withLinkAddresses(tables);
        own = new OwnAddresses(addresses);
        discoverySender = new DiscoverySender(own, emitter, share.isFirst(), setup.startMicros());
        arpSender = new ArpSender(own, emitter, share.isFirst(), setup.startMicros());
        neighbours = new NeighbourTable(
                emitter,
                arpSender,
                discoverySender,
                counters,
                reports,
                setup.memory(),
                limits.neighbours(),
                limits.waitingPerNeighbour(),
                limits.neighbourTimeout(),
                setup.startMicros());
        tables.neighbours().forEach(neighbours::add);
        routes = new RouteTable(tables.routes());
        router = new Router(routes, neighbours, emitter);
        services = new ServiceTable(
                tables.services(),
                tables.timeouts(),
                setup.memory(),
                setup.secret(),
                templates(limits),
                share,
                tables.access().byName());
        sessions = new SessionTable(setup.memory(), limits.sessions(), setup.secret());
        // Addresses may come later; until there is one of IPv6, not much memory is spent on it.
        boolean wide =
                tables.addresses().stream().anyMatch(own -> !own.address().isIpv4());
        int wideLimit = wide ? limits.sessions() : Math.min(limits.sessions(), FEW_SESSIONS);
        wideSessions = new WideSessionTable(setup.memory(), wideLimit, setup.secret());
        proxied = new ProxiedSessions(setup.memory(), sessions, sessions.capacity());
        wideProxied = new ProxiedSessions(setup.memory(), wideSessions, wideSessions.capacity());
        tunnels = new Tunnels(this);
        mappings = tables.mappings();
        int mtu = setup.ports().stream().mapToInt(PacketPort::mtu).min().orElse(0);
        turn = new TurnPort(emitter.last(), mtu, share.worker(), setup.colleagues(), buffers, memory);
        adopt(new MappedEnds(tables.services()), mappings(new MappedEnds(tables.services())));
        nat64 = new Nat64Tables(tables.nat64(), share, setup.memory(), counters, reports, randomStart);
    }

    /** Ports with IPv6 addresses have one of the link too (RFC 4291, 2.1), so that neighbours can be asked from it. */
    List<OwnAddress> withLinkAddresses(ForwardingTables wanted) {
        List<OwnAddress> all = new ArrayList<>(wanted.addresses());
        for (int port = 0; port < emitter.fixedPorts().size(); port++) {
            addLinkAddress(all, port, emitter.mac(port));
        }
        wanted.vlans().forEach(vlan -> addLinkAddress(all, vlan.port(), emitter.mac(vlan.link())));
        return List.copyOf(all);
    }

    private static void addLinkAddress(List<OwnAddress> all, int index, long mac) {
        Ipv6Address link = Ipv6Address.linkLocal(mac);
        boolean wanted = all.stream()
                .anyMatch(
                        own -> own.port() == index && !own.address().isIpv4() && own.role() != OwnAddress.Role.KERNEL);
        boolean given =
                all.stream().anyMatch(own -> own.address().equals(link) && own.role() != OwnAddress.Role.KERNEL);
        if (wanted && !given) {
            all.add(new OwnAddress(link, index, OwnAddress.Role.LINK));
        }
    }

    /** Other VLAN interfaces, for any thread to make ready. */
    VlanPorts changedVlans(List<VlanInterface> wanted) {
        return vlans.changed(wanted, emitter.fixedPorts(), buffers);
    }

    /** Takes over VLAN interfaces. For the worker, between two bursts. */
    void adopt(VlanPorts wanted) {
        VlanPorts before = vlans;
        emitter.adopt(before, wanted);
        vlans = wanted;
        for (VlanPort gone : before.ports()) {
            if (!wanted.ports().contains(gone)) {
                neighbours.forget(gone.definition().port());
            }
        }
    }

    /** Room for mappings, for any thread to make ready; null where there is some, or none is needed. */
    EndpointMappings mappings(MappedEnds wanted) {
        return wanted.isEmpty() || endpoints != null
                ? null
                : new EndpointMappings(memory, sessions.capacity(), services, share, randomStart);
    }

    /**
     * Takes over which ports are mapped independently of destinations. For the worker, between two bursts.
     *
     * @param made room for mappings; null where there is some, or none is needed
     */
    void adopt(MappedEnds wanted, EndpointMappings made) {
        if (made != null) {
            endpoints = made;
            emitter.enterLast(turn);
            neighbours.add(new StaticNeighbour(Ipv4Address.ANY, turn.index(), turn.macAddress()));
        }
        mappedEnds = wanted;
        router.adoptTurning(wanted, neighbours.find(turn.index(), 0));
    }

    /** One for four sessions. */
    private static int templates(ForwardingLimits limits) {
        return Math.clamp(Integer.highestOneBit(limits.sessions()) / 4, 1024, 1 << 18);
    }

    /** What is added to sequence numbers of a session's realserver; 0 where no SYN proxy began it. */
    int serverShift(long session) {
        if (!SessionRecord.isProxied(session)) {
            return 0;
        }
        long at = (WideSessionRecord.isWide(session) ? wideProxied : proxied).at(session);
        return Mem.getInt(at + ProxiedSessions.SHIFT_OFFSET);
    }

    /** Lowest TTL of a packet that may be forwarded. */
    int leastTtl() {
        return decrementTtl ? 2 : 1;
    }
}
