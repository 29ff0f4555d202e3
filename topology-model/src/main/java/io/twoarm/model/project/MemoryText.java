package io.twoarm.model.project;

import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.InvalidLiteralException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory: {@code 512 MiB}, {@code 8 GiB}. */
final class MemoryText {
    /** A whole number and its unit, with a blank between them or none. */
    static final String PATTERN = "([1-9][0-9]{0,6}) ?(MiB|GiB)";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);
    private static final int MEGABYTES_PER_GIGABYTE = 1024;

    private MemoryText() {}

    /** In MiB. */
    static int parse(String text) {
        Matcher matcher = COMPILED.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidLiteralException(
                    "\"" + text + "\" is not an amount of memory; allowed is a whole number and MiB or GiB.",
                    "Write an amount such as 512 MiB or 8 GiB.");
        }
        long unit = matcher.group(2).equals("GiB") ? MEGABYTES_PER_GIGABYTE : 1;
        long megabytes = Long.parseLong(matcher.group(1)) * unit;
        if (megabytes > Integer.MAX_VALUE || !DataplaneSettings.MEMORY_MEGABYTES.contains((int) megabytes)) {
            throw new InvalidLiteralException(
                    "\"" + text + "\" is out of range; allowed is "
                            + format(DataplaneSettings.MEMORY_MEGABYTES.lowest()) + " to "
                            + format(DataplaneSettings.MEMORY_MEGABYTES.highest()) + ".",
                    "Write an amount such as 512 MiB.");
        }
        return (int) megabytes;
    }

    static String format(int megabytes) {
        return megabytes % MEGABYTES_PER_GIGABYTE == 0
                ? megabytes / MEGABYTES_PER_GIGABYTE + " GiB"
                : megabytes + " MiB";
    }
}
