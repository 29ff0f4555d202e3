package io.twoarm.director;

/**
 * A way of a flow through the director of {@link EveryModeNetwork}.
 *
 * <p>The digits are the families: of the client and the realserver, or of what is within a tunnel and the tunnel itself.
 */
enum TrafficMode {
    FULLNAT_44("10.0.96.204", "192.168.229.204", true),
    FULLNAT_66("2001:db8:96::204", "2001:db8:229::204", true),
    FULLNAT_64("2001:db8:96::64", "192.168.229.204", false),
    FULLNAT_46("10.0.96.46", "2001:db8:229::204", false),
    PROXIED_44("10.0.96.211", "192.168.229.204", false),
    PROXIED_66("2001:db8:96::211", "2001:db8:229::204", false),
    PROXIED_64("2001:db8:96::212", "192.168.229.204", false),
    PROXIED_46("10.0.96.212", "2001:db8:229::204", false),
    NAT_44("10.0.96.205", Ends.CLIENT, true),
    NAT_66("2001:db8:96::205", Ends.CLIENT_SIX, true),
    ROUTE_44("10.0.96.206", Ends.CLIENT, true),
    ROUTE_66("2001:db8:96::206", Ends.CLIENT_SIX, true),
    TUNNEL_44("10.0.96.207", Ends.CLIENT, false),
    TUNNEL_66("2001:db8:96::207", Ends.CLIENT_SIX, false),
    TUNNEL_46("10.0.96.208", Ends.CLIENT, false),
    TUNNEL_64("2001:db8:96::208", Ends.CLIENT_SIX, false),
    SNAT_44(Ends.CLIENT, "10.0.96.210", true),
    SNAT_66(Ends.CLIENT_SIX, "2001:db8:96::210", true);

    /** Addresses of the host beyond the gateway. */
    private static final class Ends {
        static final String CLIENT = "172.16.0.1";
        static final String CLIENT_SIX = "2001:db8:172::1";
    }

    /** Where the flow is sent. */
    final String destination;

    /** Whom the server sees. */
    final String peer;

    /** Whether the kernel can do the same: by nftables, or, in place of direct routing, by a route. */
    final boolean kernelToo;

    TrafficMode(String destination, String peer, boolean kernelToo) {
        this.destination = destination;
        this.peer = peer;
        this.kernelToo = kernelToo;
    }

    String url() {
        return "http://" + (destination.contains(":") ? "[" + destination + "]" : destination);
    }

    /** Whether hosts behind the director begin, and the server is where clients are otherwise. */
    boolean outbound() {
        return this == SNAT_44 || this == SNAT_66;
    }

    /** Whether the realserver has the virtual address itself and answers past the director. */
    boolean answersPastDirector() {
        return name().startsWith("ROUTE") || name().startsWith("TUNNEL");
    }

    /** Whether a SYN proxy stands before the realserver. */
    boolean proxied() {
        return name().startsWith("PROXIED");
    }

    /** {@code lb_kind} in {@code keepalived.conf}. */
    String kind() {
        return switch (name().substring(0, name().length() - 3)) {
            case "FULLNAT", "PROXIED" -> "FNAT";
            case "ROUTE" -> "DR";
            case "TUNNEL" -> "TUN";
            case String same -> same;
        };
    }

    /** Address that the director sends to. */
    String realserver() {
        return name().endsWith("4") ? "192.168.229.1" : "2001:db8:229::1";
    }
}
