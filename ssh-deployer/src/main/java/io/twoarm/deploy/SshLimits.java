package io.twoarm.deploy;

import java.time.Duration;

/**
 * Time limits of an SSH connection.
 *
 * @param connect until the TCP connection stands
 * @param authenticate from there until the session is authenticated
 * @param command for a command that brings no limit of its own
 * @param keepAlive interval of probes on an idle connection; after three without an answer it counts as lost
 */
public record SshLimits(Duration connect, Duration authenticate, Duration command, Duration keepAlive) {
    public static final SshLimits STANDARD = new SshLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(5));

    public SshLimits {
        for (Duration limit : new Duration[] {connect, authenticate, command, keepAlive}) {
            if (!limit.isPositive()) {
                throw new IllegalArgumentException("a time limit must be longer than zero, found " + limit);
            }
        }
    }
}
