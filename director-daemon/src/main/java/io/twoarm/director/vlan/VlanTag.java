package io.twoarm.director.vlan;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;

/**
 * The tag between the addresses and the type of a frame (IEEE 802.1Q, 9.4).
 *
 * <pre>
 * 12  tag protocol   u16 BE, 0x8100 or 0x88a8
 * 14  priority and number of the VLAN: 3 bits, 1 bit, 12 bits
 * 16  type           u16 BE, of the packet
 * </pre>
 */
public final class VlanTag {
    public static final int SIZE = 4;

    /** The number of frames that have a priority and no VLAN. */
    public static final int PRIORITY_ONLY = 0;

    private static final int CONTROL_OFFSET = 14;
    private static final int ID_MASK = 0xfff;
    private static final int ADDRESSES_END = 8;

    /** Where the frame moves to in a buffer without room in front of it. */
    private static final int FRESH_ROOM = 64;

    private VlanTag() {}

    /** Number of the VLAN of a tagged frame of at least 18 bytes. */
    public static int id(long frame) {
        return Mem.getUnsignedShortBE(frame + CONTROL_OFFSET) & ID_MASK;
    }

    /** Whether a type stands in front of a tag. */
    public static boolean isTag(int type) {
        return type == EthernetHeader.TYPE_VLAN || type == EthernetHeader.TYPE_SERVICE_VLAN;
    }

    /** Takes the tag out of a frame of at least 18 bytes, which begins 4 bytes later then. */
    public static void strip(long mbuf) {
        long frame = Mbuf.data(mbuf);
        long first = Mem.getLong(frame);
        int second = Mem.getInt(frame + ADDRESSES_END);
        Mbuf.prepend(mbuf, -SIZE);
        Mem.putLong(frame + SIZE, first);
        Mem.putInt(frame + SIZE + ADDRESSES_END, second);
    }

    /** Puts a tag of priority 0 into a frame. */
    public static void insert(long mbuf, int type, int id) {
        if ((Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff) < SIZE) {
            makeRoom(mbuf);
        }
        long frame = Mbuf.data(mbuf);
        long first = Mem.getLong(frame);
        int second = Mem.getInt(frame + ADDRESSES_END);
        Mbuf.prepend(mbuf, SIZE);
        long tagged = frame - SIZE;
        Mem.putLong(tagged, first);
        Mem.putInt(tagged + ADDRESSES_END, second);
        Mem.putShortBE(tagged + EthernetHeader.TYPE_OFFSET, type);
        Mem.putShortBE(tagged + CONTROL_OFFSET, id);
    }

    /** Headers that grew may have used all of it up; behind the frame is as much room as was in front. */
    private static void makeRoom(long mbuf) {
        long frame = Mbuf.data(mbuf);
        Mem.copy(frame, frame + FRESH_ROOM, Mbuf.length(mbuf));
        int offset = Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff;
        Mem.putShort(mbuf + Mbuf.DATA_OFF_OFFSET, (short) (offset + FRESH_ROOM));
    }
}
