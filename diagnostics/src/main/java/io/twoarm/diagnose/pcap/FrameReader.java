package io.twoarm.diagnose.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Frames of a pcap or pcapng stream, each as soon as it has arrived. Not safe for use by several threads.
 *
 * <p>A stream that ends within a record, as when a capture is killed, simply ends before it.
 */
public sealed interface FrameReader extends Closeable permits PcapReader, PcapngReader {
    /** Largest record that is believed; more is a broken file. */
    int LARGEST_RECORD = 16 << 20;

    /** The next frame; empty at the end. Waits for it. */
    Optional<CapturedFrame> next() throws IOException;

    /** The interfaces that have been announced until now. */
    List<CaptureInterface> interfaces();

    /**
     * Reads the header and finds out the format by it.
     *
     * @throws CaptureFormatException when it is neither pcap nor pcapng
     */
    static FrameReader of(InputStream stream) throws IOException {
        RecordInput in = new RecordInput(stream);
        if (!in.fill(4)) {
            throw new CaptureFormatException(0, "nothing; a capture begins with a header of pcap or pcapng");
        }
        int magic = in.int32(0);
        if (magic == PcapngReader.SECTION_HEADER) {
            return new PcapngReader(in);
        }
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            in.order(order);
            int number = in.int32(0);
            if (number == PcapReader.MICROSECONDS || number == PcapReader.NANOSECONDS) {
                return new PcapReader(in, number == PcapReader.NANOSECONDS);
            }
        }
        throw new CaptureFormatException(
                0, "0x%08x; a capture begins with a header of pcap or pcapng".formatted(magic));
    }
}
