package io.twoarm.config.keepalived;

/**
 * A client comes back to the realserver that it had.
 *
 * @param seconds how long after its last new session, 1 to {@value #LONGEST}
 * @param prefixLength bits of the address that clients with one realserver share: 1 to 32, or to 128 for IPv6
 */
public record Persistence(int seconds, int prefixLength) {
    public static final int DEFAULT_SECONDS = 360;
    /** A year. */
    public static final int LONGEST = 31_536_000;
}
