package io.twoarm.lab;

import io.twoarm.model.Name;
import java.time.Duration;

/**
 * How a lab is to be started.
 *
 * @param name unique among the user's running labs, see {@link Name}
 * @param owned whether the lab ends with this process, however that ends
 * @param startLimit how long the hosts may take to come up, at least one second
 */
public record LabOptions(String name, boolean owned, Duration startLimit) {
    public LabOptions {
        Name.check(name);
        if (startLimit.toSeconds() < 1) {
            throw new LabException(
                    "a start limit of " + startLimit + " leaves the hosts no time",
                    "lab " + name,
                    "use a second or more");
        }
    }

    static boolean isName(String name) {
        return name.matches(Name.PATTERN);
    }

    /** A lab that outlives this process, until it is stopped. */
    public static LabOptions named(String name) {
        return new LabOptions(name, false, Duration.ofSeconds(60));
    }

    /** A lab that ends with this process, also when the process is killed. */
    public static LabOptions ownedLab(String name) {
        return new LabOptions(name, true, Duration.ofSeconds(60));
    }
}
