package io.twoarm.deploy.secret;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a secret is for.
 *
 * @param subject the absolute path of a key file, or {@code user@host} with the host's name in the topology
 */
public record SecretName(Kind kind, String subject) {

    /** The kinds that there are. */
    public enum Kind {
        /** Of a private key. */
        PASSPHRASE,
        /** With which a user becomes root. */
        SUDO;

        /** As it is written on command lines and in stores. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SecretName {
        if (subject.isBlank() || subject.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "a secret is for a file or a user on a host, found \"%s\"".formatted(subject));
        }
    }

    public static SecretName passphrase(Path identity) {
        return new SecretName(
                Kind.PASSPHRASE, identity.toAbsolutePath().normalize().toString());
    }

    public static SecretName sudo(String user, String host) {
        return new SecretName(Kind.SUDO, user + "@" + host);
    }

    @Override
    public String toString() {
        return kind.word() + " " + subject;
    }
}
