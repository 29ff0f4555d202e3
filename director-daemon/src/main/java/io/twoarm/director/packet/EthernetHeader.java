package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * An untagged Ethernet header.
 *
 * <pre>
 *  0  destination  6 bytes
 *  6  source       6 bytes
 * 12  type         u16 BE
 * </pre>
 *
 * <p>An address as a number has its first byte highest. A <em>raw</em> address is what {@link Mem#getLong} reads at the
 * field, its two foreign high bytes cut off.
 */
public final class EthernetHeader {
    public static final int DESTINATION_OFFSET = 0;
    public static final int SOURCE_OFFSET = 6;
    public static final int TYPE_OFFSET = 12;
    public static final int SIZE = 14;

    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_IPV6 = 0x86dd;
    public static final int TYPE_VLAN = 0x8100;
    public static final int TYPE_SERVICE_VLAN = 0x88a8;

    public static final long ADDRESS_MASK = 0xffff_ffff_ffffL;
    public static final long BROADCAST = ADDRESS_MASK;

    /** What the address of an IPv6 group begins with; the last 32 bits of the group follow (RFC 2464, 7). */
    public static final long IPV6_GROUP = 0x3333_0000_0000L;

    /** The group bit of a raw address: broadcast or multicast. */
    public static final long RAW_GROUP_BIT = 1;

    private EthernetHeader() {}

    public static int type(long frame) {
        return Mem.getUnsignedShortBE(frame + TYPE_OFFSET);
    }

    /** Turns a numeric address into a raw one or back. */
    public static long swap(long address) {
        return Long.reverseBytes(address) >>> 16;
    }

    /** Reads the six bytes at an address as a number. */
    public static long address(long at) {
        return (Mem.getIntBE(at) & 0xffff_ffffL) << 16 | Mem.getUnsignedShortBE(at + 4);
    }

    /** Writes a numeric address into six bytes. */
    public static void putAddress(long at, long address) {
        Mem.putIntBE(at, (int) (address >>> 16));
        Mem.putShortBE(at + 4, (int) address);
    }

    /** Writes a whole header from numeric addresses. */
    public static void write(long frame, long destination, long source, int type) {
        putAddress(frame + DESTINATION_OFFSET, destination);
        putAddress(frame + SOURCE_OFFSET, source);
        Mem.putShortBE(frame + TYPE_OFFSET, type);
    }
}
