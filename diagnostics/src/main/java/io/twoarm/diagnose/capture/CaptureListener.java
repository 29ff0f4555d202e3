package io.twoarm.diagnose.capture;

import java.util.List;

/** Who gets what is captured. Called on one thread of the capture at a time, never on the caller's. */
public interface CaptureListener {

    /** Frames in the order of their time, about twenty times a second. */
    void frames(List<SeenFrame> frames);

    /** A place delivers no more; the reason is for people. */
    default void failed(CapturePoint point, String reason) {}

    /** So many frames of a place were not delivered, since the capture began: the director's or our own queue was full. */
    default void lost(CapturePoint point, long frames) {}

    /** Nothing comes after this. */
    default void ended() {}
}
