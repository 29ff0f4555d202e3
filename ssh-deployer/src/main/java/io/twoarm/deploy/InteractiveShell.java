package io.twoarm.deploy;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;

/**
 * A login shell on a host with a terminal of its own, as {@code ssh HOST} gives it: no command runs, nothing is elevated.
 *
 * <p>It has a connection of its own (RFC 4254, section 6.5, with a terminal of section 6.2), so that it stays when everything
 * else that was asked of the host has ended. Whom to trust is decided by {@link SshConnections}, which logs in first; this
 * connection then accepts nothing but the key that is in the target's known hosts.
 */
public final class InteractiveShell implements AutoCloseable {
    private static final String TERMINAL = "xterm-256color";

    private final SshTarget target;
    private final SshConnections connections;
    private final Optional<ExplicitPortForwardingTracker> way;
    private final Session session;
    private final ChannelShell channel;
    private final InputStream output;
    private final OutputStream input;

    private InteractiveShell(
            SshTarget target,
            SshConnections connections,
            Optional<ExplicitPortForwardingTracker> way,
            Session session,
            ChannelShell channel)
            throws IOException {
        this.target = target;
        this.connections = connections;
        this.way = way;
        this.session = session;
        this.channel = channel;
        output = channel.getInputStream();
        input = channel.getOutputStream();
    }

    /**
     * Logs in and starts the shell.
     *
     * @param connections closed with the shell
     * @param columns of the terminal
     * @param rows of the terminal
     * @throws DeployException when the host cannot be reached, does not prove its identity, or lets nobody in
     */
    public static InteractiveShell open(SshConnections connections, SshTarget target, int columns, int rows) {
        Optional<ExplicitPortForwardingTracker> way = Optional.empty();
        try {
            // Proves the host's key, and asks for it and for passphrases where somebody is to be asked.
            connections.open(target);
            way = target.jump().map(jump -> connections.open(jump).wayTo(target.address(), target.port()));
            return start(connections, target, way, columns, rows);
        } catch (JSchException | IOException | AgentProxyException e) {
            way.ifPresent(InteractiveShell::close);
            connections.close();
            throw new DeployException(
                    new DeployFailure.ProtocolFailed(target.host(), target.address(), target.port(), SshLogin.text(e)),
                    e);
        } catch (RuntimeException e) {
            way.ifPresent(InteractiveShell::close);
            connections.close();
            throw e;
        }
    }

    private static InteractiveShell start(
            SshConnections connections,
            SshTarget target,
            Optional<ExplicitPortForwardingTracker> way,
            int columns,
            int rows)
            throws JSchException, IOException, AgentProxyException {
        JSch client = new JSch();
        client.setKnownHosts(target.knownHosts().toString());
        identify(client, connections, target);
        InetSocketAddress address = way.map(it -> it.getBoundAddress().toInetSocketAddress())
                .orElseGet(() -> InetSocketAddress.createUnresolved(target.address(), target.port()));
        Session session = client.getSession(target.user(), address.getHostString(), address.getPort());
        // The name under which the host is known, also at the near end of a way through a jump host.
        session.setHostKeyAlias(KnownHosts.name(target.address(), target.port()));
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        SshLimits limits = connections.limits();
        session.setServerAliveInterval((int) limits.keepAlive().toMillis());
        try {
            session.connect((int) limits.connect().plus(limits.authenticate()).toMillis());
            ChannelShell channel = (ChannelShell) session.openChannel("shell");
            channel.setPtyType(TERMINAL, columns, rows, 0, 0);
            channel.setAgentForwarding(false);
            InteractiveShell shell = new InteractiveShell(target, connections, way, session, channel);
            channel.connect((int) limits.connect().toMillis());
            return shell;
        } catch (JSchException | IOException | RuntimeException e) {
            session.disconnect();
            throw e;
        }
    }

    /** With the target's key and certificate; where the key is missing or encrypted and an agent runs, with the agent's. */
    private static void identify(JSch client, SshConnections connections, SshTarget target)
            throws JSchException, AgentProxyException {
        boolean readable = Files.exists(target.identity());
        boolean encrypted = readable
                && KeyPair.load(client, target.identity().toString(), null).isEncrypted();
        if (AgentSocket.find().isPresent() && (!readable || encrypted)) {
            client.setIdentityRepository(new AgentIdentityRepository(new SSHAgentConnector()));
            return;
        }
        Optional<String> passphrase =
                encrypted ? connections.answers().passphrase(target.identity(), false) : Optional.empty();
        JschIdentity.add(client, target, passphrase);
    }

    public SshTarget target() {
        return target;
    }

    /** What the terminal shows, until the shell ends. */
    public InputStream output() {
        return output;
    }

    /** What is typed. */
    public OutputStream input() {
        return input;
    }

    /** Tells the host that the terminal has another size. */
    public void resize(int columns, int rows) {
        channel.setPtySize(columns, rows, 0, 0);
    }

    public boolean isOpen() {
        return channel.isConnected() && !channel.isClosed();
    }

    private static void close(ExplicitPortForwardingTracker way) {
        try {
            way.close();
        } catch (IOException e) {
            // The connection that it leads through is closed next.
        }
    }

    /** Ends the shell and what runs in it. */
    @Override
    public void close() {
        channel.disconnect();
        session.disconnect();
        way.ifPresent(InteractiveShell::close);
        connections.close();
    }
}
