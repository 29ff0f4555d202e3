package io.twoarm.deploy.secret;

import java.util.List;
import java.util.Optional;

/**
 * A place for secrets.
 *
 * @throws SecretException from every method, when the place cannot be used
 */
public interface SecretStore {
    /** What people call it. */
    String description();

    Optional<String> find(SecretName name);

    /** Stores a secret, in place of what was stored under that name. */
    void store(SecretName name, String secret);

    /** @return whether there was one */
    boolean forget(SecretName name);

    /** What is stored, without the secrets. */
    List<SecretName> names();
}
