package io.twoarm.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/**
 * An SSH server on loopback whose commands this machine's shell runs, with a host key, one user key, and the files that
 * a client needs.
 */
final class LoopbackServer implements AutoCloseable {
    static final String ADDRESS = "127.0.0.1";

    private final Path directory;
    private final SshServer server = SshServer.setUpDefaultServer();
    private KeyPair userKey;
    private final List<KeyPair> hostKeys = new CopyOnWriteArrayList<>();
    final List<Session> sessions = new CopyOnWriteArrayList<>();

    private LoopbackServer(Path directory) {
        this.directory = directory;
    }

    /** A running server whose known-hosts file already has its key. */
    static LoopbackServer start(Path directory, String... hostKeyTypes) throws Exception {
        LoopbackServer server = new LoopbackServer(directory);
        for (String type : hostKeyTypes.length == 0 ? new String[] {"ssh-ed25519"} : hostKeyTypes) {
            server.hostKeys.add(key(type));
        }
        KeyPair user = key("ssh-ed25519");
        server.userKey = user;
        writeKey(user, server.identity());
        server.server.setHost(ADDRESS);
        server.server.setPort(0);
        server.server.setKeyPairProvider(KeyPairProvider.wrap(server.hostKeys));
        server.server.setPublickeyAuthenticator(
                (name, key, session) -> name.equals("root") && KeyUtils.compareKeys(key, user.getPublic()));
        server.server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.server.setCommandFactory((channel, line) -> new ShellCommand(line));
        server.server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                server.sessions.add(session);
            }
        });
        server.server.start();
        server.trust(server.hostKeys.get(0));
        return server;
    }

    static KeyPair key(String type) {
        try {
            int size = type.equals("ssh-rsa") ? 2048 : 256;
            return KeyUtils.generateKeyPair(type, size);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void writeKey(KeyPair key, Path file) {
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, out);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyPair hostKey() {
        return hostKeys.get(0);
    }

    KeyPair userKey() {
        return userKey;
    }

    int port() {
        return server.getPort();
    }

    Path identity() {
        return directory.resolve("id");
    }

    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** Makes a key the only one that is known for this server. */
    void trust(KeyPair key) {
        writeKnownHosts("# hosts of this test\n" + KnownHosts.line(ADDRESS, port(), key.getPublic()) + "\n");
    }

    void writeKnownHosts(String text) {
        try {
            Files.writeString(knownHosts(), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SshTarget target() {
        return new SshTarget("director1", ADDRESS, port(), "root", identity(), knownHosts());
    }

    /** As a server with other, or old, settings does. */
    void offerOnlyKeyExchange(String name) {
        server.setKeyExchangeFactories(List.of(ServerBuilder.DH2KEX.apply(BuiltinDHFactories.fromFactoryName(name))));
    }

    /** Cuts the connections as a broken network does: no goodbye. */
    void cut() {
        sessions.forEach(session -> session.close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
