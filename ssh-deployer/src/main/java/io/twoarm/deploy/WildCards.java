package io.twoarm.deploy;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** OpenSSH's patterns for host names: * for any text, ? for one character, in either case. */
final class WildCards {
    private WildCards() {}

    static boolean match(String pattern, String name) {
        String expression = pattern.toLowerCase(Locale.ROOT)
                .chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return name.toLowerCase(Locale.ROOT).matches(expression);
    }
}
