package io.twoarm.director.configuration;

import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.TcpTimeouts;
import io.twoarm.config.dpvs.UdpTimeouts;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.Timeouts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The idle times of {@code dpvs.conf} by session state. */
final class SessionTimeouts {
    private SessionTimeouts() {}

    static Timeouts of(DpvsConf conf) {
        TcpTimeouts tcp = conf.tcpTimeouts();
        UdpTimeouts udp = conf.udpTimeouts();
        Map<SessionState, Integer> seconds = new EnumMap<>(SessionState.class);
        seconds.put(SessionState.NONE, tcp.none());
        seconds.put(SessionState.ESTABLISHED, tcp.established());
        seconds.put(SessionState.SYN_SENT, tcp.synSent());
        seconds.put(SessionState.SYN_RECV, tcp.synRecv());
        seconds.put(SessionState.FIN_WAIT, tcp.finWait());
        seconds.put(SessionState.TIME_WAIT, tcp.timeWait());
        seconds.put(SessionState.CLOSE, tcp.close());
        seconds.put(SessionState.CLOSE_WAIT, tcp.closeWait());
        seconds.put(SessionState.LAST_ACK, tcp.lastAck());
        seconds.put(SessionState.LISTEN, tcp.listen());
        seconds.put(SessionState.SYNACK, tcp.synAck());
        seconds.put(SessionState.UDP_ONEWAY, udp.oneWay());
        seconds.put(SessionState.UDP_NORMAL, udp.normal());
        Map<SessionState, Duration> times = new EnumMap<>(SessionState.class);
        seconds.forEach((state, time) -> times.put(state, Duration.ofSeconds(time)));
        return new Timeouts(times);
    }
}
