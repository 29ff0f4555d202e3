package io.twoarm.director.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a session may be idle in each state before it expires. The defaults are those of DPVS 1.10.
 *
 * @param byState a time for every state; at most {@link #LONGEST} counts
 */
public record Timeouts(Map<SessionState, Duration> byState) {

    /** The session clock is 32 bits of 1.024 ms; half of its range, rounded down, can be told apart. */
    public static final Duration LONGEST = Duration.ofDays(24);

    public Timeouts {
        EnumMap<SessionState, Duration> complete = new EnumMap<>(SessionState.class);
        for (SessionState state : SessionState.values()) {
            Duration time = byState.getOrDefault(state, state.defaultTimeout());
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException(
                        "Timeout of state " + state + " is " + time + ": more than 0 needed");
            }
            complete.put(state, time.compareTo(LONGEST) > 0 ? LONGEST : time);
        }
        byState = Map.copyOf(complete);
    }

    /** The defaults. */
    public static Timeouts defaults() {
        return new Timeouts(Map.of());
    }

    /** The same with another time for one state. */
    public Timeouts with(SessionState state, Duration time) {
        EnumMap<SessionState, Duration> changed = new EnumMap<>(byState);
        changed.put(state, time);
        return new Timeouts(changed);
    }

    /** The same with so many seconds for one state; 0 leaves it as it is. */
    public Timeouts changed(SessionState state, int seconds) {
        return seconds == 0 ? this : with(state, Duration.ofSeconds(seconds));
    }

    public Duration of(SessionState state) {
        return byState.get(state);
    }
}
