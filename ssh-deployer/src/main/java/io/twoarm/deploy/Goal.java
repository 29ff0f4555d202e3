package io.twoarm.deploy;

import io.twoarm.artifact.Validation;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a host is to become, and where that is written.
 *
 * @param what names the undertaking in the host's history, such as {@code deployment}
 * @param design finds the design, on this machine or on the host
 * @param health must succeed on the host after the change
 */
record Goal(SshTarget target, String what, Function<SshConnection, HostDesign> design, Optional<Validation> health) {
    String host() {
        return target.host();
    }
}
