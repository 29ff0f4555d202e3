package io.twoarm.director.session;

import java.time.Duration;

/**
 * The state of a session: TCP's states as IPVS and DPVS name them, and those of UDP, ICMP and SCTP. The ordinal is what a
 * session record holds.
 */
public enum SessionState {
    NONE(2),
    ESTABLISHED(90),
    SYN_SENT(3),
    SYN_RECV(30),
    FIN_WAIT(7),
    TIME_WAIT(7),
    CLOSE(3),
    CLOSE_WAIT(7),
    LAST_ACK(7),
    LISTEN(120),
    SYNACK(30),
    /** UDP from the client, no answer yet. */
    UDP_ONEWAY(300),
    /** UDP in both directions. */
    UDP_NORMAL(300),
    /** ICMP echo. */
    ICMP_ECHO(300),
    /** A datagram that is a flow of its own, until its answer and a moment longer. */
    ONE_PACKET(5),
    /** SCTP's handshake. */
    SCTP_INIT(60),
    SCTP_ESTABLISHED(900),
    SCTP_SHUTDOWN(60),
    /** SCTP after its end or an abort. */
    SCTP_CLOSED(10);

    private final int defaultSeconds;

    SessionState(int defaultSeconds) {
        this.defaultSeconds = defaultSeconds;
    }

    public Duration defaultTimeout() {
        return Duration.ofSeconds(defaultSeconds);
    }
}
