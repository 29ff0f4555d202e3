package io.twoarm.artifact;

import java.util.List;

/**
 * Everything that one host needs.
 *
 * @param packages Debian packages that must be installed
 * @param daemonBundle whether the director daemon is to be installed (see {@link DaemonBundle})
 * @param services units in the order in which they are started
 */
public record HostArtifacts(
        String host,
        List<String> packages,
        boolean daemonBundle,
        List<HostFile> files,
        List<Validation> validations,
        List<HostService> services) {

    public HostArtifacts {
        packages = List.copyOf(packages);
        files = List.copyOf(files);
        validations = List.copyOf(validations);
        services = List.copyOf(services);
    }
}
