package io.twoarm.artifact;

import io.twoarm.toa.ToaModule;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one host needs.
 *
 * @param packages Debian packages that must be installed
 * @param daemonBundle whether the director daemon is to be installed (see {@link DaemonBundle})
 * @param services units in the order in which they are started
 * @param withoutBpf what it needs in place of all that, if its kernel has not the hooks of the BPF programs that show
 *     servers their clients; empty for hosts without those programs
 */
public record HostArtifacts(
        String host,
        List<String> packages,
        boolean daemonBundle,
        List<HostFile> files,
        List<Validation> validations,
        List<HostService> services,
        Optional<HostArtifacts> withoutBpf) {

    /** Debian's name of the kernel's headers; on hosts, those of the kernel that runs are meant. */
    public static final String KERNEL_HEADERS = ToaModule.HEADERS_PACKAGE;

    public HostArtifacts {
        packages = List.copyOf(packages);
        files = List.copyOf(files);
        validations = List.copyOf(validations);
        services = List.copyOf(services);
    }

    /** Whatever the kernel has. */
    public HostArtifacts(
            String host,
            List<String> packages,
            boolean daemonBundle,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        this(host, packages, daemonBundle, files, validations, services, Optional.empty());
    }
}
