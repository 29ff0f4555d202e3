package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * A network interface of the kernel at one moment, with an address or without.
 *
 * @param name as {@code ip link} shows it
 * @param mtu largest IP packet in bytes
 */
public record KernelInterface(String name, int mtu) {
    private static final long SIOCGIFNAME = 0x8910;
    private static final long SIOCGIFMTU = 0x8921;

    private static final SystemCall IOCTL = new SystemCall("ioctl");

    /**
     * The interface with an index.
     *
     * @throws SystemCallException when there is none
     */
    public static KernelInterface at(int index) {
        int socket = InterfaceRequest.socket();
        try (Arena arena = Arena.ofConfined()) {
            long request = InterfaceRequest.allocate(arena);
            Mem.putInt(request + InterfaceRequest.VALUE_OFFSET, index);
            IOCTL.call("SIOCGIFNAME", socket, SIOCGIFNAME, request);
            String name = MemorySegment.ofAddress(request)
                    .reinterpret(InterfaceRequest.LONGEST_NAME + 1)
                    .getString(0, StandardCharsets.UTF_8);
            IOCTL.call("SIOCGIFMTU", socket, SIOCGIFMTU, request);
            return new KernelInterface(name, Mem.getInt(request + InterfaceRequest.VALUE_OFFSET));
        } finally {
            Descriptors.close(socket);
        }
    }
}
