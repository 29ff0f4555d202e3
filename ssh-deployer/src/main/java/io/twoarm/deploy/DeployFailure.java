package io.twoarm.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Why something on a host could not be done, with the data that a message about it needs. */
public sealed interface DeployFailure {
    /** The host's name in the topology. */
    String host();

    /** Nothing answers at the address, or the name has no address. */
    record HostUnreachable(String host, String address, int port, String cause) implements DeployFailure {}

    /** The machine answers, but no SSH server listens on the port. */
    record ConnectionRefused(String host, String address, int port) implements DeployFailure {}

    /**
     * No line of the known-hosts file names the host.
     *
     * @param fingerprint of the key that the server showed, {@code SHA256:...}
     * @param line what to add to the file when the fingerprint is right
     */
    record HostKeyUnknown(
            String host, String address, int port, String keyType, String fingerprint, Path knownHosts, String line)
            implements DeployFailure {}

    /**
     * The known-hosts file names other keys for the host.
     *
     * @param found fingerprint of the key that the server showed
     * @param expected fingerprint of the key in the file
     * @param line line number in the file, from 1
     */
    record HostKeyChanged(
            String host,
            String address,
            int port,
            String foundType,
            String found,
            String expectedType,
            String expected,
            Path knownHosts,
            int line)
            implements DeployFailure {}

    /** The known-hosts file revokes the very key that the server showed. */
    record HostKeyRevoked(
            String host, String address, int port, String keyType, String fingerprint, Path knownHosts, int line)
            implements DeployFailure {}

    /**
     * The server shows a certificate of an authority that the known-hosts file trusts, but it is not valid.
     *
     * @param id the certificate's key id
     * @param authority fingerprint of the authority's key
     */
    record HostCertificateRefused(
            String host, String address, int port, String id, String authority, String cause, String fix)
            implements DeployFailure {}

    /** The server accepts no key, and the user's certificate is not valid. */
    record UserCertificateRefused(
            String host, String address, int port, String user, Path certificate, String cause, String fix)
            implements DeployFailure {}

    /** @param line line number from 1; 0 when the file as a whole cannot be read */
    record KnownHostsUnusable(String host, Path knownHosts, int line, String cause) implements DeployFailure {}

    /** The private key file cannot be used. */
    record IdentityUnusable(String host, Path identity, String cause, String fix) implements DeployFailure {}

    /** The server accepts none of the offered keys. */
    record AuthenticationFailed(String host, String address, int port, String user, Path identity, String fingerprint)
            implements DeployFailure {}

    /** Something answers on the port, but no SSH session comes about. */
    record ProtocolFailed(String host, String address, int port, String cause) implements DeployFailure {}

    /** A command ended with a status other than 0, or by a signal. */
    record CommandFailed(String host, String command, String ending, String output) implements DeployFailure {}

    /** @param what what was waited for */
    record TimedOut(String host, String what, Duration limit) implements DeployFailure {}

    /** The connection broke while something was under way. */
    record ConnectionLost(String host, String during, String cause) implements DeployFailure {}

    /** The calling thread was interrupted. */
    record Cancelled(String host, String during) implements DeployFailure {}

    /** A remote file cannot be read as asked. */
    record FileUnreadable(String host, String path, String cause) implements DeployFailure {}

    /** A remote file cannot be written. */
    record FileUnwritable(String host, String path, String cause) implements DeployFailure {}

    /** The host lacks what a deployment needs. */
    record HostUnsuitable(String host, List<Finding> findings) implements DeployFailure {
        public HostUnsuitable {
            findings = List.copyOf(findings);
        }

        /** One thing that is not as it must be. */
        public record Finding(String found, String needed, String fix) {}
    }

    /** The artifacts for a host contradict themselves or cannot be expressed on it. */
    record ArtifactsUnusable(String host, String field, String found, String allowed) implements DeployFailure {}

    /**
     * A saved plan is no longer what would be done.
     *
     * @param cause whether host or project changed
     * @param difference unified diff from the saved plan to the present one
     */
    record PlanStale(String host, String cause, List<String> difference) implements DeployFailure {
        public PlanStale {
            difference = List.copyOf(difference);
        }
    }

    /** The local daemon archive cannot be used. */
    record BundleUnusable(String host, Path archive, String cause, String fix) implements DeployFailure {}

    record PackagesMissing(String host, List<String> packages, String output, String fix) implements DeployFailure {
        public PackagesMissing {
            packages = List.copyOf(packages);
        }
    }

    /** @param owner who holds the host's lock, as they wrote it there */
    record HostBusy(String host, String owner) implements DeployFailure {}

    /** A validation refused the staged files. */
    record ValidationFailed(String host, String command, String proves, String output) implements DeployFailure {}

    /**
     * The transaction on the host failed.
     *
     * @param restored whether everything is as it was before
     * @param output journal lines of the unit at fault, or what the step printed
     */
    record ChangeFailed(String host, String cause, boolean restored, String output, String journal)
            implements DeployFailure {}

    /** There is no way back to the deployment that was asked for. */
    record RollbackImpossible(String host, String cause, String fix) implements DeployFailure {}

    /**
     * After a change nobody could log in to confirm it, and what became of the host is not known.
     *
     * @param within the host takes the change back by itself after this time
     */
    record AccessLost(String host, String cause, Duration within) implements DeployFailure {}

    /**
     * The transaction went through, but the host was not as designed afterwards.
     *
     * @param restored whether everything is as it was before
     */
    record NotAsDesigned(String host, List<String> differences, boolean restored) implements DeployFailure {
        public NotAsDesigned {
            differences = List.copyOf(differences);
        }
    }
}
