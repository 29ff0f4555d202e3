package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.packet.DecodedFrame;
import io.twoarm.diagnose.packet.FrameDecoder;
import io.twoarm.diagnose.pcap.CapturedFrame;

/** A frame at one place. Immutable; it is decoded when somebody asks, once. */
public final class SeenFrame {
    private final CapturePoint point;
    private final CapturedFrame frame;
    private final int linkType;
    private volatile DecodedFrame decoded;

    /**
     * @param frame with the time by the clock of the machine that asks
     * @param linkType {@code LINKTYPE_} value of tcpdump.org
     */
    public SeenFrame(CapturePoint point, CapturedFrame frame, int linkType) {
        this.point = point;
        this.frame = frame;
        this.linkType = linkType;
    }

    public CapturePoint point() {
        return point;
    }

    /** Nanoseconds since 1970. */
    public long nanos() {
        return frame.nanos();
    }

    public CapturedFrame.Direction direction() {
        return frame.direction();
    }

    public int originalLength() {
        return frame.originalLength();
    }

    public int linkType() {
        return linkType;
    }

    /** The captured bytes; not to be changed. */
    public byte[] bytes() {
        return frame.bytes();
    }

    public DecodedFrame decoded() {
        DecodedFrame known = decoded;
        if (known == null) {
            known = FrameDecoder.decode(linkType, frame.bytes());
            decoded = known;
        }
        return known;
    }

    /** The same frame as it stands in a file, of which its place is interface {@code index}. */
    public CapturedFrame inFile(int index) {
        return new CapturedFrame(index, nanos(), originalLength(), direction(), bytes());
    }

    @Override
    public String toString() {
        return point + " " + direction() + " " + decoded().summary();
    }
}
