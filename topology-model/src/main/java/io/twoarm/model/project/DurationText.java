package io.twoarm.model.project;

import io.twoarm.model.HealthCheck;
import io.twoarm.model.InvalidLiteralException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 500ms}, {@code 3s}, {@code 2m}, {@code 1h}. */
final class DurationText {
    /** A whole number and its unit. */
    static final String PATTERN = "(0|[1-9][0-9]{0,8})(ms|s|m|h)";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private DurationText() {}

    /** @param shortest the shortest time allowed, 0 or 1 ms */
    static Duration parse(String text, Duration shortest) {
        return parse(text, shortest, HealthCheck.TcpConnect.LONGEST);
    }

    /** The same with another longest time. */
    static Duration parse(String text, Duration shortest, Duration longest) {
        Matcher matcher = COMPILED.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidLiteralException(
                    "\"" + text + "\" is not a time; allowed is a whole number and ms, s, m or h.",
                    "Write a time such as 3s or 500ms.");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration time = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (time.compareTo(shortest) < 0 || time.compareTo(longest) > 0) {
            throw new InvalidLiteralException(
                    "\"" + text + "\" is out of range; allowed is " + format(shortest) + " to " + format(longest) + ".",
                    "Write a time such as 3s.");
        }
        return time;
    }

    /** In seconds when it is whole seconds, otherwise in milliseconds. */
    static String format(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
