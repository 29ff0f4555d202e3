package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import java.lang.foreign.Arena;

/**
 * What the kernel is asked about a network interface (netdevice(7)).
 *
 * <pre>
 * struct ifreq (40 bytes): 0 name, 16 bytes with a NUL | 16 flags u16, index or MTU i32, or family u16 and Ethernet address
 * </pre>
 */
final class InterfaceRequest {
    /** Longest name of an interface, in bytes. */
    static final int LONGEST_NAME = 15;

    static final int VALUE_OFFSET = 16;
    static final int ADDRESS_OFFSET = 18;

    private static final int BYTES = 40;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    private static final SystemCall SOCKET = new SystemCall("socket");

    private InterfaceRequest() {}

    /** One that is all zero. */
    static long allocate(Arena arena) {
        return arena.allocate(BYTES, Long.BYTES).address();
    }

    /** Makes the request one about the interface of that name, and nothing else. */
    static void putName(long request, byte[] name) {
        Mem.fill(request, BYTES, (byte) 0);
        for (int i = 0; i < name.length; i++) {
            Mem.putByte(request + i, name[i]);
        }
    }

    /** A socket to ask by, to be closed. */
    static int socket() {
        return SOCKET.call(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
    }
}
