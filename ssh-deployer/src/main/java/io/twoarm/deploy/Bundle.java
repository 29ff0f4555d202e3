package io.twoarm.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A daemon with its runtime.
 *
 * @param archive on this machine, read once per deployment; empty for one that can only be on the host already
 * @param size of the archive in bytes
 */
record Bundle(Optional<Path> archive, long size, Digest digest) {

    /** @throws DeployException with {@link DeployFailure.BundleUnusable} */
    static Bundle read(String host, Path archive) {
        try {
            return new Bundle(Optional.of(archive), Files.size(archive), Digest.of(archive));
        } catch (IOException e) {
            String cause = Files.exists(archive) ? e.toString() : "it does not exist";
            throw new DeployException(
                    new DeployFailure.BundleUnusable(host, archive, cause, "build it with ./twoarm, then repeat"), e);
        }
    }

    /** The name of its directory on a host. */
    String name() {
        return digest.abbreviated();
    }
}
