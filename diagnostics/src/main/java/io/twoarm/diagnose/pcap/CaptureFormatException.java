package io.twoarm.diagnose.pcap;

import java.io.IOException;

/** A capture file or stream is not what its format allows; the message names the place, what was found and what may be. */
public final class CaptureFormatException extends IOException {
    CaptureFormatException(long offset, String found) {
        super("at byte " + offset + ": " + found);
    }
}
