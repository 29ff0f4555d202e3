package io.twoarm.director.control.client;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A connection to a director's control socket. */
public final class ControlConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader answers;

    private ControlConnection(SocketChannel channel) {
        this.channel = channel;
        answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** @throws IOException when nobody answers there */
    public static ControlConnection open(Path socket) throws IOException {
        return new ControlConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Sends a request: a command and its arguments, separated by spaces. */
    public void send(String request) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(request + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line of the answer; empty when the director has closed the connection. */
    public Optional<Json> receive() throws IOException {
        return Optional.ofNullable(answers.readLine()).map(JsonReader::read);
    }

    /** Sends a request that has an answer of one line. */
    public Json ask(String request) throws IOException {
        send(request);
        return receive().orElseThrow(() -> new IOException("the director closed the connection"));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
