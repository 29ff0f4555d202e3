package io.twoarm.director.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Listens on a unix socket of mode 0600 and answers requests, line by line.
 *
 * <p>The socket appears under its name only when it can be connected to: it is bound beside and then renamed. A socket
 * left by a process that died is replaced; one that answers is not.
 */
public final class ControlServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 32;
    private static final int MAX_REQUEST_CHARS = 4096;
    /** {@code sun_path} of {@code struct sockaddr_un}, with its final NUL. */
    private static final int MAX_PATH_BYTES = 108;

    private static final long CLOSING_NANOS = 1_000_000_000;

    private static final String SUFFIX = ".new";

    private final Path path;
    private final ServerSocketChannel listener;
    private final CommandRegistry commands;
    private final BiConsumer<String, Runnable> threads;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();

    private ControlServer(
            Path path, ServerSocketChannel listener, CommandRegistry commands, BiConsumer<String, Runnable> threads) {
        this.path = path;
        this.listener = listener;
        this.commands = commands;
        this.threads = threads;
    }

    /**
     * Opens the socket and starts to answer.
     *
     * @param threads starts a named thread
     * @throws ControlException when another process answers there, or the path cannot be a socket's
     */
    public static ControlServer open(Path path, CommandRegistry commands, BiConsumer<String, Runnable> threads)
            throws ControlException, IOException {
        Path staged = path.resolveSibling(path.getFileName() + SUFFIX);
        if (staged.toString().getBytes(StandardCharsets.UTF_8).length >= MAX_PATH_BYTES) {
            throw new ControlException("the socket's path is too long: " + path + "; at most "
                    + (MAX_PATH_BYTES - SUFFIX.length() - 1) + " bytes are allowed");
        }
        refuseIfAnswered(path);
        Files.deleteIfExists(staged);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(staged));
            Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-------"));
            Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            listener.close();
            Files.deleteIfExists(staged);
            throw e;
        }
        ControlServer server = new ControlServer(path, listener, commands, threads);
        threads.accept("control", server::accept);
        return server;
    }

    private static void refuseIfAnswered(Path path) throws ControlException {
        if (!Files.exists(path)) {
            return;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new ControlException("already running: a director answers on " + channel.getRemoteAddress());
        } catch (IOException e) {
            // Nobody listens: the file is left over and will be replaced.
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel connection = listener.accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    connection.close();
                } else {
                    connections.add(connection);
                    threads.accept("control-connection", () -> serve(connection));
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // The client went away before it was accepted.
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                BufferedReader requests = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8))) {
            ControlCommand.Answer answer = new ConnectionAnswer(connection);
            for (String request = readLine(requests); request != null; request = readLine(requests)) {
                busy.incrementAndGet();
                try {
                    if (!request.isBlank()) {
                        commands.answer(request, answer);
                    }
                } finally {
                    busy.decrementAndGet();
                }
            }
        } catch (IOException e) {
            // The client is gone; there is nobody to tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** @return null at the end, or when a request is longer than any can be */
    private static String readLine(BufferedReader requests) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = requests.read(); c != -1; c = requests.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() == MAX_REQUEST_CHARS) {
                return null;
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private record ConnectionAnswer(SocketChannel connection) implements ControlCommand.Answer {
        @Override
        public void line(Json line) throws IOException {
            bytes(StandardCharsets.UTF_8.encode(line.text() + "\n"));
        }

        @Override
        public void bytes(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                connection.write(bytes);
            }
        }
    }

    /** Stops answering and removes the socket. Answers that are on their way get a second. When this returns, none is. */
    @Override
    public void close() throws IOException {
        listener.close();
        waitUntil(() -> busy.get() == 0);
        for (SocketChannel connection : connections) {
            connection.close();
        }
        waitUntil(connections::isEmpty);
        Files.deleteIfExists(path);
    }

    private static void waitUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + CLOSING_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
