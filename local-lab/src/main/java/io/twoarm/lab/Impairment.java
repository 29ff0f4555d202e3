package io.twoarm.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a cable, the same in both directions.
 *
 * @param lossPercent of the packets, 0 to 100 in steps of 0.01
 * @param delay of each packet, zero to ten seconds
 * @param kilobits per second at most; 0 for no limit
 * @param cut whether neither end has a carrier
 */
public record Impairment(double lossPercent, Duration delay, long kilobits, boolean cut) {
    public static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    /** In kilobits per second. */
    public static final long MOST_KILOBITS = 100_000_000;

    public static final Impairment NONE = new Impairment(0, Duration.ZERO, 0, false);
    public static final Impairment CUT = new Impairment(0, Duration.ZERO, 0, true);

    public Impairment {
        if (!(lossPercent >= 0 && lossPercent <= 100)) {
            throw new IllegalArgumentException("the loss must be 0 to 100 percent, found " + lossPercent);
        }
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("the delay must be 0 to 10 s, found " + delay.toMillis() + " ms");
        }
        if (kilobits < 0 || kilobits > MOST_KILOBITS) {
            throw new IllegalArgumentException("the rate must be 0 to 100,000,000 kbit/s, found " + kilobits);
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Such as {@code loss 5 %, delay 20 ms, 1000 kbit/s}, or {@code cut}; empty when nothing is wrong. */
    public String text() {
        if (cut) {
            return "cut";
        }
        List<String> parts = new ArrayList<>();
        if (lossPercent > 0) {
            parts.add("loss " + number(lossPercent) + " %");
        }
        if (!delay.isZero()) {
            parts.add("delay " + number(delay.toNanos() / 1e6) + " ms");
        }
        if (kilobits > 0) {
            parts.add(kilobits + " kbit/s");
        }
        return String.join(", ", parts);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.2f", value).replaceFirst("0$", "");
    }

    /** As the script takes it. */
    List<String> words() {
        return List.of(
                Long.toString(Math.round(lossPercent * 100)),
                Long.toString(delay.toNanos() / 1000),
                Long.toString(kilobits),
                cut ? "yes" : "no");
    }

    /** What {@link #words} made. */
    static Impairment of(List<String> words) {
        return new Impairment(
                Long.parseLong(words.get(0)) / 100.0,
                Duration.ofNanos(Long.parseLong(words.get(1)) * 1000),
                Long.parseLong(words.get(2)),
                words.get(3).equals("yes"));
    }
}
