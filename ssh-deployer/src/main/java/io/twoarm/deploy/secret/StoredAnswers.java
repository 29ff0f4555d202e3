package io.twoarm.deploy.secret;

import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.SshPrompt;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks secrets up where they are stored, and asks the person only for what is not there or turned out to be wrong. When the
 * place cannot be used the person is asked as well; where nobody is there that is an error.
 */
public final class StoredAnswers implements SshPrompt {
    private static final Logger LOG = LoggerFactory.getLogger(StoredAnswers.class);

    private final SshPrompt person;
    private final Supplier<Optional<SecretStore>> place;
    private Optional<SecretStore> opened;

    /** @param place opened when the first secret is needed */
    public StoredAnswers(SshPrompt person, Supplier<Optional<SecretStore>> place) {
        this.person = person;
        this.place = place;
    }

    private synchronized Optional<String> stored(SecretName name) {
        try {
            if (opened == null) {
                opened = place.get();
            }
            return opened.flatMap(store -> store.find(name));
        } catch (SecretException e) {
            if (!person.isThere()) {
                throw e;
            }
            LOG.warn("The stored secrets cannot be used, so they are asked for", e);
            opened = Optional.empty();
            return Optional.empty();
        }
    }

    @Override
    public boolean isThere() {
        return person.isThere();
    }

    @Override
    public boolean trusts(DeployFailure.HostKeyUnknown found) {
        return person.trusts(found);
    }

    @Override
    public Optional<String> passphrase(Path identity, boolean again) {
        Optional<String> stored = again ? Optional.empty() : stored(SecretName.passphrase(identity));
        return stored.or(() -> person.passphrase(identity, again));
    }

    @Override
    public Optional<String> newPassphrase(Path secrets) {
        return person.newPassphrase(secrets);
    }

    @Override
    public Optional<String> sudoPassword(String user, String host) {
        return stored(SecretName.sudo(user, host)).or(() -> person.sudoPassword(user, host));
    }

    @Override
    public Optional<String> sudoPasswordAgain(String user, String host) {
        return person.sudoPasswordAgain(user, host);
    }
}
