package io.twoarm.deploy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What only a person can answer while connections are made. Asked on the thread that connects, one question at a time; no
 * answer is stored but in memory. {@link io.twoarm.deploy.secret.StoredAnswers} answers from a store.
 */
public interface SshPrompt {
    /** Nobody is there to ask: unknown hosts are refused, and keys and sudo must need no password. */
    SshPrompt NOBODY = new SshPrompt() {
        @Override
        public boolean trusts(DeployFailure.HostKeyUnknown found) {
            return false;
        }

        @Override
        public Optional<String> passphrase(Path identity, boolean again) {
            return Optional.empty();
        }

        @Override
        public Optional<String> sudoPassword(String user, String host) {
            return Optional.empty();
        }

        @Override
        public boolean isThere() {
            return false;
        }
    };

    /** Whether there is somebody to ask about hosts that were never seen. */
    default boolean isThere() {
        return true;
    }

    /** Whether the key of a host that was never seen is right. If so, it is added to the known hosts. */
    boolean trusts(DeployFailure.HostKeyUnknown found);

    /**
     * The passphrase of a private key.
     *
     * @param again whether the one before was wrong
     */
    Optional<String> passphrase(Path identity, boolean again);

    /**
     * A passphrase for a file of secrets that is made now, typed twice: what is mistyped once would lock the secrets up for ever.
     * Whoever types two that differ, or an empty one, is asked again.
     *
     * @return empty when nobody answers
     */
    default Optional<String> newPassphrase(Path secrets) {
        return Optional.empty();
    }

    /** The password with which a user becomes root. */
    Optional<String> sudoPassword(String user, String host);

    /** The same after a wrong one; empty when nobody is asked again. */
    default Optional<String> sudoPasswordAgain(String user, String host) {
        return Optional.empty();
    }
}
