package io.twoarm.deploy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The user's SSH agent (draft-ietf-sshm-ssh-agent), found by {@code SSH_AUTH_SOCK}. It is used, never forwarded. */
final class AgentSocket implements SshAgentFactory {
    private static final int LENGTH_BYTES = 4;
    private static final int LONGEST_ANSWER = 256 << 10;

    private final Path path;

    private AgentSocket(Path path) {
        this.path = path;
    }

    static Optional<AgentSocket> find() {
        return Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .filter(Files::exists)
                .map(AgentSocket::new);
    }

    static AgentSocket at(Path path) {
        return new AgentSocket(path);
    }

    @Override
    public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
        return List.of();
    }

    @Override
    public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Client(channel);
    }

    @Override
    public SshAgentServer createServer(ConnectionService service) {
        throw new UnsupportedOperationException("the agent is not forwarded");
    }

    /** One conversation: a request of uint32 length and body, then an answer of the same form. */
    private static final class Client extends AbstractAgentProxy {
        private final SocketChannel channel;

        Client(SocketChannel channel) {
            super(null);
            this.channel = channel;
        }

        @Override
        protected synchronized Buffer request(Buffer buffer) throws IOException {
            ByteBuffer out = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
            while (out.hasRemaining()) {
                channel.write(out);
            }
            int length = read(LENGTH_BYTES).getInt();
            if (length < 1 || length > LONGEST_ANSWER) {
                throw new IOException("the SSH agent announces an answer of " + length + " bytes");
            }
            return new ByteArrayBuffer(read(length).array());
        }

        private ByteBuffer read(int length) throws IOException {
            ByteBuffer in = ByteBuffer.allocate(length);
            while (in.hasRemaining()) {
                if (channel.read(in) < 0) {
                    throw new EOFException("the SSH agent closed the connection");
                }
            }
            return in.flip();
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
