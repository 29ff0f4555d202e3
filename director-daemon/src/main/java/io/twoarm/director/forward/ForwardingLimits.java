package io.twoarm.director.forward;

import io.twoarm.director.service.SynProxySettings;
import java.time.Duration;

/**
 * Bounds of what one worker keeps. Nothing grows beyond them while packets flow.
 *
 * @param sessions sessions at one time, 1024 to 16,777,216; 96 bytes each when rounded up to a power of two
 * @param neighbours neighbours at one time, 16 to 65,535
 * @param waitingPerNeighbour packets that wait for one neighbour's Ethernet address
 * @param neighbourTimeout time after which a neighbour is asked again
 * @param answersPerSecond resets per second, and as many ICMP errors
 * @param synProxy how SYN proxies answer
 */
public record ForwardingLimits(
        int sessions,
        int neighbours,
        int waitingPerNeighbour,
        Duration neighbourTimeout,
        int answersPerSecond,
        SynProxySettings synProxy) {
    public ForwardingLimits {
        check("sessions", sessions, 1024, 1 << 24);
        check("neighbours", neighbours, 16, 65535);
        check("waitingPerNeighbour", waitingPerNeighbour, 1, 8192);
        check("answersPerSecond", answersPerSecond, 1, 1_000_000);
        check("neighbourTimeout in seconds", neighbourTimeout.toSeconds(), 1, 3600);
    }

    /** With the standard of SYN proxies. */
    public ForwardingLimits(
            int sessions, int neighbours, int waitingPerNeighbour, Duration neighbourTimeout, int answersPerSecond) {
        this(sessions, neighbours, waitingPerNeighbour, neighbourTimeout, answersPerSecond, SynProxySettings.STANDARD);
    }

    private static void check(String name, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " is " + value + ": " + lowest + " to " + highest + " allowed");
        }
    }

    /** Fit for a small director: 65,536 sessions, 4,096 neighbours. */
    public static ForwardingLimits defaults() {
        return new ForwardingLimits(65_536, 4096, 128, Duration.ofSeconds(60), 1000);
    }

    /** The same with room for another number of sessions. */
    public ForwardingLimits withSessions(int count) {
        return new ForwardingLimits(
                count, neighbours, waitingPerNeighbour, neighbourTimeout, answersPerSecond, synProxy);
    }
}
