package io.twoarm.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A target's private key, read from its file. */
final class PrivateKey {
    private static final int TRIES = 3;

    private final SshTarget target;
    private final Path file;

    private PrivateKey(SshTarget target) {
        this.target = target;
        this.file = target.identity();
    }

    /**
     * Reads the key; asks for its passphrase when it has one.
     *
     * @param agent whether an agent may have the key: then a file that is missing or encrypted is left to it
     * @throws DeployException with {@link DeployFailure.IdentityUnusable}
     */
    static Optional<KeyPair> read(SshTarget target, AskedOnce answers, boolean agent) {
        return new PrivateKey(target).read(answers, agent);
    }

    private Optional<KeyPair> read(AskedOnce answers, boolean agent) {
        if (!Files.exists(file)) {
            if (agent) {
                return Optional.empty();
            }
            throw unusable("it does not exist", "ssh-keygen -t ed25519 -f " + file, null);
        }
        try {
            return Optional.of(load(FilePasswordProvider.EMPTY));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (!encrypted(e)) {
                throw refused(e);
            }
            return agent ? Optional.empty() : Optional.of(decrypted(answers, e));
        }
    }

    private KeyPair decrypted(AskedOnce answers, Exception cause) {
        for (int i = 0; i < TRIES; i++) {
            String passphrase = answers.passphrase(file, i > 0)
                    .orElseThrow(() -> unusable(
                            "it is protected by a passphrase",
                            "load it into an agent (ssh-add %s), or use a key without one: ssh-keygen -p -f %s"
                                    .formatted(file, file),
                            cause));
            try {
                return load(FilePasswordProvider.of(passphrase));
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                if (e instanceof DeployException already) {
                    throw already;
                }
                // A wrong passphrase is told in many ways, depending on the format of the key.
            }
        }
        throw unusable("the passphrase is wrong", "repeat with the right one", cause);
    }

    private KeyPair load(FilePasswordProvider passphrase) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, passphrase);
            Iterator<KeyPair> keys = pairs == null ? Collections.emptyIterator() : pairs.iterator();
            if (keys.hasNext()) {
                return keys.next();
            }
            throw unusable("it holds no private key", "name a file that ssh-keygen made", null);
        }
    }

    private static boolean encrypted(Throwable e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("password") || text.contains("passphrase") || text.contains("encrypted");
    }

    private DeployException refused(Exception e) {
        return e instanceof DeployException already
                ? already
                : unusable(String.valueOf(e.getMessage()), "name a file that ssh-keygen made", e);
    }

    private DeployException unusable(String cause, String fix, Throwable e) {
        return new DeployException(new DeployFailure.IdentityUnusable(target.host(), file, cause, fix), e);
    }
}
