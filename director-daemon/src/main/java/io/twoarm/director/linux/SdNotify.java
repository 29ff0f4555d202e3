package io.twoarm.director.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells systemd about the state of this service: datagrams to the socket named by {@code NOTIFY_SOCKET}, as {@code
 * sd_notify(3)} describes. Without that variable nothing is sent.
 *
 * <pre>
 * struct sockaddr_un: 0 family u16 (AF_UNIX = 1) | 2 path, up to 108 bytes; a leading NUL marks an abstract name
 * </pre>
 */
public final class SdNotify {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_OFFSET = 2;
    private static final int PATH_BYTES = 108;

    private static final SystemCall SOCKET = new SystemCall("socket");
    private static final SystemCall SENDTO = new SystemCall("sendto");

    private final Optional<String> socket;
    private final Consumer<String> failures;

    /**
     * @param socket value of {@code NOTIFY_SOCKET}: a path, or an abstract name after {@code @}
     * @param failures gets a sentence when systemd cannot be told; the service goes on
     */
    public SdNotify(Optional<String> socket, Consumer<String> failures) {
        this.socket = socket.filter(name -> !name.isEmpty());
        this.failures = failures;
    }

    /** The service takes packets now. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** One line for {@code systemctl status}. */
    public void status(String status) {
        send("STATUS=" + status);
    }

    /** The service reads its files again; {@link #ready} ends this. */
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    public void stopping(String status) {
        send("STOPPING=1\nSTATUS=" + status);
    }

    private void send(String message) {
        socket.ifPresent(name -> {
            try {
                send(name, message.getBytes(StandardCharsets.UTF_8));
            } catch (SystemCallException | IllegalArgumentException e) {
                failures.accept("systemd was not told of the service's state: " + e.getMessage());
            }
        });
    }

    private static void send(String name, byte[] message) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_BYTES) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is longer than " + PATH_BYTES + " bytes: " + name);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(PATH_OFFSET + PATH_BYTES, Short.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, path.length);
            boolean isAbstract = path[0] == '@';
            if (isAbstract) {
                address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET, (byte) 0);
            }
            int addressBytes = PATH_OFFSET + path.length + (isAbstract ? 0 : 1);
            MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            int descriptor = SOCKET.call(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                SENDTO.callForLong(
                        "sendto " + name,
                        descriptor,
                        text.address(),
                        message.length,
                        MSG_NOSIGNAL,
                        address.address(),
                        addressBytes);
            } finally {
                Descriptors.close(descriptor);
            }
        }
    }
}
