package io.twoarm.deploy;

import java.util.List;

/**
 * The drift of all hosts, in the order in which they were given.
 *
 * @param failures messages about hosts that could not be compared
 */
public record DriftReport(List<HostDrift> hosts, List<String> failures) {
    public DriftReport {
        hosts = List.copyOf(hosts);
        failures = List.copyOf(failures);
    }

    /** Whether every host could be compared, and design, deployment and present state agree on all. */
    public boolean none() {
        return failures.isEmpty()
                && hosts.stream().allMatch(host -> host.items().isEmpty());
    }
}
