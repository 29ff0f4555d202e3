package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/**
 * A network interface of the kernel whose frames this process writes and reads (TAP). It is there until it is closed or the
 * process ends, however it ends. Frames are whole Ethernet frames without FCS; nothing blocks.
 */
public final class TapDevice implements AutoCloseable {
    /** Longest name of an interface, in bytes. */
    public static final int LONGEST_NAME = InterfaceRequest.LONGEST_NAME;

    private static final int O_RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final long TUNSETIFF = 0x4004_54caL;
    private static final long TUNSETCARRIER = 0x4004_54e2L;
    private static final short TAP_WITHOUT_HEADER = 0x0002 | 0x1000;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFMTU = 0x8922;
    private static final long SIOCSIFHWADDR = 0x8924;
    private static final short ETHERNET = 1;
    private static final int UP = 1;

    private static final SystemCall OPEN = new SystemCall("open");
    private static final SystemCall IOCTL = new SystemCall("ioctl");
    private static final NativeFunction IOCTL_UNCHECKED = SystemCall.function("ioctl");

    private final String name;
    private final int descriptor;

    private TapDevice(String name, int descriptor) {
        this.name = name;
        this.descriptor = descriptor;
    }

    /**
     * Makes the interface and sets it up.
     *
     * @param name 1 to {@value #LONGEST_NAME} bytes
     * @param macAddress in the low 48 bits, first byte highest
     * @param mtu largest IP packet in bytes
     * @throws SystemCallException when the kernel has no TAP, the process no right to it, or the name is taken
     */
    public static TapDevice open(String name, long macAddress, int mtu) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "An interface's name has 1 to " + LONGEST_NAME + " bytes; found " + name);
        }
        try (Arena arena = Arena.ofConfined()) {
            int tap = OPEN.call(
                    "open /dev/net/tun", arena.allocateFrom("/dev/net/tun").address(), O_RDWR_NONBLOCK_CLOEXEC, 0);
            long request = InterfaceRequest.allocate(arena);
            try {
                InterfaceRequest.putName(request, bytes);
                Mem.putShort(request + InterfaceRequest.VALUE_OFFSET, TAP_WITHOUT_HEADER);
                IOCTL.call("TUNSETIFF " + name, tap, TUNSETIFF, request);
                InterfaceRequest.putName(request, bytes);
                Mem.putShort(request + InterfaceRequest.VALUE_OFFSET, ETHERNET);
                for (int i = 0; i < 6; i++) {
                    Mem.putByte(request + InterfaceRequest.ADDRESS_OFFSET + i, (byte) (macAddress >>> 40 - 8 * i));
                }
                IOCTL.call("SIOCSIFHWADDR " + name, tap, SIOCSIFHWADDR, request);
                setUp(name, bytes, mtu, request);
            } catch (SystemCallException e) {
                Descriptors.close(tap);
                throw e;
            }
            return new TapDevice(name, tap);
        }
    }

    private static void setUp(String name, byte[] bytes, int mtu, long request) {
        int socket = InterfaceRequest.socket();
        try {
            InterfaceRequest.putName(request, bytes);
            Mem.putInt(request + InterfaceRequest.VALUE_OFFSET, mtu);
            IOCTL.call("SIOCSIFMTU " + name, socket, SIOCSIFMTU, request);
            InterfaceRequest.putName(request, bytes);
            IOCTL.call("SIOCGIFFLAGS " + name, socket, SIOCGIFFLAGS, request);
            Mem.putShort(request + InterfaceRequest.VALUE_OFFSET, (short)
                    (Mem.getShort(request + InterfaceRequest.VALUE_OFFSET) | UP));
            IOCTL.call("SIOCSIFFLAGS " + name, socket, SIOCSIFFLAGS, request);
        } finally {
            Descriptors.close(socket);
        }
    }

    public String name() {
        return name;
    }

    /** To wait for frames with. */
    public int descriptor() {
        return descriptor;
    }

    /** Takes a frame that the kernel sends; returns its length, or less than 0 when there is none. */
    public long read(long buffer, long room) {
        return Descriptors.read(descriptor, buffer, room);
    }

    /** Gives the kernel a frame. @return false when it refuses it, as it does while the interface is down */
    public boolean write(long frame, long bytes) {
        return Descriptors.write(descriptor, frame, bytes) == bytes;
    }

    /** Shows the kernel whether the port behind the interface has a link. Kernels before 5.0 do not take it. */
    public void setCarrier(boolean up) {
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(Integer.BYTES, Long.BYTES).address();
            Mem.putInt(value, up ? 1 : 0);
            IOCTL_UNCHECKED.call(descriptor, TUNSETCARRIER, value);
        }
    }

    /** Takes the interface away. */
    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
