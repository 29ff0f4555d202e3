package io.twoarm.director.packet;

/** The transport protocols that virtual services exist for, with their IANA protocol numbers. */
public enum Protocol {
    ICMP(1),
    TCP(6),
    UDP(17),
    SCTP(132),
    ICMPV6(58);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /** The value of IPv4's protocol field and IPv6's next header field. */
    public int number() {
        return number;
    }
}
