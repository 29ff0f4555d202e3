package io.twoarm.deploy;

import io.twoarm.deploy.KnownHosts.Verdict;
import java.nio.file.Files;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.Signature;

/** The judgement of one server's key against one known-hosts file, kept so that the refusal can be explained. */
final class HostKeyCheck {
    private static final AttributeRepository.AttributeKey<HostKeyCheck> KEY = new AttributeRepository.AttributeKey<>();

    private final SshTarget target;
    private final KnownHosts knownHosts;
    private volatile DeployFailure refusal;

    /** @param asking whether somebody can be asked about unknown keys; then the file need not exist yet */
    HostKeyCheck(SshTarget target, boolean asking) {
        this.target = target;
        this.knownHosts = asking && !Files.exists(target.knownHosts())
                ? KnownHosts.empty(target.knownHosts())
                : KnownHosts.read(target.host(), target.knownHosts());
    }

    /** The context to connect with, from which {@link #of} finds this check again. */
    AttributeRepository context() {
        return AttributeRepository.ofKeyValuePair(KEY, this);
    }

    static HostKeyCheck of(Session session) {
        return ((ClientSession) session).getConnectionContext().getAttribute(KEY);
    }

    /**
     * Orders the key types that the server is asked for: a server has several keys, and shows only the one that both
     * sides prefer. Without this a known host could show an unknown key.
     */
    void askForKnownTypesFirst(Session session) {
        List<String> known = knownHosts.keyTypes(target.address(), target.port());
        boolean certified = knownHosts.hasAuthority(target.address(), target.port());
        List<NamedFactory<Signature>> ordered = session.getSignatureFactories().stream()
                .filter(factory -> certified || !KeyUtils.isCertificateAlgorithm(factory.getName()))
                .sorted(Comparator.comparingInt(factory -> rank(known, factory)))
                .toList();
        session.setSignatureFactories(ordered);
        if (certified) {
            session.setKeyExchangeFactories(CertifiedExchange.only(session.getKeyExchangeFactories()));
        }
    }

    private static int rank(List<String> known, NamedFactory<Signature> factory) {
        if (KeyUtils.isCertificateAlgorithm(factory.getName())) {
            return -1;
        }
        int index = known.indexOf(KeyUtils.getCanonicalKeyType(factory.getName()));
        return index < 0 ? known.size() : index;
    }

    boolean accepts(PublicKey key) {
        String address = target.address();
        int port = target.port();
        if (key instanceof OpenSshCertificate certificate) {
            if (knownHosts.isAuthority(address, port, certificate.getCaPubKey())) {
                refusal = new HostCertificate(target, certificate, knownHosts).refusal(Instant.now());
                return refusal == null;
            }
            // Vouched for by a stranger; the key itself may still be known.
            return accepts(certificate.getCertPubKey());
        }
        String type = KeyUtils.getKeyType(key);
        String fingerprint = KeyUtils.getFingerPrint(key);
        refusal = switch (knownHosts.judge(address, port, key)) {
            case Verdict.Trusted() -> null;
            case Verdict.Unknown() ->
                new DeployFailure.HostKeyUnknown(
                        target.host(),
                        address,
                        port,
                        type,
                        fingerprint,
                        knownHosts.file(),
                        KnownHosts.line(address, port, key));
            case Verdict.Changed(int line, String expectedType, String expected) ->
                new DeployFailure.HostKeyChanged(
                        target.host(),
                        address,
                        port,
                        type,
                        fingerprint,
                        expectedType,
                        expected,
                        knownHosts.file(),
                        line);
            case Verdict.Revoked(int line) ->
                new DeployFailure.HostKeyRevoked(
                        target.host(), address, port, type, fingerprint, knownHosts.file(), line);
        };
        return refusal == null;
    }

    /** Why the key was refused, if it was. */
    Optional<DeployFailure> refusal() {
        return Optional.ofNullable(refusal);
    }
}
