package io.twoarm.deploy;

import java.util.List;

/**
 * A host before its deployment.
 *
 * @param facts for people, in a fixed order
 * @param findings causes before their consequences; empty when all is well
 */
public record HostPreflight(String host, List<Fact> facts, List<Finding> findings) {
    public HostPreflight {
        facts = List.copyOf(facts);
        findings = List.copyOf(findings);
    }

    /** @param name such as {@code kernel} */
    public record Fact(String name, String value) {}

    /** @param blocking whether a deployment would be refused; otherwise it is only good to know */
    public record Finding(boolean blocking, String found, String needed, String fix) {}
}
