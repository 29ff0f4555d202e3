package io.twoarm.director.service;

/**
 * Layout of a realserver's figures in native memory: one cache line, each an i64.
 *
 * <pre>
 *  0  packets of clients
 *  8  their bytes
 * 16  packets of the realserver
 * 24  their bytes
 * 32  connections since start
 * 40  sessions now
 * 48  active ones of them
 * 56  1 where the traffic of the service has a limit, 0 where it has none
 * </pre>
 */
public final class RealserverRecord {
    public static final int PACKETS_IN_OFFSET = 0;
    public static final int BYTES_IN_OFFSET = 8;
    public static final int PACKETS_OUT_OFFSET = 16;
    public static final int BYTES_OUT_OFFSET = 24;
    static final int CONNECTIONS_OFFSET = 32;
    static final int SESSIONS_OFFSET = 40;
    static final int ACTIVE_OFFSET = 48;
    public static final int LIMITED_OFFSET = 56;
    public static final int SIZE = 64;

    private RealserverRecord() {}
}
