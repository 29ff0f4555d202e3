package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.TcpHeader;
import java.nio.charset.StandardCharsets;

/** Control connections of FTP on which ports are announced, and clients that connect to them. */
final class PrewarmFtp {
    private static final byte[] NO_OPTIONS = {};
    private static final int DATA = EthernetHeader.SIZE + Ipv4Header.SIZE + TcpHeader.SIZE;
    private static final int CLIENT_PORT = 8000;
    private static final int HIGH_BYTE = 200;
    private static final int START = 9000;
    private static final int DATA_PORT = PassiveFtp.CONTROL_PORT - 1;

    private static final int NONE = -1;

    private PrewarmFtp() {}

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        toServer(scene, PassiveFtp.CONTROL_PORT, TcpHeader.SYN, 1);
        int local = scene.lastLocalPort();
        int next = scene.lastSequence() + 1;
        say(scene, local, TcpHeader.SYN | TcpHeader.ACK, next, "");
        toServer(scene, PassiveFtp.CONTROL_PORT, TcpHeader.ACK, 2);
        for (int i = 0; i < 4; i++) {
            say(scene, local, TcpHeader.ACK, next, "220 ready\r\n");
            say(scene, local, TcpHeader.ACK, next, "227 Passive (198,51,100,10," + HIGH_BYTE + "," + i + ").\r\n");
            say(scene, local, TcpHeader.ACK, next, "229 Extended (|||" + (HIGH_BYTE * 256 + 4 + i) + "|)\r\n");
            toServer(scene, HIGH_BYTE * 256 + i, TcpHeader.SYN, 1);
            toServer(scene, HIGH_BYTE * 256 + 4 + i, TcpHeader.SYN, 1);
        }
        active(scene, local);
        scene.pass(1_000_000);
    }

    /** The client announces ports, and the realserver connects to what it is told. */
    private static void active(PrewarmScene scene, int local) {
        for (int i = 0; i < 4; i++) {
            String port = HIGH_BYTE + "," + i;
            clientSays(scene, 2 + 100 * i, "PORT 203,0,113,9," + port + "\r\n");
            int told = announced(scene);
            if (told == NONE) {
                // The tables are full from a round before, so there is no connection for commands.
                return;
            }
            clientSays(scene, 2 + 100 * i, "PORT 203,0,113,9," + port + "\r\n");
            say(scene, local, TcpHeader.ACK, scene.lastSequence() + 100, "200 told\r\n");
            data(scene, told, TcpHeader.SYN, 1);
            clientAnswers(scene, HIGH_BYTE * 256 + i, TcpHeader.SYN | TcpHeader.ACK);
            data(scene, told, TcpHeader.ACK, 2);
            clientAnswers(scene, HIGH_BYTE * 256 + i, TcpHeader.FIN | TcpHeader.ACK);
            clientSays(scene, 50 + 100 * i, "EPRT |1|203.0.113.9|" + (HIGH_BYTE * 256 + 9) + "|\r\n");
        }
    }

    /** The port in the command that the realserver got last, or {@link #NONE} where it got none. */
    private static int announced(PrewarmScene scene) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; DATA + i < PrewarmPort.KEPT && Mem.getByte(scene.lan.last() + DATA + i) != '\r'; i++) {
            text.append((char) Mem.getByte(scene.lan.last() + DATA + i));
        }
        String[] numbers = text.toString().split(",");
        return numbers.length == 6 ? Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5]) : NONE;
    }

    private static void clientSays(PrewarmScene scene, int sequence, String line) {
        byte[] text = line.getBytes(StandardCharsets.US_ASCII);
        int port = PassiveFtp.CONTROL_PORT;
        scene.tcp(
                WAN,
                1,
                CLIENT,
                CLIENT_PORT,
                VIP,
                port,
                TcpHeader.ACK,
                sequence,
                START + 1,
                NO_OPTIONS,
                text.length,
                writing(text));
    }

    private static void clientAnswers(PrewarmScene scene, int port, int flags) {
        PrewarmScene.Change none = PrewarmScene.Change.NONE;
        scene.tcp(WAN, 1, CLIENT, port, VIP, DATA_PORT, flags, 1, 2, NO_OPTIONS, 0, none);
    }

    private static void data(PrewarmScene scene, int local, int flags, int sequence) {
        PrewarmScene.Change none = PrewarmScene.Change.NONE;
        scene.tcp(LAN, 1, REALSERVER, DATA_PORT, LIP, local, flags, sequence, 2, NO_OPTIONS, 0, none);
    }

    private static PrewarmScene.Change writing(byte[] text) {
        return frame -> {
            for (int i = 0; i < text.length; i++) {
                Mem.putByte(frame + DATA + i, text[i]);
            }
        };
    }

    private static void toServer(PrewarmScene scene, int port, int flags, int sequence) {
        PrewarmScene.Change none = PrewarmScene.Change.NONE;
        scene.tcp(WAN, 1, CLIENT, CLIENT_PORT, VIP, port, flags, sequence, START + 1, NO_OPTIONS, 0, none);
    }

    private static void say(PrewarmScene scene, int local, int flags, int acknowledgment, String line) {
        byte[] text = line.getBytes(StandardCharsets.US_ASCII);
        int sequence = (flags & TcpHeader.SYN) != 0 ? START : START + 1;
        int port = PassiveFtp.CONTROL_PORT;
        PrewarmScene.Change write = writing(text);
        scene.tcp(
                LAN, 1, REALSERVER, port, LIP, local, flags, sequence, acknowledgment, NO_OPTIONS, text.length, write);
    }
}
