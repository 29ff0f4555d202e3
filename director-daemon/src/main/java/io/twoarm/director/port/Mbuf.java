package io.twoarm.director.port;

import io.twoarm.director.memory.Mem;

/**
 * A packet buffer with the layout of DPDK's {@code struct rte_mbuf} (22.11; one segment).
 *
 * <pre>
 *   0  buf_addr   address of the buffer
 *  16  data_off   u16, start of the frame in the buffer (headroom before it)
 *  18  refcnt     u16
 *  20  nb_segs    u16
 *  22  port       u16
 *  24  ol_flags   u64, offload flags
 *  36  pkt_len    u32
 *  40  data_len   u16
 *  54  buf_len    u16
 * </pre>
 */
public final class Mbuf {
    public static final int BUF_ADDR_OFFSET = 0;
    public static final int DATA_OFF_OFFSET = 16;
    public static final int NB_SEGS_OFFSET = 20;
    public static final int PORT_OFFSET = 22;
    public static final int OL_FLAGS_OFFSET = 24;
    public static final int PKT_LEN_OFFSET = 36;
    public static final int DATA_LEN_OFFSET = 40;
    public static final int BUF_LEN_OFFSET = 54;

    /** Size of the structure itself, in bytes. */
    public static final int SIZE = 128;

    /** Free bytes before the frame of a fresh buffer. */
    public static final int HEADROOM = 128;

    private Mbuf() {}

    /** Address of the first byte of the Ethernet header. */
    public static long data(long mbuf) {
        return Mem.pointer(Mem.getLong(mbuf + BUF_ADDR_OFFSET)) + (Mem.getShort(mbuf + DATA_OFF_OFFSET) & 0xffff);
    }

    /** Length of the frame in bytes, without FCS. */
    public static int length(long mbuf) {
        return Mem.getShort(mbuf + DATA_LEN_OFFSET) & 0xffff;
    }

    public static void setLength(long mbuf, int bytes) {
        Mem.putInt(mbuf + PKT_LEN_OFFSET, bytes);
        Mem.putShort(mbuf + DATA_LEN_OFFSET, (short) bytes);
    }

    /** Moves the start of the frame towards the headroom (positive) and lengthens it by as much. */
    public static void prepend(long mbuf, int bytes) {
        Mem.putShort(mbuf + DATA_OFF_OFFSET, (short) (Mem.getShort(mbuf + DATA_OFF_OFFSET) - bytes));
        setLength(mbuf, length(mbuf) + bytes);
    }
}
