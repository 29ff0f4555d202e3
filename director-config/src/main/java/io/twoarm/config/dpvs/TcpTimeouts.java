package io.twoarm.config.dpvs;

/** Lifetimes of TCP sessions without a packet, in seconds, by state. */
public record TcpTimeouts(
        int none,
        int established,
        int synSent,
        int synRecv,
        int finWait,
        int timeWait,
        int close,
        int closeWait,
        int lastAck,
        int listen,
        int synAck,
        int last) {

    static TcpTimeouts of(Settings settings) {
        return new TcpTimeouts(
                settings.get(TcpKeywords.TCP_NONE_TIMEOUT),
                settings.get(TcpKeywords.TCP_ESTABLISHED_TIMEOUT),
                settings.get(TcpKeywords.TCP_SYN_SENT_TIMEOUT),
                settings.get(TcpKeywords.TCP_SYN_RECV_TIMEOUT),
                settings.get(TcpKeywords.TCP_FIN_WAIT_TIMEOUT),
                settings.get(TcpKeywords.TCP_TIME_WAIT_TIMEOUT),
                settings.get(TcpKeywords.TCP_CLOSE_TIMEOUT),
                settings.get(TcpKeywords.TCP_CLOSE_WAIT_TIMEOUT),
                settings.get(TcpKeywords.TCP_LAST_ACK_TIMEOUT),
                settings.get(TcpKeywords.TCP_LISTEN_TIMEOUT),
                settings.get(TcpKeywords.TCP_SYNACK_TIMEOUT),
                settings.get(TcpKeywords.TCP_LAST_TIMEOUT));
    }
}
