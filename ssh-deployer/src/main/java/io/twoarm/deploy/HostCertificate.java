package io.twoarm.deploy;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** A host certificate (OpenSSH's PROTOCOL.certkeys) of an authority that is trusted for the host, judged. */
final class HostCertificate {
    /** With SHA-1. */
    private static final Set<String> UNSAFE = Set.of("ssh-rsa", "ssh-dss");

    private final SshTarget target;
    private final OpenSshCertificate certificate;
    private final KnownHosts knownHosts;

    HostCertificate(SshTarget target, OpenSshCertificate certificate, KnownHosts knownHosts) {
        this.target = target;
        this.certificate = certificate;
        this.knownHosts = knownHosts;
    }

    /** Why it does not prove the host's identity; null when it does. */
    DeployFailure refusal(Instant now) {
        return revoked().or(() -> invalid(now)).orElse(null);
    }

    private Optional<DeployFailure> revoked() {
        for (PublicKey key : List.of(certificate.getCertPubKey(), certificate.getCaPubKey())) {
            OptionalInt line = knownHosts.revocation(target.address(), target.port(), key);
            if (line.isPresent()) {
                return Optional.of(new DeployFailure.HostKeyRevoked(
                        target.host(),
                        target.address(),
                        target.port(),
                        KeyUtils.getKeyType(key),
                        KeyUtils.getFingerPrint(key),
                        knownHosts.file(),
                        line.getAsInt()));
            }
        }
        return Optional.empty();
    }

    private Optional<DeployFailure> invalid(Instant now) {
        if (certificate.getType() != OpenSshCertificate.Type.HOST) {
            return refused("it is a certificate for users", "sign the host's key with ssh-keygen -h");
        }
        if (!signed()) {
            return refused(
                    "its signature is not the authority's, or made with an algorithm that is no longer safe",
                    "sign the host's key anew");
        }
        if (!OpenSshCertificate.isValidAt(certificate, now)) {
            return refused(
                    Validity.of(certificate).text(now), "have the host's key signed anew, then: systemctl reload ssh");
        }
        if (certificate.getPrincipals().stream().noneMatch(this::names)) {
            return refused(
                    "it is for %s, not for %s".formatted(principals(), target.address()),
                    "sign the host's key for this name too (ssh-keygen -h -n), or use the name that it is for in the project");
        }
        if (!certificate.getCriticalOptionsMap().isEmpty()) {
            return refused(
                    "it demands what is not known: "
                            + String.join(
                                    ", ", certificate.getCriticalOptionsMap().keySet()),
                    "sign the host's key without critical options");
        }
        return Optional.empty();
    }

    private String principals() {
        return certificate.getPrincipals().isEmpty()
                ? "no host at all"
                : certificate.getPrincipals().stream().collect(Collectors.joining(", "));
    }

    /** OpenSSH lets principals of host certificates be patterns with * and ?. */
    private boolean names(String principal) {
        return WildCards.match(principal, target.address());
    }

    private boolean signed() {
        PublicKey authority = certificate.getCaPubKey();
        String algorithm = certificate.getSignatureAlgorithm();
        BuiltinSignatures factory = BuiltinSignatures.fromFactoryName(algorithm);
        if (factory == null
                || UNSAFE.contains(algorithm)
                || !KeyUtils.getCanonicalKeyType(algorithm).equals(KeyUtils.getKeyType(authority))) {
            return false;
        }
        try {
            Signature verifier = factory.create();
            verifier.initVerifier(null, authority);
            verifier.update(null, certificate.getMessage());
            return verifier.verify(null, certificate.getSignature());
        } catch (Exception e) {
            return false;
        }
    }

    private Optional<DeployFailure> refused(String cause, String fix) {
        return Optional.of(new DeployFailure.HostCertificateRefused(
                target.host(),
                target.address(),
                target.port(),
                certificate.getId(),
                KeyUtils.getFingerPrint(certificate.getCaPubKey()),
                cause,
                fix));
    }
}
