package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.BURST;
import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.forward.PrewarmScene.Change;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import java.util.Arrays;

/**
 * TCP connections of a {@link PrewarmScene} from beginning to end: options of all kinds, much data in both directions, ends
 * of all kinds, the same ports again.
 */
final class PrewarmConnection {
    private static final int ACK = TcpHeader.ACK;
    private static final int PSH_ACK = TcpHeader.PSH | TcpHeader.ACK;
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int CLIENT_START = 1000;
    private static final int SERVER_START = 5000;
    private static final int DATA_BURSTS = 8;
    private static final int PAYLOAD = 100;
    private static final byte[] NONE = {};
    private static final byte[] SYN_OPTIONS = {2, 4, 5, -76, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7};
    private static final byte[] ANSWER_OPTIONS = {2, 4, 5, -76, 1, 1, 4, 2};
    private static final byte[] SACK_OPTIONS = {1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 9};
    private static final byte[] FORGED_OPTIONS = {-2, 8, 0, 1, 1, 2, 3, 4};
    private static final byte[] BROKEN_OPTIONS = {1, 30, 0, 1};
    private static final byte[] MANY_OPTIONS = new byte[40];

    static {
        Arrays.fill(MANY_OPTIONS, (byte) TcpOptions.NOP);
    }

    private final PrewarmScene scene;
    private final int clientPort;
    private final int servicePort;
    private int localPort;
    private int serverAcknowledges;

    private PrewarmConnection(PrewarmScene scene, int servicePort, int clientPort) {
        this.scene = scene;
        this.servicePort = servicePort;
        this.clientPort = clientPort;
    }

    /** Lets connections to a service begin, work and end. */
    static void run(PrewarmScene scene, int servicePort) {
        for (int i = 0; i < 3; i++) {
            PrewarmConnection connection = open(scene, servicePort, 8000 + i);
            connection.beginnings();
            connection.data();
            connection.oddities();
            switch (i) {
                case 0 -> connection.fromClient(1, TcpHeader.RST, 0, NONE, 0, Change.NONE);
                case 1 -> connection.fromServer(1, TcpHeader.RST | ACK, NONE, 0, Change.NONE);
                default -> connection.close();
            }
            open(scene, servicePort, 8000 + i).close();
            scene.pass(200_000);
        }
    }

    /** Opens a connection up to the third segment. */
    static PrewarmConnection open(PrewarmScene scene, int servicePort, int clientPort) {
        PrewarmConnection connection = new PrewarmConnection(scene, servicePort, clientPort);
        scene.tcp(
                WAN,
                1,
                CLIENT,
                clientPort,
                VIP,
                servicePort,
                TcpHeader.SYN,
                CLIENT_START,
                0,
                SYN_OPTIONS,
                0,
                Change.NONE);
        connection.localPort = scene.lastLocalPort();
        connection.serverAcknowledges = scene.lastSequence() + 1;
        scene.tcp(
                LAN,
                1,
                REALSERVER,
                servicePort,
                LIP,
                connection.localPort,
                SYN_ACK,
                SERVER_START,
                connection.serverAcknowledges,
                ANSWER_OPTIONS,
                0,
                Change.NONE);
        connection.fromClient(1, ACK, SERVER_START + 1, NONE, 0, Change.NONE);
        return connection;
    }

    private void fromClient(int count, int flags, int acknowledgment, byte[] options, int payload, Change change) {
        int sequence = CLIENT_START + 1;
        scene.tcp(
                WAN,
                count,
                CLIENT,
                clientPort,
                VIP,
                servicePort,
                flags,
                sequence,
                acknowledgment,
                options,
                payload,
                change);
    }

    private void fromServer(int count, int flags, byte[] options, int payload, Change change) {
        int sequence = SERVER_START + 1;
        scene.tcp(
                LAN,
                count,
                REALSERVER,
                servicePort,
                LIP,
                localPort,
                flags,
                sequence,
                serverAcknowledges,
                options,
                payload,
                change);
    }

    /** Segments that carry the client's address, where the service wants it. */
    private void beginnings() {
        int first = SERVER_START + 1;
        fromClient(4, PSH_ACK, first, NONE, PAYLOAD, Change.NONE);
        fromClient(1, PSH_ACK, first, SACK_OPTIONS, PAYLOAD, Change.NONE);
        fromClient(1, PSH_ACK, first, MANY_OPTIONS, PAYLOAD, Change.NONE);
        fromClient(1, PSH_ACK, first, NONE, 1360, Change.NONE);
        fromClient(1, PSH_ACK, first, FORGED_OPTIONS, PAYLOAD, Change.NONE);
        fromClient(1, PSH_ACK, first, BROKEN_OPTIONS, PAYLOAD, Change.NONE);
    }

    private void data() {
        for (int i = 0; i < DATA_BURSTS; i++) {
            dataBothWays();
        }
    }

    /** A full burst of the client and one of the realserver. */
    void dataBothWays() {
        fromClient(BURST, ACK, SERVER_START + 2, NONE, PAYLOAD, Change.NONE);
        fromServer(BURST, PSH_ACK, NONE, PAYLOAD, Change.NONE);
    }

    private void oddities() {
        int later = SERVER_START + 2;
        fromServer(2, ACK, SACK_OPTIONS, 0, Change.NONE);
        fromClient(1, ACK, later, NONE, 0, frame -> PrewarmKind.putTtl(frame, 1));
        fromClient(1, ACK, later, NONE, 1400, Change.NONE);
        fromClient(1, ACK, later, NONE, 1400, frame -> PrewarmKind.allowCutting(frame));
        fromServer(1, SYN_ACK, ANSWER_OPTIONS, 0, Change.NONE);
        int server = servicePort;
        scene.icmp(
                LAN,
                REALSERVER,
                LIP,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, LIP, REALSERVER, 6, localPort, server));
        scene.icmp(
                WAN,
                CLIENT,
                VIP,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, VIP, CLIENT, 6, server, clientPort));
    }

    private void close() {
        fromClient(1, FIN_ACK, SERVER_START + 1, NONE, 0, Change.NONE);
        fromServer(1, FIN_ACK, NONE, 0, Change.NONE);
        fromClient(1, ACK, SERVER_START + 2, NONE, 0, Change.NONE);
    }
}
