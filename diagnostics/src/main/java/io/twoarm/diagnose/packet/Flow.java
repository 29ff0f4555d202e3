package io.twoarm.diagnose.packet;

/**
 * One direction of a conversation.
 *
 * @param protocol number of the transport protocol (IANA)
 */
public record Flow(int protocol, Endpoint source, Endpoint destination) {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;
    public static final int SCTP = 132;

    public Flow reversed() {
        return new Flow(protocol, destination, source);
    }

    @Override
    public String toString() {
        return source + " → " + destination;
    }
}
