package io.twoarm.diagnose.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Takes a stream apart into records: fills its buffer with the bytes asked for, which then are read by offset. */
final class RecordInput implements Closeable {
    private final InputStream stream;
    private byte[] bytes = new byte[4096];
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int filled;
    private long offset;

    RecordInput(InputStream stream) {
        this.stream = stream;
    }

    void order(ByteOrder newOrder) {
        order = newOrder;
        buffer.order(newOrder);
    }

    /** Where the record begins in the stream. */
    long offset() {
        return offset;
    }

    /** Has at least {@code length} bytes of the record at hand; false when the stream ends before. */
    boolean fill(int length) throws IOException {
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
            buffer = ByteBuffer.wrap(bytes).order(order);
        }
        while (filled < length) {
            int read = stream.read(bytes, filled, length - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }

    /** Goes on to the record behind what was filled. */
    void next() {
        offset += filled;
        filled = 0;
    }

    int int32(int at) {
        return buffer.getInt(at);
    }

    long unsigned32(int at) {
        return buffer.getInt(at) & 0xffff_ffffL;
    }

    int unsigned16(int at) {
        return buffer.getShort(at) & 0xffff;
    }

    byte int8(int at) {
        return bytes[at];
    }

    byte[] copy(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
