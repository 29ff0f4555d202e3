package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.session.SessionRecords;

/**
 * What sessions that a SYN proxy began need besides their record: 32 bytes each, taken by blocks when sessions with such
 * numbers begin, and never given back.
 *
 * <pre>
 *  0  first          i32, the sequence number of the first byte that the client gets
 *  4  shift          i32, added to sequence numbers of the realserver; once it has answered
 *  8  client first   i32, the client's initial sequence number
 * 12  window         u16, as the client told it last before the realserver answered
 * 14  options        u8, see {@link io.twoarm.director.packet.SynOptions}
 * 15  server scale   i8, windows of the realserver are shifted left by so much, right if negative
 * 16  client scale   i8, windows of the client are shifted left by so much
 * 17  tries          u8, SYNs sent to the realserver
 * </pre>
 */
final class ProxiedSessions {
    static final int FIRST_OFFSET = 0;
    static final int SHIFT_OFFSET = 4;
    static final int CLIENT_FIRST_OFFSET = 8;
    static final int WINDOW_OFFSET = 12;
    static final int OPTIONS_OFFSET = 14;
    static final int SERVER_SCALE_OFFSET = 15;
    static final int CLIENT_SCALE_OFFSET = 16;
    static final int TRIES_OFFSET = 17;

    private static final int LARGEST_WINDOW = 65_535;
    private static final int SIZE_SHIFT = 5;
    private static final int BLOCK_SHIFT = 10;
    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;

    private final NativeMemory memory;
    private final SessionRecords sessions;
    private final long[] blocks;

    /** @param capacity numbers of sessions are below it */
    ProxiedSessions(NativeMemory memory, SessionRecords sessions, int capacity) {
        this.memory = memory;
        this.sessions = sessions;
        blocks = new long[(capacity >>> BLOCK_SHIFT) + 1];
    }

    /** Address of what belongs to a new session, all 0. */
    long begin(long session) {
        int block = sessions.number(session) >>> BLOCK_SHIFT;
        if (blocks[block] == 0) {
            blocks[block] = Mem.pointer(memory.allocate(1L << BLOCK_SHIFT + SIZE_SHIFT, 64));
        }
        long at = at(session);
        Mem.fill(at, 1L << SIZE_SHIFT, (byte) 0);
        return at;
    }

    /** Address of what belongs to a session that was begun here. */
    long at(long session) {
        int number = sessions.number(session);
        return Mem.pointer(blocks[number >>> BLOCK_SHIFT]) + ((long) (number & BLOCK_MASK) << SIZE_SHIFT);
    }

    /** Moves acknowledgment and window of a client's segment; returns how the sum under the checksum changes. */
    long shiftFromClient(long session, long tcp) {
        long at = at(session);
        return TcpHeader.shiftNumber(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET, -Mem.getInt(at + SHIFT_OFFSET))
                + scale(tcp, Mem.getByte(at + CLIENT_SCALE_OFFSET));
    }

    /** Moves sequence number and window of a realserver's segment; returns how the sum under the checksum changes. */
    long shiftFromServer(long session, long tcp) {
        long at = at(session);
        return TcpHeader.shiftNumber(tcp + TcpHeader.SEQUENCE_OFFSET, Mem.getInt(at + SHIFT_OFFSET))
                + scale(tcp, Mem.getByte(at + SERVER_SCALE_OFFSET));
    }

    private static long scale(long tcp, int left) {
        if (left == 0) {
            return 0;
        }
        long at = tcp + TcpHeader.WINDOW_OFFSET;
        int before = Mem.getUnsignedShortBE(at);
        int after = left > 0 ? Math.min(before << left, LARGEST_WINDOW) : before >>> -left;
        Mem.putShortBE(at, after);
        return (~InternetChecksum.word(before) & 0xffff) + InternetChecksum.word(after);
    }
}
