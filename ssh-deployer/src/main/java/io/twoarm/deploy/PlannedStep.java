package io.twoarm.deploy;

import java.util.List;

/**
 * One thing that a deployment will do to a host.
 *
 * @param action what, in words for people
 * @param reason why
 * @param difference a unified diff of the file that is written or removed, line by line; empty for other steps
 */
public record PlannedStep(String action, String reason, List<String> difference) {
    public PlannedStep {
        difference = List.copyOf(difference);
    }

    static PlannedStep of(String action, String reason) {
        return new PlannedStep(action, reason, List.of());
    }
}
