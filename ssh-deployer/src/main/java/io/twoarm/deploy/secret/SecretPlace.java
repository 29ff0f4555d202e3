package io.twoarm.deploy.secret;

import io.twoarm.deploy.SshPrompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which stores there are. */
public enum SecretPlace {
    /** The desktop's. */
    KEYRING,
    /** The encrypted one. */
    FILE;

    /** Where secrets are looked for: in the keyring of the session, or else in the file if there is one. */
    public static Optional<SecretStore> inUse(SshPrompt person) {
        return DesktopKeyring.ofSession()
                .or(() -> Files.exists(EncryptedFile.standardPath())
                        ? Optional.of(file(EncryptedFile.standardPath(), person))
                        : Optional.empty());
    }

    /** Where secrets are stored unless a place is named: the keyring, or else the file. */
    public static SecretStore standard(SshPrompt person) {
        return DesktopKeyring.ofSession().orElseGet(() -> file(EncryptedFile.standardPath(), person));
    }

    /** @throws SecretException when it is not there */
    public SecretStore open(SshPrompt person) {
        return switch (this) {
            case FILE -> file(EncryptedFile.standardPath(), person);
            case KEYRING -> DesktopKeyring.ofSession().orElseThrow(() -> new SecretException("""
                                there is no keyring: no D-Bus session with a Secret Service.
                                        fix:     log in to a desktop, or use the encrypted file (--store file)""", null));
        };
    }

    /** The encrypted file, whose passphrase the person knows or chooses. */
    static SecretStore file(Path file, SshPrompt person) {
        return new EncryptedFile(file, question -> switch (question) {
            case OPEN -> person.passphrase(file, false);
            case AGAIN -> person.passphrase(file, true);
            case NEW -> person.newPassphrase(file);
        });
    }
}
