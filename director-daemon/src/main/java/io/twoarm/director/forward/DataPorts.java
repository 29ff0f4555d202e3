package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.session.LocalPorts;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionTable;
import io.twoarm.director.share.WorkerShare;

/**
 * Local ports for data connections of FTP. What a realserver sends from its data port leads to other workers than what it
 * sends from the service's, so these ports come from no pool: any will do that leads to this worker and that no session with
 * that port of the realserver has. Sessions tell them from ports of a pool by the realserver's port, which is not the
 * service's.
 */
final class DataPorts {
    private static final int MOST_TRIES = 512;
    private static final int ADDRESS = 16;

    private final SessionTable sessions;
    private final WideSessionTable wideSessions;
    private final WorkerShare share;
    private final long scratch;
    private int hand;

    DataPorts(WorkerTables tables, NativeMemory memory, SecretKey secret) {
        hand = LocalPorts.LOWEST + (int) ((secret.high() >>> 33) % LocalPorts.PER_POOL);
        sessions = tables.sessions;
        wideSessions = tables.wideSessions;
        share = tables.share;
        scratch = Mem.pointer(memory.allocate(2L * ADDRESS, 64));
    }

    /** A port of a local address towards a port of a realserver; 0 for none. IPv4 addresses are mapped ones. */
    int choose(long serverHigh, long serverLow, int serverPort, long localHigh, long localLow) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = hand;
            hand = hand == 65_535 ? LocalPorts.LOWEST : hand + 1;
            if (share.receives(serverHigh, serverLow, serverPort, localHigh, localLow, port)
                    && isFree(serverHigh, serverLow, localHigh, localLow, SessionRecord.joinPorts(serverPort, port))) {
                return port;
            }
        }
        return 0;
    }

    private boolean isFree(long serverHigh, long serverLow, long localHigh, long localLow, int ports) {
        int tcp = SessionRecord.PROTOCOL_TCP;
        if (Ipv6Address.isMapped(serverHigh, serverLow)) {
            long addresses =
                    SessionRecord.join(Integer.reverseBytes((int) serverLow), Integer.reverseBytes((int) localLow));
            return sessions.find(addresses, ports, tcp) == 0 && wideSessions.findFromIpv4(addresses, ports, tcp) == 0;
        }
        Ipv6Header.putAddress(scratch, serverHigh, serverLow);
        Ipv6Header.putAddress(scratch + ADDRESS, localHigh, localLow);
        return wideSessions.find(scratch, scratch + ADDRESS, ports, tcp) == 0;
    }
}
