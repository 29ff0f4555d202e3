package io.twoarm.desktop.viewmodel;

import java.time.Duration;

/** Elapsed time for people. */
public final class Seconds {
    private Seconds() {}

    /** Such as {@code 80 ms}, {@code 1.4 s} or {@code 2 min 5 s}. */
    public static String text(Duration elapsed) {
        if (elapsed.toMillis() < 100) {
            return Texts.text("unit.milliseconds", elapsed.toMillis());
        }
        return elapsed.toSeconds() < 60 ? Texts.text("unit.tenths", elapsed.toMillis() / 1000.0) : minutes(elapsed);
    }

    /** Such as {@code 12 s}, {@code 2 min 5 s} or {@code 3 h 10 min}; nothing below a second. */
    public static String minutes(Duration elapsed) {
        if (elapsed.toSeconds() < 60) {
            return Texts.text("unit.seconds", elapsed.toSeconds());
        }
        return elapsed.toMinutes() < 60
                ? Texts.text("unit.minutes", elapsed.toMinutes(), elapsed.toSecondsPart())
                : Texts.text("unit.hours", elapsed.toHours(), elapsed.toMinutesPart());
    }
}
