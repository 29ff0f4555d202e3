package io.twoarm.deploy;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.Validation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one host is to become.
 *
 * @param bundleArchive the daemon with its runtime as a gzipped tar with one top folder; needed when the artifacts ask
 *     for the daemon
 * @param health a command that must succeed on the host within half a minute after the change, or the change is taken back
 * @param needs what the design asks of the machine, for the preflight
 */
public record HostDeployment(
        SshTarget target,
        HostArtifacts artifacts,
        Optional<Path> bundleArchive,
        Optional<Validation> health,
        HostNeeds needs) {

    /** A host that needs no hardware. */
    public HostDeployment(
            SshTarget target, HostArtifacts artifacts, Optional<Path> bundleArchive, Optional<Validation> health) {
        this(target, artifacts, bundleArchive, health, HostNeeds.NONE);
    }

    /** A host that is healthy when its units are up. */
    public HostDeployment(SshTarget target, HostArtifacts artifacts, Optional<Path> bundleArchive) {
        this(target, artifacts, bundleArchive, Optional.empty());
    }
}
