package io.twoarm.deploy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how to reach a host.
 *
 * @param host its name in the topology
 * @param user root, or somebody who may use sudo
 * @param identity private key file
 * @param knownHosts the only file whose host keys are trusted, in OpenSSH's format
 * @param jump the host through which the way leads; it is verified under its own name, as this one is under its own
 * @param certificate an OpenSSH certificate for the key; empty for the file beside the key, {@code KEY-cert.pub}, if it is
 *     there
 */
public record SshTarget(
        String host,
        String address,
        int port,
        String user,
        Path identity,
        Path knownHosts,
        Optional<SshTarget> jump,
        Optional<Path> certificate) {

    /** A host without a certificate of its own name. */
    public SshTarget(
            String host,
            String address,
            int port,
            String user,
            Path identity,
            Path knownHosts,
            Optional<SshTarget> jump) {
        this(host, address, port, user, identity, knownHosts, jump, Optional.empty());
    }

    /** A host that is reached directly. */
    public SshTarget(String host, String address, int port, String user, Path identity, Path knownHosts) {
        this(host, address, port, user, identity, knownHosts, Optional.empty());
    }

    boolean isRoot() {
        return user.equals("root");
    }
}
