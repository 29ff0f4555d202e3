package io.twoarm.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The OpenSSH certificate of a user's key, by which a host lets in whom its authority vouches for. */
final class UserCertificate {
    private final SshTarget target;
    private final Path file;

    /** Empty when the file cannot be used; {@link #unreadable} says why. */
    private final Optional<OpenSshCertificate> certificate;

    private final String unreadable;

    private UserCertificate(SshTarget target, Path file, Optional<OpenSshCertificate> certificate, String unreadable) {
        this.target = target;
        this.file = file;
        this.certificate = certificate;
        this.unreadable = unreadable;
    }

    /** The one that the target names, or else {@code KEY-cert.pub} beside its key, if it is there. */
    static Optional<UserCertificate> of(SshTarget target) {
        Path beside = target.identity().resolveSibling(target.identity().getFileName() + "-cert.pub");
        return target.certificate()
                .or(() -> Optional.of(beside).filter(Files::exists))
                .map(file -> read(target, file));
    }

    private static UserCertificate read(SshTarget target, Path file) {
        try {
            String line = Files.readString(file, StandardCharsets.UTF_8).strip();
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(line)
                    .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
            return key instanceof OpenSshCertificate found
                    ? new UserCertificate(target, file, Optional.of(found), "")
                    : new UserCertificate(target, file, Optional.empty(), "the file holds a plain public key");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            String cause = Files.exists(file) ? "the file cannot be read: " + e.getMessage() : "it does not exist";
            return new UserCertificate(target, file, Optional.empty(), cause);
        }
    }

    Path file() {
        return file;
    }

    Optional<OpenSshCertificate> certificate() {
        return certificate;
    }

    /** The certificate with the private key that belongs to it, if hosts may accept it now. */
    Optional<KeyPair> pair(KeyPair key, Instant now) {
        return refusal(Optional.of(key), now).isPresent()
                ? Optional.empty()
                : certificate.map(found -> new KeyPair(found, key.getPrivate()));
    }

    /** Why no host would accept it; empty when that is for the host to say. */
    Optional<DeployFailure> refusal(Optional<KeyPair> key, Instant now) {
        if (certificate.isEmpty()) {
            return refused(unreadable, "name a file that ssh-keygen -s made, or remove it");
        }
        OpenSshCertificate found = certificate.get();
        if (found.getType() != OpenSshCertificate.Type.USER) {
            return refused("it is a certificate for hosts", "have your key signed without ssh-keygen's option -h");
        }
        if (key.isPresent()
                && !KeyUtils.compareKeys(found.getCertPubKey(), key.get().getPublic())) {
            return refused("it is for another key than " + target.identity(), "name the key that was signed");
        }
        if (!OpenSshCertificate.isValidAt(found, now)) {
            return refused(
                    Validity.of(found).text(now),
                    "have %s.pub signed anew by your authority".formatted(target.identity()));
        }
        if (!found.getPrincipals().isEmpty() && !found.getPrincipals().contains(target.user())) {
            return refused(
                    "it is for %s, not for %s".formatted(String.join(", ", found.getPrincipals()), target.user()),
                    "log in as one of them (user of the host's ssh entry), or have the key signed for %s"
                            .formatted(target.user()));
        }
        return Optional.empty();
    }

    private Optional<DeployFailure> refused(String cause, String fix) {
        return Optional.of(new DeployFailure.UserCertificateRefused(
                target.host(), target.address(), target.port(), target.user(), file, cause, fix));
    }
}
