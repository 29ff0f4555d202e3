package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * A network interface of the kernel at one moment, with an address or without.
 *
 * <pre>
 * struct ifreq (40 bytes): 0 name, 16 bytes with a NUL | 16 index or MTU i32
 * </pre>
 *
 * @param name as {@code ip link} shows it
 * @param mtu largest IP packet in bytes
 */
public record KernelInterface(String name, int mtu) {
    private static final int IFREQ_BYTES = 40;
    private static final int NAME_BYTES = 16;
    private static final int VALUE_OFFSET = 16;
    private static final long SIOCGIFNAME = 0x8910;
    private static final long SIOCGIFMTU = 0x8921;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    private static final SystemCall IOCTL = new SystemCall("ioctl");
    private static final SystemCall SOCKET = new SystemCall("socket");

    /**
     * The interface with an index.
     *
     * @throws SystemCallException when there is none
     */
    public static KernelInterface at(int index) {
        int socket = SOCKET.call(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
            long address = request.address();
            Mem.putInt(address + VALUE_OFFSET, index);
            IOCTL.call("SIOCGIFNAME", socket, SIOCGIFNAME, address);
            String name = request.asSlice(0, NAME_BYTES).getString(0, StandardCharsets.UTF_8);
            IOCTL.call("SIOCGIFMTU", socket, SIOCGIFMTU, address);
            return new KernelInterface(name, Mem.getInt(address + VALUE_OFFSET));
        } finally {
            Descriptors.close(socket);
        }
    }
}
