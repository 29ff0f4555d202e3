package io.twoarm.diagnose.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes a section of pcapng: an interface description per place of capture, names for addresses, and a packet block per
 * frame, little-endian, in nanoseconds. Not safe for use by several threads.
 */
public final class PcapngWriter implements Closeable {
    private static final int NAME_RESOLUTION = 4;
    private static final int END_OF_OPTIONS = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_APPLICATION = 4;
    private static final byte NANOSECONDS = 9;

    private final OutputStream out;
    private final int interfaces;

    /**
     * Writes what comes before the frames.
     *
     * @param application what made the file
     * @param names for addresses, shown in place of them by readers that can
     */
    public PcapngWriter(
            OutputStream out, String application, List<CaptureInterface> interfaces, Map<InetAddress, String> names)
            throws IOException {
        this.out = out;
        this.interfaces = interfaces.size();
        Block section = new Block(0x0a0d0d0a)
                .int32(0x1a2b3c4d)
                .int16(1)
                .int16(0)
                .int32(-1)
                .int32(-1)
                .option(OPTION_APPLICATION, application);
        write(section.option(END_OF_OPTIONS, ""));
        for (CaptureInterface each : interfaces) {
            Block block = new Block(1).int16(each.linkType()).int16(0).int32(0);
            block.option(2, each.name());
            if (!each.description().isEmpty()) {
                block.option(3, each.description());
            }
            write(block.option(9, new byte[] {NANOSECONDS}).option(END_OF_OPTIONS, ""));
        }
        if (!names.isEmpty()) {
            write(names(names));
        }
    }

    private static Block names(Map<InetAddress, String> names) {
        Block block = new Block(NAME_RESOLUTION);
        names.forEach((address, name) -> {
            byte[] raw = address.getAddress();
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            ByteBuffer entry = ByteBuffer.allocate(raw.length + text.length + 1);
            block.option(
                    raw.length == 4 ? 1 : 2,
                    entry.put(raw).put(text).put((byte) 0).array());
        });
        return block.option(END_OF_OPTIONS, "");
    }

    /** Writes a frame without a comment. */
    public void write(CapturedFrame frame) throws IOException {
        write(frame, "");
    }

    /** @param comment shown beside the frame; may be empty */
    public void write(CapturedFrame frame, String comment) throws IOException {
        if (frame.interfaceIndex() < 0 || frame.interfaceIndex() >= interfaces) {
            throw new IllegalArgumentException(
                    "the file has " + interfaces + " interfaces, none of index " + frame.interfaceIndex());
        }
        Block block = new Block(6)
                .int32(frame.interfaceIndex())
                .int32((int) (frame.nanos() >>> 32))
                .int32((int) frame.nanos())
                .int32(frame.bytes().length)
                .int32(frame.originalLength())
                .bytes(frame.bytes());
        int flags = switch (frame.direction()) {
            case IN -> 1;
            case OUT -> 2;
            case UNKNOWN -> 0;
        };
        if (!comment.isEmpty()) {
            block.option(OPTION_COMMENT, comment);
        }
        block.option(2, new byte[] {(byte) flags, 0, 0, 0});
        write(block.option(END_OF_OPTIONS, ""));
    }

    private void write(Block block) throws IOException {
        out.write(block.finished());
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** A block under construction. */
    private static final class Block {
        private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

        Block(int type) {
            int32(type).int32(0);
        }

        private void room(int more) {
            if (buffer.remaining() < more) {
                ByteBuffer larger =
                        ByteBuffer.allocate(buffer.capacity() * 2 + more).order(ByteOrder.LITTLE_ENDIAN);
                buffer = larger.put(buffer.flip());
            }
        }

        Block int16(int value) {
            room(2);
            buffer.putShort((short) value);
            return this;
        }

        Block int32(int value) {
            room(4);
            buffer.putInt(value);
            return this;
        }

        /** Bytes with their padding. */
        Block bytes(byte[] value) {
            int padding = -value.length & 3;
            room(value.length + padding);
            buffer.put(value).put(new byte[padding]);
            return this;
        }

        Block option(int code, String value) {
            return option(code, value.getBytes(StandardCharsets.UTF_8));
        }

        Block option(int code, byte[] value) {
            return int16(code).int16(value.length).bytes(value);
        }

        byte[] finished() {
            int length = buffer.position() + 4;
            int32(length);
            buffer.putInt(4, length);
            byte[] block = new byte[length];
            buffer.flip().get(block);
            return block;
        }
    }
}
