package io.twoarm.deploy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a deployment will do, host by host in waves: the hosts of a wave at the same time, wave after wave.
 *
 * @param failures messages about hosts for which no plan can be made
 */
public record DeploymentPlan(List<List<HostPlan>> waves, List<String> failures) {
    public DeploymentPlan {
        waves = waves.stream().map(List::copyOf).toList();
        failures = List.copyOf(failures);
    }

    /** Whether there is a plan for every host. */
    public boolean complete() {
        return failures.isEmpty();
    }

    public boolean changesNothing() {
        return complete() && hosts().stream().allMatch(HostPlan::changesNothing);
    }

    public List<HostPlan> hosts() {
        return waves.stream().flatMap(List::stream).toList();
    }

    /** The plan as it is printed and saved, see {@link SavedPlan}. */
    public String text() {
        return waves.stream().map(DeploymentPlan::wave).collect(Collectors.joining("\n", SavedPlan.HEAD + "\n", ""));
    }

    private static String wave(List<HostPlan> hosts) {
        return hosts.stream().map(HostPlan::text).collect(Collectors.joining("\n", SavedPlan.WAVE + "\n\n", ""));
    }
}
