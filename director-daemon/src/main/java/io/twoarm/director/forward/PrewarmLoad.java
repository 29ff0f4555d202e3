package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.BURST;
import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.PLAIN_PORT;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.SERVICE_PORT;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.packet.TcpHeader;

/** What a busy director does all day: segments and datagrams of sessions, in full bursts, and connections that begin. */
final class PrewarmLoad {
    private static final int BURSTS = 16;
    private static final int CONNECTIONS = 64;
    private static final int FIRST_PORT = 10_000;
    private static final byte[] NO_OPTIONS = {};

    private PrewarmLoad() {}

    /** @return nanoseconds for a packet in a full burst, with the making of it */
    static long run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        connections(scene);
        PrewarmConnection connection = PrewarmConnection.open(scene, PLAIN_PORT, FIRST_PORT);
        scene.udp(WAN, 1, CLIENT, FIRST_PORT, VIP, SERVICE_PORT, PrewarmScene.Change.NONE);
        int local = scene.lastLocalPort();
        long start = System.nanoTime();
        for (int i = 0; i < BURSTS; i++) {
            connection.dataBothWays();
        }
        long nanos = (System.nanoTime() - start) / (2 * BURSTS * BURST);
        for (int i = 0; i < BURSTS / 4; i++) {
            scene.udp(WAN, BURST, CLIENT, FIRST_PORT, VIP, SERVICE_PORT, PrewarmScene.Change.NONE);
            scene.udp(LAN, BURST, REALSERVER, SERVICE_PORT, LIP, local, PrewarmScene.Change.NONE);
        }
        PrewarmWideFlows.load(scene, BURST);
        scene.pass(400_000_000);
        return nanos;
    }

    private static void connections(PrewarmScene scene) {
        for (int i = 1; i <= CONNECTIONS; i++) {
            int port = FIRST_PORT + i;
            scene.tcp(
                    WAN,
                    1,
                    CLIENT,
                    port,
                    VIP,
                    PLAIN_PORT,
                    TcpHeader.SYN,
                    1,
                    0,
                    NO_OPTIONS,
                    0,
                    PrewarmScene.Change.NONE);
        }
    }
}
