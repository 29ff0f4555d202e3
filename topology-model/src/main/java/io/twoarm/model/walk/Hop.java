package io.twoarm.model.walk;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one host does with the packet, and the wire that it puts it on.
 *
 * @param host the host's name
 * @param arrivedBy the port that it came in by; empty where the flow or its answer begins
 * @param received the packet as it came in; where it begins, the packet as it is made
 * @param rule what the host does
 * @param because the same as a sentence, with the object that causes it
 * @param sent the packet as it goes on; empty where it ends
 * @param way how it goes on; empty where it ends
 */
public record Hop(
        Direction direction,
        String host,
        Optional<String> arrivedBy,
        Packet received,
        Rule rule,
        String because,
        Optional<Packet> sent,
        Optional<Way> way) {

    /** Which half of the flow. */
    public enum Direction {
        REQUEST,
        ANSWER;

        public String word() {
            return this == REQUEST ? "request" : "answer";
        }
    }

    /** What a host does with a packet. */
    public enum Rule {
        SEND("sends"),
        FORWARD("forwards"),
        FULLNAT("replaces both addresses"),
        NAT("replaces the destination"),
        DIRECT("replaces the MAC address"),
        TUNNEL("wraps"),
        SOURCE_NAT("replaces the source"),
        /** Between the families, besides services. */
        TRANSLATE("translates"),
        /** The session's translation, backwards. */
        RESTORE("restores the addresses"),
        DELIVER("receives"),
        UNWRAP("unwraps and receives"),
        STOP("stops");

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** Whether a director's session does it. */
        public boolean balances() {
            return switch (this) {
                case FULLNAT, NAT, DIRECT, TUNNEL, SOURCE_NAT, TRANSLATE, RESTORE -> true;
                case SEND, FORWARD, DELIVER, UNWRAP, STOP -> false;
            };
        }
    }

    /**
     * The way to the next host.
     *
     * @param port the port that the packet leaves by
     * @param segment the wire
     * @param mtu of the wire, in bytes
     * @param vlan the number that the frame leaves the port with, 1 to 4094; empty when it has none
     * @param route the destination of the route that decides
     * @param origin where that route comes from
     * @param nextHop the address whose MAC address is asked for
     * @param owner the host that has it
     * @param ownerPort its port on the wire
     * @param largest the largest IP packet of the flow on this wire, in bytes
     */
    public record Way(
            String port,
            String segment,
            int mtu,
            OptionalInt vlan,
            Prefix route,
            RouteOrigin origin,
            InetAddress nextHop,
            String owner,
            String ownerPort,
            int largest) {
        /** The port as a person writes it, with the number of its frames. */
        public String portText() {
            return vlan.isPresent() ? port + " (VLAN " + vlan.getAsInt() + ")" : port;
        }

        /** The route as a person writes it. */
        public String routeText() {
            String to = route.isDefault() ? "default" : route.toString();
            return switch (origin) {
                case CONNECTED -> to + " on-link";
                case STATIC -> to + " via " + IpLiteral.format(nextHop);
                case ANNOUNCED -> to + " announced by " + IpLiteral.format(nextHop);
            };
        }

        Way withLargest(int bytes) {
            return new Way(port, segment, mtu, vlan, route, origin, nextHop, owner, ownerPort, bytes);
        }
    }

    /** Where a route comes from. */
    public enum RouteOrigin {
        CONNECTED,
        STATIC,
        /** By BGP. */
        ANNOUNCED
    }

    Hop withLargest(int bytes) {
        return new Hop(direction, host, arrivedBy, received, rule, because, sent, way.map(it -> it.withLargest(bytes)));
    }
}
