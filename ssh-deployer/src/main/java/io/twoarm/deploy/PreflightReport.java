package io.twoarm.deploy;

import java.util.List;

/**
 * Whether hosts can be deployed to, in the order in which they were given.
 *
 * @param failures messages about hosts that could not be asked
 */
public record PreflightReport(List<HostPreflight> hosts, List<String> failures) {
    public PreflightReport {
        hosts = List.copyOf(hosts);
        failures = List.copyOf(failures);
    }

    /** Whether nothing stands in the way on any host. */
    public boolean ready() {
        return failures.isEmpty()
                && hosts.stream().flatMap(host -> host.findings().stream()).noneMatch(HostPreflight.Finding::blocking);
    }
}
