package io.twoarm.director.report;

/**
 * Something that an operator should hear of. The worker writes numbers into a {@link ReportRing}; whoever reads the ring
 * gets these.
 *
 * @param kind what happened
 * @param micros when, by the worker's clock
 * @param subject see {@link Kind}
 * @param detail see {@link Kind}
 */
public record Report(Kind kind, long micros, long subject, long detail) {

    /** What can be reported, and what the two numbers mean. */
    public enum Kind {
        /** subject: number of the realserver. */
        REALSERVER_UP,
        /** subject: number of the realserver. */
        REALSERVER_DOWN,
        /** subject: number of the realserver. */
        LOCAL_PORTS_EXHAUSTED,
        /** subject: sessions that the table holds. */
        SESSION_TABLE_FULL,
        /** subject: bindings of NAT64 that there are. */
        NAT64_BINDINGS_FULL,
        /** subject: sessions of NAT64 that there are. */
        NAT64_SESSIONS_FULL,
        /** subject: number of the own address, detail: Ethernet address of the station that uses it too. */
        ADDRESS_CONFLICT,
        /** subject: number of the own address, detail: Ethernet address of the station that had it before. */
        ADDRESS_REFUSED,
        /** subject: IPv4 address of the neighbour, detail: index of the port. */
        NEIGHBOUR_LOST,
        /** subject: first 64 bits of the neighbour's IPv6 address, detail: the others. */
        WIDE_NEIGHBOUR_LOST
    }
}
