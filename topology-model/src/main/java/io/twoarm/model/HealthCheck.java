package io.twoarm.model;

import java.time.Duration;

/** How a director finds out whether a realserver can serve. */
public sealed interface HealthCheck {

    /** Realservers are always taken for healthy. */
    record None() implements HealthCheck {}

    /**
     * A TCP connection is opened and closed again. Times are whole milliseconds, one day at most.
     *
     * @param interval time between two checks, above 0
     * @param connectTimeout time for the realserver to answer, above 0
     * @param retries failed attempts that are repeated before the realserver counts as down, 0 to 100
     * @param retryDelay time between such attempts, 0 or more
     */
    record TcpConnect(Duration interval, Duration connectTimeout, int retries, Duration retryDelay)
            implements HealthCheck {
        public static final Range RETRIES = new Range(0, 100);
        public static final Duration LONGEST = Duration.ofDays(1);

        /** Every 3 s, up after 3 s at most, two more attempts 1 s apart: a dead realserver is out after about 15 s. */
        public static final TcpConnect STANDARD =
                new TcpConnect(Duration.ofSeconds(3), Duration.ofSeconds(3), 2, Duration.ofSeconds(1));

        public TcpConnect {
            checkTime(interval, "interval", 1);
            checkTime(connectTimeout, "connectTimeout", 1);
            RETRIES.check(retries, "retries");
            checkTime(retryDelay, "retryDelay", 0);
        }

        private static void checkTime(Duration time, String what, int shortestMillis) {
            if (time.compareTo(Duration.ofMillis(shortestMillis)) < 0
                    || time.compareTo(LONGEST) > 0
                    || time.toNanosPart() % 1_000_000 != 0) {
                throw new IllegalArgumentException(
                        what + " is " + time + "; allowed is " + shortestMillis + " ms to 24 h in whole milliseconds");
            }
        }
    }
}
