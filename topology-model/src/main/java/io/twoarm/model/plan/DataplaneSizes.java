package io.twoarm.model.plan;

import io.twoarm.model.DataplaneSettings;

/**
 * How the memory of a dataplane is divided: an eighth for packet buffers, an eighth for sessions; the rest is for
 * queues, tables and DPDK itself.
 *
 * @param buffers packet buffers, a power of two minus one, 1023 to 134217727
 * @param sessions sessions at one time, a power of two minus one, 65535 to 16777215
 */
public record DataplaneSizes(int buffers, int sessions) {
    /** Bytes of a packet buffer: 128 of structure, 128 of headroom, 2048 of data, and the pool's own. */
    private static final long BUFFER_BYTES = 2432;

    /** Bytes of a session in both directions. */
    private static final long SESSION_BYTES = 96;

    private static final int LEAST_BUFFERS = 1023;
    private static final int MOST_BUFFERS = 134_217_727;
    private static final int LEAST_SESSIONS = 65_535;
    private static final int MOST_SESSIONS = 16_777_215;

    /** Buffers that wait in the queues of one worker on one port: descriptors of both directions. */
    private static final int QUEUED_BUFFERS = 1024 + 1024;

    /** The sizes for a director with so many ports. */
    public static DataplaneSizes of(DataplaneSettings settings, int ports) {
        long share = settings.memoryMegabytes() * 1024L * 1024 / 8;
        int affordable = powerOfTwoMinusOne(share / BUFFER_BYTES, LEAST_BUFFERS, MOST_BUFFERS);
        int needed = powerOfTwoMinusOne(2L * QUEUED_BUFFERS * settings.workers() * ports, LEAST_BUFFERS, MOST_BUFFERS);
        int sessions = powerOfTwoMinusOne(share / SESSION_BYTES, LEAST_SESSIONS, MOST_SESSIONS);
        return new DataplaneSizes(Math.max(affordable, needed), sessions);
    }

    private static int powerOfTwoMinusOne(long count, int least, int most) {
        long size = Long.highestOneBit(count + 1) - 1;
        return Math.clamp(size, least, most);
    }
}
