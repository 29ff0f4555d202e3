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
        scene.pass(1_000_000);
    }

    private static void toServer(PrewarmScene scene, int port, int flags, int sequence) {
        PrewarmScene.Change none = PrewarmScene.Change.NONE;
        scene.tcp(WAN, 1, CLIENT, CLIENT_PORT, VIP, port, flags, sequence, START + 1, NO_OPTIONS, 0, none);
    }

    private static void say(PrewarmScene scene, int local, int flags, int acknowledgment, String line) {
        byte[] text = line.getBytes(StandardCharsets.US_ASCII);
        int sequence = (flags & TcpHeader.SYN) != 0 ? START : START + 1;
        int port = PassiveFtp.CONTROL_PORT;
        PrewarmScene.Change write = frame -> {
            for (int i = 0; i < text.length; i++) {
                Mem.putByte(frame + DATA + i, text[i]);
            }
        };
        scene.tcp(
                LAN, 1, REALSERVER, port, LIP, local, flags, sequence, acknowledgment, NO_OPTIONS, text.length, write);
    }
}
