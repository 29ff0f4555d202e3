package io.twoarm.diagnose.pcap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The classic format (draft-ietf-opsawg-pcap), of either byte order, in micro- or nanoseconds.
 *
 * <pre>
 *   file:   magic 4, major 2, minor 2, reserved 8, snapshot length 4, link type 4
 *   record: seconds 4, fraction 4, captured length 4, original length 4, bytes
 * </pre>
 */
final class PcapReader implements FrameReader {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    private final RecordInput in;
    private final int nanosPerUnit;
    private final CaptureInterface where;

    PcapReader(RecordInput in, boolean nanoseconds) throws IOException {
        this.in = in;
        nanosPerUnit = nanoseconds ? 1 : 1000;
        if (!in.fill(FILE_HEADER)) {
            throw new CaptureFormatException(0, "the stream ends within the header");
        }
        // The upper bits tell the length of an FCS.
        where = new CaptureInterface("", "", in.int32(20) & 0xffff);
        in.next();
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        if (!in.fill(RECORD_HEADER)) {
            return Optional.empty();
        }
        long length = in.unsigned32(8);
        if (length > LARGEST_RECORD) {
            throw new CaptureFormatException(
                    in.offset(), "a frame of " + length + " bytes; at most " + LARGEST_RECORD + " are allowed");
        }
        if (!in.fill(RECORD_HEADER + (int) length)) {
            return Optional.empty();
        }
        CapturedFrame frame = new CapturedFrame(
                0,
                in.unsigned32(0) * 1_000_000_000 + in.unsigned32(4) * nanosPerUnit,
                in.int32(12),
                CapturedFrame.Direction.UNKNOWN,
                in.copy(RECORD_HEADER, (int) length));
        in.next();
        return Optional.of(frame);
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return List.of(where);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
