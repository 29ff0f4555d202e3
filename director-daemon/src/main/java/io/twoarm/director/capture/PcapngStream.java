package io.twoarm.director.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The blocks of a pcapng stream (draft-ietf-opsawg-pcapng): little-endian, nanoseconds, Ethernet. */
final class PcapngStream {
    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int STATISTICS = 5;
    private static final int PACKET = 6;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int ETHERNET = 1;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_FLAGS = 2;
    private static final int OPTION_DROPPED = 5;
    private static final int OPTION_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;

    private PcapngStream() {}

    /** Section header and one interface per port. */
    static ByteBuffer header(List<String> ports, int bytesPerFrame) {
        ByteBuffer all = buffer(64 + ports.size() * 128);
        ByteBuffer section = block(SECTION, 32).putInt(BYTE_ORDER);
        section.putShort((short) 1).putShort((short) 0).putLong(-1);
        all.put(finished(section));
        for (String port : ports) {
            ByteBuffer block = block(INTERFACE, 128).putShort((short) ETHERNET);
            block.putShort((short) 0).putInt(bytesPerFrame);
            option(block, OPTION_NAME, port.getBytes(StandardCharsets.UTF_8));
            option(block, OPTION_RESOLUTION, new byte[] {NANOSECONDS});
            all.put(finished(block.putInt(0)));
        }
        return all.flip();
    }

    /** @param nanos since 1970 */
    static ByteBuffer packet(int port, long nanos, FrameRing.Captured frame) {
        ByteBuffer block = block(PACKET, frame.bytes().length + 64).putInt(port);
        block.putInt((int) (nanos >>> 32)).putInt((int) nanos);
        block.putInt(frame.bytes().length).putInt(frame.length());
        padded(block, frame.bytes());
        option(block, OPTION_FLAGS, new byte[] {(byte) (frame.sent() ? 2 : 1), 0, 0, 0});
        return finished(block.putInt(0));
    }

    /** How many frames of a port had no room; also the sign by which a reader that is gone is noticed. */
    static ByteBuffer statistics(int port, long nanos, long lost) {
        ByteBuffer block = block(STATISTICS, 48).putInt(port);
        block.putInt((int) (nanos >>> 32)).putInt((int) nanos);
        option(block, OPTION_DROPPED, buffer(8).putLong(lost).array());
        return finished(block.putInt(0));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer block(int type, int room) {
        return buffer(room).putInt(type).putInt(0);
    }

    private static void option(ByteBuffer block, int code, byte[] value) {
        block.putShort((short) code).putShort((short) value.length);
        padded(block, value);
    }

    private static void padded(ByteBuffer block, byte[] value) {
        block.put(value).put(new byte[-value.length & 3]);
    }

    private static ByteBuffer finished(ByteBuffer block) {
        int length = block.position() + 4;
        return block.putInt(length).putInt(4, length).flip();
    }
}
