package io.twoarm.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SSH connections, one per host, made when first needed and reused until closed.
 *
 * <p>Everything comes from the target and from the user's agent; for {@code ~/.ssh/config} see {@link SshConfig}. A host key
 * is accepted only when the target's known-hosts file has it, or somebody was asked and added it. Safe for use by many
 * threads.
 */
public final class SshConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshConnections.class);
    private static final int UNANSWERED_PROBES = 3;

    private final SshLimits limits;
    private final AskedOnce answers;
    private final SshClient client;
    private final DeployTasks tasks = new DeployTasks("ssh-output");
    private final Map<SshTarget, Slot> slots = new ConcurrentHashMap<>();

    /** The place of one host's connection. A plain lock, so that waiting for a slow host holds up nobody else. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private SshConnection connection;
    }

    public SshConnections() {
        this(SshLimits.STANDARD);
    }

    public SshConnections(SshLimits limits) {
        this(limits, SshPrompt.NOBODY);
    }

    /** @param prompt is asked for keys of unknown hosts, passphrases and passwords */
    public SshConnections(SshLimits limits, SshPrompt prompt) {
        this(limits, prompt, AgentSocket.find());
    }

    SshConnections(SshLimits limits, SshPrompt prompt, Optional<AgentSocket> agent) {
        this.limits = limits;
        this.answers = new AskedOnce(prompt);
        this.client = client(limits, agent);
        client.start();
    }

    private static SshClient client(SshLimits limits, Optional<AgentSocket> agent) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setAgentFactory(agent.orElse(null));
        client.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        // With the client's own algorithms: those of a session are ordered and cut for the host's key.
        client.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(client.getSignatureFactories())));
        client.setKeyExchangeFactories(CertifiedExchange.factories());
        client.setServerKeyVerifier(
                (session, address, key) -> HostKeyCheck.of(session).accepts(key));
        client.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                HostKeyCheck.of(session).askForKnownTypesFirst(session);
            }
        });
        CoreModuleProperties.ABORT_ON_INVALID_CERTIFICATE.set(client, true);
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, limits.connect());
        // Ours strikes first, since it knows what it waited for.
        CoreModuleProperties.AUTH_TIMEOUT.set(client, limits.authenticate().multipliedBy(2));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, limits.keepAlive());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, UNANSWERED_PROBES);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        return client;
    }

    SshLimits limits() {
        return limits;
    }

    AskedOnce answers() {
        return answers;
    }

    /** The passphrase of a key that somebody gave for an earlier connection. */
    Optional<String> knownPassphrase(Path identity) {
        return answers.knownPassphrase(identity);
    }

    /**
     * The connection to a host: the one at hand if it still stands, else a new one.
     *
     * @throws DeployException when the host cannot be reached, does not prove its identity, or lets nobody in
     */
    public SshConnection open(SshTarget target) {
        Slot slot = slots.computeIfAbsent(target, key -> new Slot());
        try {
            slot.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException(new DeployFailure.Cancelled(target.host(), "connecting"), e);
        }
        try {
            if (slot.connection == null || !slot.connection.isOpen()) {
                slot.connection = openAnew(target);
            }
            return slot.connection;
        } finally {
            slot.lock.unlock();
        }
    }

    /**
     * A connection with a login of its own, whatever connections there are. The caller closes it.
     *
     * @throws DeployException as {@link #open}
     */
    SshConnection openAnew(SshTarget target) {
        try {
            return login(target);
        } catch (DeployException e) {
            if (e.failure() instanceof DeployFailure.HostKeyUnknown unknown && answers.learn(unknown)) {
                return login(target);
            }
            throw e;
        }
    }

    private SshConnection login(SshTarget target) {
        if (target.jump().isEmpty()) {
            ClientSession session = SshLogin.to(target, limits, client, answers, Optional.empty());
            return new SshConnection(target, limits, session, tasks, answers);
        }
        SshConnection hop = open(target.jump().get());
        ExplicitPortForwardingTracker way = hop.wayTo(target.address(), target.port());
        try {
            ClientSession session = SshLogin.to(
                    target,
                    limits,
                    client,
                    answers,
                    Optional.of(way.getBoundAddress().toInetSocketAddress()));
            session.addCloseFutureListener(closed -> close(way));
            return new SshConnection(target, limits, session, tasks, answers);
        } catch (RuntimeException e) {
            close(way);
            throw e;
        }
    }

    private static void close(ExplicitPortForwardingTracker way) {
        try {
            way.close();
        } catch (IOException e) {
            LOG.debug("the way through a jump host is closed already", e);
        }
    }

    /** Closes all connections; what runs on them is cut off. */
    @Override
    public void close() {
        slots.values().forEach(slot -> {
            if (slot.connection != null) {
                slot.connection.close();
            }
        });
        client.stop();
        tasks.close();
    }
}
