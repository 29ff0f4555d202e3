package io.twoarm.deploy;

import java.util.List;

/**
 * What a deployment will do to one host, in order. Two plans with the same text do the same.
 *
 * @param design digest of everything that the host is to have
 * @param steps empty when the host is as designed
 */
public record HostPlan(String host, String design, List<PlannedStep> steps) {
    static final String INDENT = "   ";
    static final String DIFFERENCE = INDENT + "| ";

    public HostPlan {
        steps = List.copyOf(steps);
    }

    public boolean changesNothing() {
        return steps.isEmpty();
    }

    /** The plan for people, ended by a line feed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("host ").append(host).append("\ndesign ").append(design).append('\n');
        if (steps.isEmpty()) {
            text.append("nothing to do\n");
        }
        for (int i = 0; i < steps.size(); i++) {
            PlannedStep step = steps.get(i);
            text.append("%d. %s\n".formatted(i + 1, step.action()));
            text.append(INDENT).append("reason: ").append(step.reason()).append('\n');
            step.difference()
                    .forEach(line -> text.append(DIFFERENCE).append(line).append('\n'));
        }
        return text.toString();
    }
}
