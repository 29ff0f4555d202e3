package io.twoarm.diagnose.capture;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.SshConnection;
import java.time.Instant;

/**
 * How far a host's clock is ahead of ours.
 *
 * @param nanos positive when the host's clock is ahead; 0 when the clocks agree within what could be measured
 * @param uncertainty half of the round trip in which it was measured
 */
public record ClockOffset(long nanos, long uncertainty) {
    private static final int MEASUREMENTS = 3;

    /** Asks a host for its time, a few times, and takes the quickest answer. */
    static ClockOffset measure(SshConnection host) {
        ClockOffset best = new ClockOffset(0, Long.MAX_VALUE);
        for (int i = 0; i < MEASUREMENTS; i++) {
            Instant now = Instant.now();
            long start = System.nanoTime();
            CommandResult answer = host.run("date", "+%s%N").orThrow();
            long roundTrip = System.nanoTime() - start;
            long before = now.getEpochSecond() * 1_000_000_000 + now.getNano();
            long theirs = Long.parseLong(answer.stdout().strip());
            if (roundTrip / 2 < best.uncertainty) {
                best = of(theirs - (before + roundTrip / 2), roundTrip / 2);
            }
        }
        return best;
    }

    static ClockOffset of(long difference, long uncertainty) {
        // Hosts that keep time agree better than a login can tell. To correct within the uncertainty would put frames
        // in
        // an order that they did not have.
        return new ClockOffset(Math.abs(difference) <= uncertainty ? 0 : difference, uncertainty);
    }
}
