package io.twoarm.director.session;

import static io.twoarm.director.session.SessionState.CLOSE;
import static io.twoarm.director.session.SessionState.CLOSE_WAIT;
import static io.twoarm.director.session.SessionState.ESTABLISHED;
import static io.twoarm.director.session.SessionState.FIN_WAIT;
import static io.twoarm.director.session.SessionState.LAST_ACK;
import static io.twoarm.director.session.SessionState.LISTEN;
import static io.twoarm.director.session.SessionState.SYN_RECV;
import static io.twoarm.director.session.SessionState.SYN_SENT;
import static io.twoarm.director.session.SessionState.TIME_WAIT;

import io.twoarm.director.packet.TcpHeader;

/**
 * How a TCP segment changes a session's state, as in IPVS and DPVS. Of a segment's flags the first of RST, SYN, FIN, ACK
 * counts; one without any changes nothing. Columns of the tables are the states in the order of {@link SessionState}.
 * Where only the client is heard, its segments stand for both sides.
 */
public final class TcpTransitions {
    /** The direction of a client's segments where the realserver's do not come by. */
    public static final int CLIENT_ALONE = 2;

    private static final int DIRECTIONS = 3;
    private static final int FLAG_SETS = 64;
    private static final int STATES = 16;
    private static final SessionState[] ALL = SessionState.values();

    private static final SessionState[] CLIENT_SYN = {
        SYN_RECV,
        ESTABLISHED,
        ESTABLISHED,
        SYN_RECV,
        SYN_RECV,
        SYN_RECV,
        SYN_RECV,
        SYN_RECV,
        SYN_RECV,
        SYN_RECV,
        SYN_RECV
    };
    private static final SessionState[] CLIENT_FIN = {
        CLOSE, CLOSE_WAIT, SYN_SENT, TIME_WAIT, TIME_WAIT, TIME_WAIT, CLOSE, CLOSE_WAIT, LAST_ACK, LISTEN, TIME_WAIT
    };
    private static final SessionState[] CLIENT_ACK = {
        CLOSE, ESTABLISHED, SYN_SENT, ESTABLISHED, FIN_WAIT, TIME_WAIT, CLOSE, CLOSE_WAIT, CLOSE, LISTEN, ESTABLISHED
    };
    private static final SessionState[] CLIENT_RST = {
        CLOSE, CLOSE, CLOSE, SYN_RECV, CLOSE, CLOSE, CLOSE, CLOSE, LAST_ACK, LISTEN, SYN_RECV
    };
    private static final SessionState[] ALONE_FIN = {
        CLOSE, FIN_WAIT, SYN_SENT, TIME_WAIT, FIN_WAIT, TIME_WAIT, CLOSE, CLOSE_WAIT, LAST_ACK, LISTEN, TIME_WAIT
    };
    private static final SessionState[] ALONE_ACK = {
        ESTABLISHED,
        ESTABLISHED,
        SYN_SENT,
        ESTABLISHED,
        FIN_WAIT,
        TIME_WAIT,
        CLOSE,
        CLOSE_WAIT,
        CLOSE,
        LISTEN,
        ESTABLISHED
    };
    private static final SessionState[] SERVER_SYN = {
        SYN_SENT, ESTABLISHED, SYN_SENT, SYN_RECV, SYN_SENT, SYN_SENT, SYN_SENT, SYN_SENT, SYN_SENT, LISTEN, SYN_RECV
    };
    private static final SessionState[] SERVER_FIN = {
        TIME_WAIT, FIN_WAIT, SYN_SENT, TIME_WAIT, FIN_WAIT, TIME_WAIT, CLOSE, TIME_WAIT, LAST_ACK, LISTEN, TIME_WAIT
    };
    private static final SessionState[] SERVER_ACK = {
        ESTABLISHED,
        ESTABLISHED,
        SYN_SENT,
        ESTABLISHED,
        FIN_WAIT,
        TIME_WAIT,
        CLOSE,
        CLOSE_WAIT,
        LAST_ACK,
        ESTABLISHED,
        ESTABLISHED
    };
    private static final SessionState[] SERVER_RST = {
        CLOSE, CLOSE, SYN_SENT, CLOSE, CLOSE, TIME_WAIT, CLOSE, CLOSE, CLOSE, CLOSE, CLOSE
    };

    private static final byte[] TABLE = new byte[DIRECTIONS * STATES * FLAG_SETS];

    static {
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            for (int state = 0; state < STATES; state++) {
                for (int flags = 0; flags < FLAG_SETS; flags++) {
                    TABLE[at(direction, state, flags)] = (byte) entry(direction, state, flags);
                }
            }
        }
    }

    private TcpTransitions() {}

    private static int at(int direction, int state, int flags) {
        return (direction << 4 | state) << 6 | flags & FLAG_SETS - 1;
    }

    private static int entry(int direction, int state, int flags) {
        boolean server = direction == SessionTable.FROM_SERVER;
        boolean alone = direction == CLIENT_ALONE;
        SessionState[] row;
        if ((flags & TcpHeader.RST) != 0) {
            row = server ? SERVER_RST : CLIENT_RST;
        } else if ((flags & TcpHeader.SYN) != 0) {
            row = server ? SERVER_SYN : CLIENT_SYN;
        } else if ((flags & TcpHeader.FIN) != 0) {
            row = server ? SERVER_FIN : alone ? ALONE_FIN : CLIENT_FIN;
        } else if ((flags & TcpHeader.ACK) != 0) {
            row = server ? SERVER_ACK : alone ? ALONE_ACK : CLIENT_ACK;
        } else {
            return state;
        }
        return state < row.length ? row[state].ordinal() : state;
    }

    /**
     * The state after a segment.
     *
     * @param direction {@link SessionTable#FROM_CLIENT}, {@link SessionTable#FROM_SERVER} or {@link #CLIENT_ALONE}
     * @param state ordinal of the present {@link SessionState}
     * @param flags TCP flags
     * @return ordinal of the next one
     */
    public static int next(int direction, int state, int flags) {
        return TABLE[at(direction, state, flags)];
    }

    /** The state after a segment. */
    public static SessionState next(int direction, SessionState state, int flags) {
        return ALL[next(direction, state.ordinal(), flags)];
    }
}
