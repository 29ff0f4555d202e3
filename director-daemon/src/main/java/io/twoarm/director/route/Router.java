package io.twoarm.director.route;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.MappedEnds;

/**
 * Finds the neighbour that a destination is reached through, and sends packets that are not part of a session. Methods
 * with one number are for IPv4 addresses, those with two for IPv6.
 */
public final class Router {
    /** No route leads there. */
    public static final int NO_ROUTE = -1;

    /** The neighbour table is full. */
    public static final int NO_ROOM = -2;

    private final RouteTable routes;
    private final NeighbourTable neighbours;
    private final Emitter emitter;
    private boolean[] direct;
    private long[] gatewayHighs;
    private long[] gatewayLows;
    private int[] ports;
    private int[] mtus;
    private int smallestMtu;
    private int reserved;
    private MappedEnds turning = MappedEnds.NONE;
    private int turn = NO_ROUTE;

    public Router(RouteTable routes, NeighbourTable neighbours, Emitter emitter) {
        this.routes = routes;
        this.neighbours = neighbours;
        this.emitter = emitter;
        read();
    }

    /** Takes over other routes. For the worker, between two bursts; sessions keep the neighbours that they have. */
    public void adopt(RouteTable others) {
        routes.adopt(others);
        read();
    }

    /**
     * Takes over addresses that lead back here. For the worker, between two bursts.
     *
     * @param hop the neighbour that stands for that; without meaning where there are none
     */
    public void adoptTurning(MappedEnds ends, int hop) {
        turning = ends;
        turn = hop;
    }

    private void read() {
        int count = routes.routes().size();
        direct = new boolean[count];
        gatewayHighs = new long[count];
        gatewayLows = new long[count];
        ports = new int[count];
        mtus = new int[count];
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            Route route = routes.get(i);
            direct[i] = route.gateway().isAny();
            gatewayHighs[i] = route.gateway().high();
            gatewayLows[i] = route.gateway().low();
            ports[i] = route.port();
            int portMtu = emitter.mtu(route.port());
            mtus[i] = route.mtu() == 0 ? portMtu : Math.min(route.mtu(), portMtu);
            smallest = Math.min(smallest, mtus[i]);
        }
        smallestMtu = smallest;
    }

    /** Packets up to this size fit everywhere, tunnels included. */
    public int smallestMtu() {
        return smallestMtu - reserved;
    }

    /** What tunnels add to packets, in bytes. */
    public void reserve(int bytes) {
        reserved = bytes;
    }

    /** Largest packet towards a destination in bytes; 0 without a route. */
    public int mtu(int destination) {
        int route = routes.find(destination);
        return route < 0 ? 0 : mtus[route];
    }

    /** Largest packet towards a destination of either family in bytes; 0 without a route. */
    public int mtu(long high, long low) {
        int route = Ipv6Address.isMapped(high, low) ? routes.find((int) low) : routes.find(high, low);
        return route < 0 ? 0 : mtus[route];
    }

    /** Number of the neighbour to send to, or {@link #NO_ROUTE} or {@link #NO_ROOM}. */
    public int nextHop(int destination) {
        if (turning.isOutside(destination)) {
            return turn;
        }
        int route = routes.find(destination);
        if (route < 0) {
            return NO_ROUTE;
        }
        int hop = neighbours.findOrCreate(ports[route], direct[route] ? destination : (int) gatewayLows[route]);
        return hop < 0 ? NO_ROOM : hop;
    }

    /** Number of the neighbour to send to, or {@link #NO_ROUTE} or {@link #NO_ROOM}. */
    public int nextHop(long high, long low) {
        int route = routes.find(high, low);
        if (route < 0) {
            return NO_ROUTE;
        }
        int hop = direct[route]
                ? neighbours.findOrCreate(ports[route], high, low)
                : neighbours.findOrCreate(ports[route], gatewayHighs[route], gatewayLows[route]);
        return hop < 0 ? NO_ROOM : hop;
    }

    /** The same for an address of either family. */
    public int nextHopTo(long high, long low) {
        return Ipv6Address.isMapped(high, low) ? nextHop((int) low) : nextHop(high, low);
    }

    /** Index of the port towards a destination, or -1. */
    public int port(int destination) {
        int route = routes.find(destination);
        return route < 0 ? -1 : ports[route];
    }

    /** Index of the port towards a destination, or -1. */
    public int port(long high, long low) {
        int route = routes.find(high, low);
        return route < 0 ? -1 : ports[route];
    }

    /** Sends a packet whose Ethernet header is still to be written; takes it over and counts it. */
    public void send(long mbuf, int destination, int disposition, long nowMicros) {
        send(nextHop(destination), mbuf, disposition, nowMicros);
    }

    /** Sends a packet whose Ethernet header is still to be written; takes it over and counts it. */
    public void send(long mbuf, long high, long low, int disposition, long nowMicros) {
        send(nextHop(high, low), mbuf, disposition, nowMicros);
    }

    /**
     * Sends the answer to a packet that came in by a port. A link-local address is on that port's link, whatever the routes
     * say.
     */
    public void answer(int port, long mbuf, long high, long low, int disposition, long nowMicros) {
        if (Ipv6Address.isLinkLocal(high)) {
            int hop = neighbours.findOrCreate(port, high, low);
            send(hop < 0 ? NO_ROOM : hop, mbuf, disposition, nowMicros);
        } else {
            send(nextHop(high, low), mbuf, disposition, nowMicros);
        }
    }

    private void send(int hop, long mbuf, int disposition, long nowMicros) {
        if (hop >= 0) {
            neighbours.send(hop, mbuf, disposition, nowMicros);
        } else {
            Counter reason = hop == NO_ROUTE ? Counter.DROPPED_NO_ROUTE : Counter.DROPPED_NEIGHBOUR_TABLE;
            emitter.refuse(mbuf, disposition, reason);
        }
    }
}
