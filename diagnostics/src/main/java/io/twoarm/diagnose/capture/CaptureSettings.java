package io.twoarm.diagnose.capture;

import java.time.Duration;

/**
 * How to capture.
 *
 * @param filter in the language of {@code pcap-filter(7)}; empty for everything
 * @param bytesPerFrame how much of each frame is kept, 64 to 262144
 * @param framesWaiting how many frames may wait for their turn; further ones are dropped and counted
 * @param patience how long a frame waits for earlier ones from other places
 */
public record CaptureSettings(String filter, int bytesPerFrame, int framesWaiting, Duration patience) {
    public static final CaptureSettings STANDARD = new CaptureSettings("", 2048, 100_000, Duration.ofMillis(250));

    public CaptureSettings {
        if (bytesPerFrame < 64 || bytesPerFrame > 262_144) {
            throw new IllegalArgumentException("bytes per frame must be 64 to 262144, found " + bytesPerFrame);
        }
        if (framesWaiting < 1) {
            throw new IllegalArgumentException("at least one frame must be able to wait, found " + framesWaiting);
        }
    }

    public CaptureSettings withFilter(String newFilter) {
        return new CaptureSettings(newFilter, bytesPerFrame, framesWaiting, patience);
    }
}
