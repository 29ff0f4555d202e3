package io.twoarm.diagnose.pcap;

import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * pcapng (draft-ietf-opsawg-pcapng): section header, interface description, enhanced and simple packet blocks; blocks of
 * other types are passed over.
 *
 * <pre>
 *   block: type 4, total length 4, body padded to 4, total length 4
 * </pre>
 */
final class PcapngReader implements FrameReader {
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int HEADER = 8;
    private static final int SMALLEST = 12;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_DESCRIPTION = 3;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_FLAGS = 2;
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private final RecordInput in;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<Long> ticksPerSecond = new ArrayList<>();
    /** Interfaces of earlier sections; indices begin anew in each section. */
    private int sectionStart;

    PcapngReader(RecordInput in) {
        this.in = in;
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        while (in.fill(HEADER)) {
            if (in.int32(0) == SECTION_HEADER && !section()) {
                return Optional.empty();
            }
            long length = in.unsigned32(4);
            if (length < SMALLEST || length % 4 != 0 || length > LARGEST_RECORD) {
                throw new CaptureFormatException(
                        in.offset(), "a block of " + length + " bytes; 12 to " + LARGEST_RECORD + " are allowed");
            }
            if (!in.fill((int) length)) {
                return Optional.empty();
            }
            Optional<CapturedFrame> frame = block((int) length - 4);
            in.next();
            if (frame.isPresent()) {
                return frame;
            }
        }
        return Optional.empty();
    }

    /** Takes the byte order from a section header, whose type reads the same in both. */
    private boolean section() throws IOException {
        if (!in.fill(SMALLEST)) {
            return false;
        }
        in.order(ByteOrder.LITTLE_ENDIAN);
        if (in.int32(8) != BYTE_ORDER) {
            in.order(ByteOrder.BIG_ENDIAN);
            if (in.int32(8) != BYTE_ORDER) {
                throw new CaptureFormatException(in.offset(), "a section header without byte-order magic");
            }
        }
        sectionStart = interfaces.size();
        return true;
    }

    /** @param end of the body */
    private Optional<CapturedFrame> block(int end) throws IOException {
        switch (in.int32(0)) {
            case INTERFACE -> announced(end);
            case ENHANCED_PACKET -> {
                return Optional.of(enhanced(end));
            }
            case SIMPLE_PACKET -> {
                int original = in.int32(8);
                return Optional.of(new CapturedFrame(
                        known(0), 0, original, Direction.UNKNOWN, body(12, Math.min(original, end - 12), end)));
            }
            default -> {
                // Names, statistics and what else there may be.
            }
        }
        return Optional.empty();
    }

    private void announced(int end) throws IOException {
        if (end < 16) {
            throw new CaptureFormatException(in.offset(), "an interface description of " + end + " bytes");
        }
        String name = "";
        String description = "";
        long ticks = 1_000_000;
        for (int at = 16; at + 4 <= end && in.unsigned16(at) != 0; at += 4 + padded(in.unsigned16(at + 2))) {
            int length = Math.min(in.unsigned16(at + 2), end - at - 4);
            switch (in.unsigned16(at)) {
                case OPTION_NAME -> name = text(at + 4, length);
                case OPTION_DESCRIPTION -> description = text(at + 4, length);
                case OPTION_RESOLUTION -> ticks = resolution(in.int8(at + 4));
                default -> {
                    // Addresses, filters, hardware.
                }
            }
        }
        interfaces.add(new CaptureInterface(name, description, in.unsigned16(8)));
        ticksPerSecond.add(ticks);
    }

    private String text(int from, int length) {
        return new String(in.copy(from, length), StandardCharsets.UTF_8);
    }

    private static long resolution(byte value) {
        int exponent = value & 0x7f;
        long ticks = 1;
        for (int i = 0; i < exponent && ticks < Long.MAX_VALUE / 10; i++) {
            ticks *= value < 0 ? 2 : 10;
        }
        return ticks;
    }

    private CapturedFrame enhanced(int end) throws IOException {
        if (end < 28) {
            throw new CaptureFormatException(in.offset(), "a packet block of " + end + " bytes");
        }
        int index = known(in.int32(8));
        int captured = in.int32(20);
        byte[] bytes = body(28, captured, end);
        Direction direction = Direction.UNKNOWN;
        for (int at = 28 + padded(captured);
                at + 8 <= end && in.unsigned16(at) != 0;
                at += 4 + padded(in.unsigned16(at + 2))) {
            if (in.unsigned16(at) == OPTION_FLAGS) {
                direction = switch (in.int32(at + 4) & 3) {
                    case 1 -> Direction.IN;
                    case 2 -> Direction.OUT;
                    default -> Direction.UNKNOWN;
                };
            }
        }
        return new CapturedFrame(
                index,
                nanos(in.unsigned32(12), in.unsigned32(16), ticksPerSecond.get(index)),
                in.int32(24),
                direction,
                bytes);
    }

    private static long nanos(long high, long low, long ticks) {
        if (ticks == 1_000_000_000) {
            return high << 32 | low;
        }
        return BigInteger.valueOf(high)
                .shiftLeft(32)
                .or(BigInteger.valueOf(low))
                .multiply(NANOS)
                .divide(BigInteger.valueOf(ticks))
                .longValue();
    }

    private int known(int index) throws IOException {
        int place = sectionStart + index;
        if (index < 0 || place >= interfaces.size()) {
            throw new CaptureFormatException(
                    in.offset(),
                    "a packet of interface " + index + "; the section has " + (interfaces.size() - sectionStart));
        }
        return place;
    }

    private byte[] body(int from, int length, int end) throws IOException {
        if (length < 0 || from + length > end) {
            throw new CaptureFormatException(
                    in.offset(), "a packet of " + length + " bytes in a block of " + (end + 4));
        }
        return in.copy(from, length);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return List.copyOf(interfaces);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
