package io.twoarm.model;

import java.util.regex.Pattern;

/**
 * Names of things in a topology.
 *
 * <p>One grammar serves hosts, ports, segments, pools and services, because all of them end up in file names, unit
 * names and configuration files. What a host name or an interface name must fulfil beyond it is a matter of lint.
 */
public final class Name {
    /** ASCII letters, digits, underscore, dot and hyphen, a letter or digit first, 63 characters at most. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private Name() {}

    /**
     * Returns the name.
     *
     * @throws InvalidLiteralException when it does not fit {@link #PATTERN}
     */
    public static String check(String name) {
        if (!COMPILED.matcher(name).matches()) {
            throw new InvalidLiteralException(
                    "\"" + name + "\" is not a name: names have 1 to 63 letters, digits, underscores, dots and hyphens,"
                            + " and begin with a letter or digit.",
                    "Choose a name such as rs1, dpdk0 or web-lips.");
        }
        return name;
    }
}
