package io.twoarm.director.report;

import java.util.Locale;

/**
 * The names of everything that can happen to a packet, with the sentence that explains each.
 *
 * <p>Every packet received ends in exactly one counter of a {@linkplain Kind#isDisposition() disposition} kind, or still
 * waits ({@link #WAITING}, {@link #REASSEMBLING}).
 */
public enum Counter {
    RECEIVED(Kind.RECEIVED, "Packets that ports delivered."),

    FORWARDED_TO_REALSERVER(Kind.FORWARDED, "Packets of clients sent on to a realserver."),
    FORWARDED_TO_CLIENT(Kind.FORWARDED, "Packets of realservers sent on to a client."),
    FORWARDED_ICMP_ERROR(Kind.FORWARDED, "ICMP errors about a session, translated and sent on to its other side."),

    TRANSLATED_TO_IPV6(Kind.FORWARDED, "Packets sent on as IPv6 by SIIT or NAT64."),
    TRANSLATED_TO_IPV4(Kind.FORWARDED, "Packets sent on as IPv4 by SIIT or NAT64."),
    ANSWERED_ARP(Kind.ANSWERED, "ARP requests for an own address, answered."),
    ANSWERED_ND(Kind.ANSWERED, "Neighbour solicitations for an own address, answered."),
    ANSWERED_ECHO(Kind.ANSWERED, "Pings of an own address, answered."),
    ANSWERED_RESET(Kind.ANSWERED, "TCP segments that belong to no session, answered with a reset."),
    ANSWERED_SYN(Kind.ANSWERED, "SYNs to services with a SYN proxy, answered for the realserver."),
    ANSWERED_PORT_UNREACHABLE(Kind.ANSWERED, "UDP packets to an own address where no service is, answered by ICMP."),
    ANSWERED_NET_UNREACHABLE(Kind.ANSWERED, "Packets without a route to their realserver or client, answered by ICMP."),
    ANSWERED_TIME_EXCEEDED(
            Kind.ANSWERED, "Packets whose TTL ended here, or whose other fragments did not come, answered by ICMP."),
    ANSWERED_PARAMETER_PROBLEM(
            Kind.ANSWERED,
            "IPv6 packets with a header or an option that the director cannot follow, answered by ICMP."),
    ANSWERED_TOO_BIG(Kind.ANSWERED, "Packets larger than the next link allows and not to be cut, answered by ICMP."),

    PASSED_TO_KERNEL(Kind.PASSED, "Packets given to the kernel's twin of their port."),
    PASSED_TO_WORKER(
            Kind.PASSED,
            "Packets of NAT64, joined or half translated, given to the worker of the port that they need."),

    CONSUMED_ARP(Kind.CONSUMED, "ARP packets that were read and needed no answer."),
    CONSUMED_ND(Kind.CONSUMED, "Neighbour discovery messages that were read and needed no answer."),
    CONSUMED_HEALTH(Kind.CONSUMED, "Segments that belong to a health check of the director."),
    CONSUMED_FRAGMENT(
            Kind.CONSUMED, "Fragments that were joined to a packet, less one each, which counts for the packet."),

    DROPPED_RUNT(Kind.DROPPED, "Frames shorter than their Ethernet header."),
    DROPPED_FOREIGN_MAC(Kind.DROPPED, "Frames to another station's Ethernet address."),
    DROPPED_VLAN(Kind.DROPPED, "Frames whose VLAN tag is that of no interface, or within another one."),
    DROPPED_ETHER_TYPE(Kind.DROPPED, "Frames that are neither IP nor ARP."),
    DROPPED_MULTICAST(
            Kind.DROPPED, "Packets to a broadcast or multicast address that the director does not listen to."),
    DROPPED_ARP_MALFORMED(Kind.DROPPED, "ARP packets that are cut short or not about IPv4 over Ethernet."),
    DROPPED_ARP_FOREIGN(Kind.DROPPED, "ARP requests for addresses of others."),
    DROPPED_ND_MALFORMED(Kind.DROPPED, "Neighbour discovery messages that break a rule of RFC 4861."),
    DROPPED_ND_FOREIGN(Kind.DROPPED, "Neighbour solicitations for addresses of others."),
    DROPPED_IP_MALFORMED(Kind.DROPPED, "IP headers with a wrong version, length or checksum, or cut short."),
    DROPPED_IP_SOURCE(Kind.DROPPED, "Packets whose source address no other host can have."),
    DROPPED_IP_OPTIONS(
            Kind.DROPPED,
            "Packets with an IPv4 source route to follow, or with an IPv6 option that asks to be dropped."),
    DROPPED_FRAGMENT_MALFORMED(Kind.DROPPED, "Fragments whose length or place cannot be."),
    DROPPED_FRAGMENT_DUPLICATE(Kind.DROPPED, "Fragments that had come before."),
    DROPPED_FRAGMENT_OVERLAP(Kind.DROPPED, "Fragments of packets whose fragments overlap (RFC 5722)."),
    DROPPED_FRAGMENT_TIMEOUT(Kind.DROPPED, "Fragments whose packet did not become whole in time."),
    DROPPED_FRAGMENT_LIMIT(Kind.DROPPED, "Fragments that had to make room, or found none."),
    DROPPED_NOT_LOCAL(Kind.DROPPED, "Packets to an address that is not the director's."),
    DROPPED_DENIED(Kind.DROPPED, "First packets of flows that an access list of their service refuses."),
    DROPPED_NO_BINDING(
            Kind.DROPPED,
            "Packets to a port of NAT64's pool that no host has, or that its filter, or that of a mapped port of SNAT, keeps out."),
    DROPPED_UNTRANSLATABLE(
            Kind.DROPPED, "Packets to be translated whose source, or an address that they quote, has no counterpart."),
    DROPPED_CONNECTION_RATE(Kind.DROPPED, "First packets of flows beyond the connection rate of their service."),
    DROPPED_TRAFFIC_LIMIT(Kind.DROPPED, "Packets beyond the bits or packets per second of their service."),
    DROPPED_SYN_PROXY(
            Kind.DROPPED,
            "Segments of a connection whose realserver the SYN proxy has still to hear from, or of its past."),
    DROPPED_PROTOCOL(Kind.DROPPED, "Packets of an IP protocol that no service has."),
    DROPPED_L4_MALFORMED(
            Kind.DROPPED, "TCP, UDP or ICMP headers that are cut short or contradict the packet's length."),
    DROPPED_L4_CHECKSUM(Kind.DROPPED, "TCP segments of no session whose checksum is wrong."),
    DROPPED_TTL(Kind.DROPPED, "Packets whose TTL ended here and that may not be answered, or too many of them."),
    DROPPED_TOO_BIG(Kind.DROPPED, "Packets larger than the next link allows that could not be answered."),
    DROPPED_NO_ROUTE(Kind.DROPPED, "Packets without a route that could not be answered."),
    DROPPED_NO_NEIGHBOUR(Kind.DROPPED, "Packets whose next hop does not tell its Ethernet address."),
    DROPPED_NEIGHBOUR_QUEUE(Kind.DROPPED, "Packets that found the queue of an unresolved next hop full."),
    DROPPED_NEIGHBOUR_TABLE(Kind.DROPPED, "Packets whose next hop found no room in the neighbour table."),
    DROPPED_NO_SESSION(
            Kind.DROPPED,
            "TCP and UDP packets that belong to no session, when too many for an answer; those of SCTP to a service."),
    DROPPED_STRAY_RESET(Kind.DROPPED, "TCP resets that belong to no session."),
    DROPPED_NO_REALSERVER(Kind.DROPPED, "First packets of UDP and ICMP flows while no realserver can take them."),
    DROPPED_NO_LOCAL_PORT(
            Kind.DROPPED, "First packets of flows while all local ports towards the realserver are used."),
    DROPPED_FLOW_COLLISION(
            Kind.DROPPED,
            "First packets of NAT flows whose answers could not be told from those of another flow of the client."),
    DROPPED_SESSIONS_FULL(Kind.DROPPED, "First packets of flows while the session table is full."),
    DROPPED_ECHO_REPLY(Kind.DROPPED, "Ping answers that nothing waits for."),
    DROPPED_ICMP_MALFORMED(Kind.DROPPED, "ICMP messages with a wrong checksum or an unreadable quoted packet."),
    DROPPED_ICMP_UNRELATED(Kind.DROPPED, "ICMP errors about packets of no session."),
    DROPPED_ICMP_TYPE(Kind.DROPPED, "ICMP messages of a kind that the director does not handle."),
    DROPPED_NO_BUFFER(Kind.DROPPED, "Packets to be cut while too few buffers were free."),
    DROPPED_HANDOVER(Kind.DROPPED, "Packets of another worker that found its ring full, or whose worker was changing."),
    DROPPED_KERNEL_RATE(Kind.DROPPED, "Packets for the kernel, when there were too many of their kind."),
    DROPPED_KERNEL_QUEUE(Kind.DROPPED, "Packets for the kernel that found its queue full."),
    DROPPED_TRANSMIT(Kind.DROPPED, "Packets that the outgoing port could not take."),

    WAITING(Kind.GAUGE, "Packets that wait at this moment for the Ethernet address of their next hop."),
    REASSEMBLING(Kind.GAUGE, "Fragments that wait at this moment for the rest of their packet."),

    SENT_ARP_REQUEST(Kind.ORIGINATED, "ARP requests of the director."),
    SENT_GRATUITOUS_ARP(Kind.ORIGINATED, "Announcements of own IPv4 addresses."),
    SENT_SOLICITATION(Kind.ORIGINATED, "Neighbour solicitations of the director."),
    SENT_ADVERTISEMENT(Kind.ORIGINATED, "Announcements of own IPv6 addresses."),
    SENT_EXPIRY_RESET(Kind.ORIGINATED, "Resets to both sides of an established session that expired."),
    SENT_SYN_PROXY(Kind.ORIGINATED, "Segments that the SYN proxy sent to realservers in a client's name."),
    SENT_PROBE(Kind.ORIGINATED, "Segments of NAT64 that ask whether a silent connection is there."),
    SENT_HEALTH(Kind.ORIGINATED, "Segments of the director's health checks."),
    SENT_FROM_KERNEL(Kind.ORIGINATED, "Frames that the kernel sent by its twins of the ports."),
    SENT_FRAGMENT(
            Kind.ORIGINATED,
            "Fragments of packets that were cut, but for the first of each, which counts for the packet."),
    LOST_ORIGINATED(Kind.ORIGINATED, "Packets made by the director that the port or the neighbour queue refused."),

    SESSIONS_CREATED(Kind.EVENT, "Sessions set up."),
    SESSIONS_EXPIRED(Kind.EVENT, "Sessions ended because they were idle."),
    SESSIONS_REUSED(Kind.EVENT, "Sessions that a client opened again with the same ports."),
    REASSEMBLED(Kind.EVENT, "Packets of which all fragments came."),
    CUT(Kind.EVENT, "Packets that were cut into fragments."),
    RESET_NO_REALSERVER(Kind.EVENT, "TCP connections refused because no realserver could take them."),
    TOA_INSERTED(Kind.EVENT, "Segments that got the client's address."),
    TOA_NO_ROOM(Kind.EVENT, "Segments forwarded without the client's address because header or link had no room."),
    TOA_PRUNED(Kind.EVENT, "Segments that lost other TCP options to make room for the client's address."),
    TOA_FORGED(
            Kind.EVENT, "Segments of clients that came with an option that claims a client address; it was removed."),
    PROXY_HEADERS(Kind.EVENT, "Packets of clients that got a header of the PROXY protocol."),
    FTP_ANNOUNCED(Kind.EVENT, "Ports for data that FTP servers or clients have announced to each other."),
    FTP_CONNECTED(Kind.EVENT, "Connections to such a port."),
    MSS_LOWERED(Kind.EVENT, "Answers of realservers whose segment size was lowered to leave room."),
    TIMESTAMPS_REMOVED(Kind.EVENT, "Connection requests whose timestamp option was removed."),
    LOCAL_PORTS_EXHAUSTED(Kind.EVENT, "Searches for a local port that found none."),
    ARP_CONFLICTS(Kind.EVENT, "ARP packets of another station that uses an own address."),
    ND_CONFLICTS(Kind.EVENT, "Neighbour advertisements of another station that uses an own address."),
    ADDRESSES_REFUSED(Kind.EVENT, "Own IPv6 addresses that are not used because another station has them."),
    NEIGHBOURS_LOST(Kind.EVENT, "Neighbours that stopped answering."),
    BUFFERS_EXHAUSTED(Kind.EVENT, "Packets that the director wanted to make while no buffer was free."),
    HEALTH_PASSED(Kind.EVENT, "Health checks that succeeded."),
    HEALTH_FAILED(Kind.EVENT, "Health checks that failed."),
    HANDED_OVER(Kind.EVENT, "Packets given to the worker that they belong to; that one counts them as received."),
    COPIED(Kind.EVENT, "Copies of ARP and neighbour messages for other workers; these count them as received."),
    COPIED_TO_KERNEL(
            Kind.EVENT, "Copies of ARP and neighbour messages for the kernel, and of all frames if asked for."),
    REFUSED_FROM_KERNEL(
            Kind.EVENT, "Frames of the kernel that are too large or not from the port's Ethernet address; not sent."),
    REPORTS_LOST(Kind.EVENT, "Reports to the control thread that found its queue full.");

    /** What a counter counts. */
    public enum Kind {
        RECEIVED,
        FORWARDED,
        ANSWERED,
        CONSUMED,
        /** Given to the kernel, or to another worker, which counts it as received once more. */
        PASSED,
        DROPPED,
        /** Packets that the director made itself; no part of the balance. */
        ORIGINATED,
        /** Things that happened beside; no part of the balance. */
        EVENT,
        /** A number that goes up and down. */
        GAUGE;

        /** Whether a received packet ends here. */
        public boolean isDisposition() {
            return switch (this) {
                case FORWARDED, ANSWERED, CONSUMED, PASSED, DROPPED -> true;
                case RECEIVED, ORIGINATED, EVENT, GAUGE -> false;
            };
        }
    }

    private final Kind kind;
    private final String sentence;
    private final String label;

    Counter(Kind kind, String sentence) {
        this.kind = kind;
        this.sentence = sentence;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    public Kind kind() {
        return kind;
    }

    /** What it means, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** Its name in listings: lower case with underscores. */
    public String label() {
        return label;
    }
}
