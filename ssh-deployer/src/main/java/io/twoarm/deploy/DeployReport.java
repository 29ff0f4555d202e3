package io.twoarm.deploy;

import java.time.Duration;
import java.util.List;

/** How a deployment ended, host by host, in the order in which the hosts were given. */
public record DeployReport(List<HostReport> hosts, Duration elapsed) {
    public DeployReport {
        hosts = List.copyOf(hosts);
    }

    /** Whether every host is as designed. */
    public boolean succeeded() {
        return hosts.stream().allMatch(host -> switch (host.outcome()) {
            case Outcome.Changed c -> true;
            case Outcome.Unchanged u -> true;
            case Outcome.Failed f -> false;
            case Outcome.Skipped s -> false;
        });
    }

    /** Whether every host was as designed before. */
    public boolean changedNothing() {
        return hosts.stream().allMatch(host -> host.outcome() instanceof Outcome.Unchanged);
    }

    public record HostReport(String host, Outcome outcome, Duration elapsed) {}

    /** How one host ended. */
    public sealed interface Outcome {
        /**
         * The host became as designed.
         *
         * @param files paths that were written or removed, in order
         * @param units what was done to units, such as {@code restart twoarm-director.service}
         */
        record Changed(List<String> files, List<String> units) implements Outcome {
            public Changed {
                files = List.copyOf(files);
                units = List.copyOf(units);
            }
        }

        /** The host was as designed already; nothing was sent or restarted. */
        record Unchanged() implements Outcome {}

        /** The host is as it was, unless the failure says otherwise. */
        record Failed(DeployEvent.Step step, DeployException failure) implements Outcome {}

        /** The host was not visited, since an earlier wave failed. */
        record Skipped(String reason) implements Outcome {}
    }
}
