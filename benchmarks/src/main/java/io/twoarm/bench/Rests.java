package io.twoarm.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Round trips of single messages, each after a rest, and of messages one after the other, in microseconds.
 *
 * @param busy median of messages one after the other
 */
record Rests(double median, double p99, double greatest, double busy) {
    /** Rests are of different lengths, so that they do not keep in step with anything. */
    private static final long SHORTEST_NANOS = 20_000_000;

    private static final long STEP_NANOS = 1_370_000;
    private static final int STEPS = 17;
    private static final Pattern LINE = Pattern.compile("(?s).*rests p50 (\\S+) p99 (\\S+) max (\\S+) busy (\\S+)\\s*");

    /** A message and its echo. */
    interface Exchange {
        void run() throws IOException;
    }

    /** @param busy round trips of messages one after the other, in nanoseconds, sorted */
    static Rests measure(int count, long[] busy, Exchange exchange) throws IOException {
        long[] trips = new long[count];
        for (int i = 0; i < count; i++) {
            rest(SHORTEST_NANOS + i % STEPS * STEP_NANOS);
            long begin = System.nanoTime();
            exchange.run();
            trips[i] = System.nanoTime() - begin;
        }
        Arrays.sort(trips);
        return new Rests(at(trips, 0.5), at(trips, 0.99), at(trips, 1), at(busy, 0.5));
    }

    private static void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1_000.0;
    }

    /** The last line of what {@link #toString} wrote. */
    static Rests of(String said) throws IOException {
        Matcher match = LINE.matcher(said);
        if (!match.matches()) {
            throw new IOException("the round trips were not measured; the program said:\n" + said);
        }
        return new Rests(
                Double.parseDouble(match.group(1)),
                Double.parseDouble(match.group(2)),
                Double.parseDouble(match.group(3)),
                Double.parseDouble(match.group(4)));
    }

    @Override
    public String toString() {
        return "rests p50 %s p99 %s max %s busy %s".formatted(median, p99, greatest, busy);
    }
}
