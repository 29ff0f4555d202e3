package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.packet.ConnectionTie;
import io.twoarm.diagnose.packet.DecodedFrame;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.diagnose.packet.FrameDecoder;
import io.twoarm.diagnose.pcap.CapturedFrame;
import java.util.Optional;

/**
 * A frame at one place. Immutable; it is decoded when somebody asks. What ties it to a connection is kept then, the tree of
 * its fields is not: a capture has many frames, and few of them are looked into.
 */
public final class SeenFrame {
    private final CapturePoint point;
    private final CapturedFrame frame;
    private final int linkType;
    private volatile ConnectionTie tie;

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

    /** All its fields, decoded anew by each call. */
    public DecodedFrame decoded() {
        return FrameDecoder.decode(linkType, frame.bytes());
    }

    private ConnectionTie tie() {
        ConnectionTie known = tie;
        if (known == null) {
            known = ConnectionTie.of(linkType, frame.bytes());
            tie = known;
        }
        return known;
    }

    /** As {@link DecodedFrame#flow}. */
    public Optional<Flow> flow() {
        return tie().flow();
    }

    /** The flow of the packet that an ICMP error quotes. */
    public Optional<Flow> quoted() {
        return tie().quoted();
    }

    /** The client that a TOA option names. */
    public Optional<Endpoint> client() {
        return tie().client();
    }

    /** Whether it asks for a new TCP connection. */
    boolean opens() {
        return tie().opens();
    }

    /** The summary without the addresses of the flow, which stand elsewhere. */
    public String packet() {
        String summary = decoded().summary();
        String ends = flow().map(Flow::toString).orElse("") + " ";
        return summary.startsWith(ends) ? summary.substring(ends.length()) : summary;
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
