package io.twoarm.deploy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a target to an authenticated session: TCP, host key, user key. */
final class SshLogin {
    private static final Logger LOG = LoggerFactory.getLogger(SshLogin.class);

    private final SshTarget target;
    private final SshLimits limits;
    private final HostKeyCheck hostKey;
    private final Optional<KeyPair> identity;
    private final Optional<UserCertificate> certificate;

    private SshLogin(SshTarget target, SshLimits limits, AskedOnce answers, boolean agent) {
        this.target = target;
        this.limits = limits;
        this.hostKey = new HostKeyCheck(target, answers.asking());
        this.identity = PrivateKey.read(target, answers, agent);
        this.certificate = UserCertificate.of(target);
    }

    /** @param way where to connect to instead of the target's own address: the near end of a way through a jump host */
    static ClientSession to(
            SshTarget target, SshLimits limits, SshClient client, AskedOnce answers, Optional<InetSocketAddress> way) {
        SshLogin login = new SshLogin(target, limits, answers, client.getAgentFactory() != null);
        LOG.debug("{}: connecting to {} port {} as {}", target.host(), target.address(), target.port(), target.user());
        ClientSession session = login.connect(client, way);
        try {
            login.authenticate(session);
            return session;
        } catch (RuntimeException | Error e) {
            session.close(true);
            throw e;
        }
    }

    private ClientSession connect(SshClient client, Optional<InetSocketAddress> way) {
        InetSocketAddress address = way.orElseGet(() -> new InetSocketAddress(target.address(), target.port()));
        if (address.isUnresolved()) {
            throw unreachable("the name has no address", null);
        }
        try {
            ConnectFuture future = client.connect(target.user(), address, hostKey.context(), null);
            if (!future.await(limits.connect())) {
                future.cancel();
                throw unreachable("no answer within " + FailureText.seconds(limits.connect()), null);
            }
            if (future.isConnected()) {
                return future.getClientSession();
            }
            throw connectFailure(future.getException());
        } catch (IOException e) {
            throw interrupted(e, "connecting");
        }
    }

    private DeployException connectFailure(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof ConnectException
                && String.valueOf(root.getMessage()).contains("refused")) {
            return new DeployException(
                    new DeployFailure.ConnectionRefused(target.host(), target.address(), target.port()), failure);
        }
        return unreachable(text(root), failure);
    }

    private DeployException unreachable(String cause, Throwable e) {
        return new DeployException(
                new DeployFailure.HostUnreachable(target.host(), target.address(), target.port(), cause), e);
    }

    private void authenticate(ClientSession session) {
        // As ssh does: what a certificate vouches for goes first, and a certificate that is of no use is left out.
        identity.flatMap(key -> certificate.flatMap(it -> it.pair(key, Instant.now())))
                .ifPresent(session::addPublicKeyIdentity);
        identity.ifPresent(session::addPublicKeyIdentity);
        Duration limit = limits.authenticate();
        try {
            AuthFuture future = session.auth();
            if (!future.await(limit)) {
                throw new DeployException(new DeployFailure.TimedOut(target.host(), "the SSH handshake", limit));
            }
            if (!future.isSuccess()) {
                throw authenticationFailure(future.getException());
            }
        } catch (IllegalStateException e) {
            // The session closed between connecting and asking for authentication.
            throw authenticationFailure(e);
        } catch (IOException e) {
            throw interrupted(e, "the SSH handshake");
        }
    }

    private DeployException authenticationFailure(Throwable failure) {
        if (hostKey.refusal().isPresent()) {
            return new DeployException(hostKey.refusal().get(), failure);
        }
        if (failure instanceof SshException refused
                && refused.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            Optional<DeployFailure> unused = certificate.flatMap(it -> it.refusal(identity, Instant.now()));
            if (unused.isPresent()) {
                return new DeployException(unused.get(), failure);
            }
            return new DeployException(
                    new DeployFailure.AuthenticationFailed(
                            target.host(),
                            target.address(),
                            target.port(),
                            target.user(),
                            target.identity(),
                            identity.map(KeyPair::getPublic)
                                    .map(KeyUtils::getFingerPrint)
                                    .orElse("or a key of the agent")),
                    failure);
        }
        return new DeployException(
                new DeployFailure.ProtocolFailed(target.host(), target.address(), target.port(), text(root(failure))),
                failure);
    }

    private DeployException interrupted(IOException e, String during) {
        if (e instanceof InterruptedIOException) {
            Thread.currentThread().interrupt();
            return new DeployException(new DeployFailure.Cancelled(target.host(), during), e);
        }
        return new DeployException(new DeployFailure.ConnectionLost(target.host(), during, text(e)), e);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    static String text(Throwable failure) {
        if (failure == null) {
            return "closed by the other side";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
