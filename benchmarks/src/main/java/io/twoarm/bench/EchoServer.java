package io.twoarm.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sends back whatever comes in, one thread for all connections. Started with the port; prints {@code ready}. */
public final class EchoServer {
    private EchoServer() {}

    public static void main(String[] arguments) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Integer.parseInt(arguments[0])), 1024);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("ready");
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            while (true) {
                selector.select(key -> serve(selector, key, buffer));
            }
        }
    }

    private static void serve(Selector selector, SelectionKey key, ByteBuffer buffer) {
        try {
            if (key.isAcceptable()) {
                SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
                if (client != null) {
                    client.configureBlocking(false);
                    client.socket().setTcpNoDelay(true);
                    client.register(selector, SelectionKey.OP_READ);
                }
                return;
            }
            SocketChannel client = (SocketChannel) key.channel();
            buffer.clear();
            if (client.read(buffer) < 0) {
                client.close();
                return;
            }
            buffer.flip();
            client.write(buffer);
        } catch (IOException e) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            key.cancel();
        }
    }
}
