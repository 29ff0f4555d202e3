package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * ARP for IPv4 over Ethernet (RFC 826). Offsets count from the Ethernet header.
 *
 * <pre>
 * 14  hardware type     u16 BE, 1
 * 16  protocol type     u16 BE, 0x0800
 * 18  hardware length   u8, 6
 * 19  protocol length   u8, 4
 * 20  operation         u16 BE
 * 22  sender MAC        6 bytes
 * 28  sender address    u32 BE
 * 32  target MAC        6 bytes
 * 38  target address    u32 BE
 * </pre>
 */
public final class ArpPacket {
    public static final int OPERATION_OFFSET = 20;
    public static final int SENDER_MAC_OFFSET = 22;
    public static final int SENDER_ADDRESS_OFFSET = 28;
    public static final int TARGET_MAC_OFFSET = 32;
    public static final int TARGET_ADDRESS_OFFSET = 38;

    /** Size of the frame in bytes; ports pad it where their medium needs that. */
    public static final int FRAME_SIZE = 42;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final long FIXED_PART = 0x0001_0800_0604_0000L;

    private ArpPacket() {}

    /** Whether a frame of the given length is ARP for IPv4 over Ethernet. */
    public static boolean isWellFormed(long frame, int length) {
        return length >= FRAME_SIZE
                && (Long.reverseBytes(Mem.getLong(frame + EthernetHeader.SIZE)) & ~0xffffL) == FIXED_PART;
    }

    /** Writes a whole frame. Addresses are numbers. */
    public static void write(
            long frame,
            long ethernetDestination,
            int operation,
            long senderMac,
            int senderAddress,
            long targetMac,
            int targetAddress) {
        EthernetHeader.write(frame, ethernetDestination, senderMac, EthernetHeader.TYPE_ARP);
        Mem.putLong(frame + EthernetHeader.SIZE, Long.reverseBytes(FIXED_PART | operation));
        EthernetHeader.putAddress(frame + SENDER_MAC_OFFSET, senderMac);
        Mem.putIntBE(frame + SENDER_ADDRESS_OFFSET, senderAddress);
        EthernetHeader.putAddress(frame + TARGET_MAC_OFFSET, targetMac);
        Mem.putIntBE(frame + TARGET_ADDRESS_OFFSET, targetAddress);
    }
}
