package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.packet.TcpHeader;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpTransitionsTest {
    private static final String[] STATES = {"NO", "ES", "SS", "SR", "FW", "TW", "CL", "CW", "LA", "LI", "SA"};
    private static final Map<String, Integer> FLAGS = Map.of(
            "syn",
            TcpHeader.SYN,
            "fin",
            TcpHeader.FIN,
            "ack",
            TcpHeader.ACK,
            "rst",
            TcpHeader.RST,
            "none",
            TcpHeader.PSH);

    private static int index(String state) {
        for (int i = 0; i < STATES.length; i++) {
            if (STATES[i].equals(state)) {
                return i;
            }
        }
        throw new IllegalArgumentException(state);
    }

    /** Rows as DPVS has them: the segment, then the state that follows each state in the order of the header. */
    @ParameterizedTest
    @CsvSource({
        "client, syn, SR ES ES SR SR SR SR SR SR SR SR",
        "client, fin, CL CW SS TW TW TW CL CW LA LI TW",
        "client, ack, CL ES SS ES FW TW CL CW CL LI ES",
        "client, rst, CL CL CL SR CL CL CL CL LA LI SR",
        "client, none, NO ES SS SR FW TW CL CW LA LI SA",
        "server, syn, SS ES SS SR SS SS SS SS SS LI SR",
        "server, fin, TW FW SS TW FW TW CL TW LA LI TW",
        "server, ack, ES ES SS ES FW TW CL CW LA ES ES",
        "server, rst, CL CL SS CL CL TW CL CL CL CL CL",
        "server, none, NO ES SS SR FW TW CL CW LA LI SA"
    })
    void statesFollowTheTable(String side, String flag, String row) {
        String[] next = row.split(" ");
        int direction = side.equals("client") ? SessionTable.FROM_CLIENT : SessionTable.FROM_SERVER;
        for (int state = 0; state < STATES.length; state++) {
            assertThat(TcpTransitions.next(direction, state, FLAGS.get(flag)))
                    .as(side + " " + flag + " in " + STATES[state])
                    .isEqualTo(index(next[state]));
        }
    }

    /** RST counts before SYN, SYN before FIN, FIN before ACK. */
    @ParameterizedTest
    @CsvSource({"rst, syn", "rst, fin", "rst, ack", "syn, fin", "syn, ack", "fin, ack"})
    void theFirstFlagInTheOrderCounts(String stronger, String weaker) {
        int both = FLAGS.get(stronger) | FLAGS.get(weaker);
        for (int direction = 0; direction < 2; direction++) {
            for (int state = 0; state < STATES.length; state++) {
                assertThat(TcpTransitions.next(direction, state, both))
                        .isEqualTo(TcpTransitions.next(direction, state, FLAGS.get(stronger)));
            }
        }
    }
}
