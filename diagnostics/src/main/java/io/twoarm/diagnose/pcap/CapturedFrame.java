package io.twoarm.diagnose.pcap;

/**
 * A frame as it was captured.
 *
 * @param interfaceIndex place in {@link FrameReader#interfaces()}
 * @param nanos when, in nanoseconds since 1970
 * @param originalLength of the frame on the wire; more than there are bytes when it was cut
 * @param direction as far as the file tells
 * @param bytes from the link-layer header on; not to be changed
 */
public record CapturedFrame(int interfaceIndex, long nanos, int originalLength, Direction direction, byte[] bytes) {

    /** Seen from the host that captured. */
    public enum Direction {
        IN,
        OUT,
        UNKNOWN
    }
}
