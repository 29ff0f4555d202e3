package io.twoarm.director.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The reader's side of a capture: takes the frames of several rings and writes them as one pcapng stream. */
public final class FrameStream {
    private static final long STATISTICS_NANOS = 1_000_000_000;

    private final List<String> ports;
    private final List<FrameRing> rings;
    /** What turns the workers' clock into nanoseconds since 1970. */
    private final long epoch = WallClock.offset();

    private long lastStatistics = System.nanoTime();

    /** Where the stream goes. */
    @FunctionalInterface
    public interface Sink {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** @param rings one per port, in the same order */
    public FrameStream(List<String> ports, List<FrameRing> rings) {
        this.ports = List.copyOf(ports);
        this.rings = List.copyOf(rings);
    }

    public ByteBuffer header(int bytesPerFrame) {
        return PcapngStream.header(ports, bytesPerFrame);
    }

    /** Writes what there is, and once a second what was lost. */
    public void writeTo(Sink sink) throws IOException {
        for (int port = 0; port < rings.size(); port++) {
            Optional<FrameRing.Captured> next = rings.get(port).poll();
            while (next.isPresent()) {
                sink.write(PcapngStream.packet(port, epoch + next.get().nanos(), next.get()));
                next = rings.get(port).poll();
            }
        }
        long now = System.nanoTime();
        if (now - lastStatistics >= STATISTICS_NANOS) {
            lastStatistics = now;
            for (int port = 0; port < rings.size(); port++) {
                sink.write(PcapngStream.statistics(
                        port, epoch + now, rings.get(port).lost()));
            }
        }
    }
}
