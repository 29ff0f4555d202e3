package io.twoarm.deploy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.common.NamedResource;

/**
 * What an SSH server says of itself before anything is encrypted: its version and the algorithms that it offers.
 *
 * <pre>
 * RFC 4253, section 4.2: lines of text, then "SSH-2.0-software comment" CR LF
 * section 6: uint32 packet_length | byte padding_length | payload | padding
 * section 7.1: byte SSH_MSG_KEXINIT (20) | byte[16] cookie | name-list kex | host keys | ciphers to the server, and back |
 *              MACs to the server, and back | ...
 * </pre>
 *
 * @param version such as {@code SSH-2.0-OpenSSH_9.2p1}
 * @param offers in the server's order
 */
record ServerGreeting(String version, Map<Kind, List<String>> offers) {
    private static final int LONGEST_LINE = 255;
    private static final int MOST_LINES = 50;
    private static final int LONGEST_PACKET = 35_000;
    private static final int KEXINIT = 20;
    private static final int COOKIE_BYTES = 16;

    /** What has to be agreed on, in the order of the server's message. */
    enum Kind {
        KEY_EXCHANGE("key exchange"),
        HOST_KEY("host key"),
        CIPHER_TO_SERVER("cipher to the host"),
        CIPHER_TO_CLIENT("cipher from the host"),
        MAC_TO_SERVER("MAC to the host"),
        MAC_TO_CLIENT("MAC from the host");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }

        /** What this program offers, in its order. */
        List<String> ours() {
            return NamedResource.getNameList(
                    switch (this) {
                        case KEY_EXCHANGE -> CertifiedExchange.factories();
                        case HOST_KEY -> ClientBuilder.setUpDefaultSignatureFactories(true);
                        case CIPHER_TO_SERVER, CIPHER_TO_CLIENT -> ClientBuilder.setUpDefaultCiphers(true);
                        case MAC_TO_SERVER, MAC_TO_CLIENT -> ClientBuilder.setUpDefaultMacs(true);
                    });
        }
    }

    /** @throws IOException when no SSH server answers there in time; its message is for people */
    static ServerGreeting of(InetSocketAddress address, Duration limit) throws IOException {
        try (Socket socket = new Socket()) {
            int millis = (int) limit.toMillis();
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            // Theirs first: something else than an SSH server might hang up at ours before its own word is read.
            String version = version(in);
            socket.getOutputStream().write("SSH-2.0-TwoArm_doctor\r\n".getBytes(StandardCharsets.US_ASCII));
            return read(version, in);
        }
    }

    private static ServerGreeting read(String version, DataInputStream in) throws IOException {
        int length = in.readInt();
        int padding = in.readUnsignedByte();
        if (length < padding + 1 + COOKIE_BYTES || length > LONGEST_PACKET) {
            throw new IOException("what follows \"%s\" is no SSH packet".formatted(version));
        }
        if (in.readUnsignedByte() != KEXINIT) {
            throw new IOException("\"%s\" does not begin with its algorithms".formatted(version));
        }
        in.skipNBytes(COOKIE_BYTES);
        Map<Kind, List<String>> offers = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            int bytes = in.readInt();
            if (bytes < 0 || bytes > length) {
                throw new IOException("\"%s\" announces a list of %d bytes".formatted(version, bytes));
            }
            String names = new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
            offers.put(kind, names.isEmpty() ? List.of() : List.of(names.split(",")));
        }
        return new ServerGreeting(version, offers);
    }

    /** A server may say other lines before the one with its version. */
    private static String version(DataInputStream in) throws IOException {
        String first = "";
        for (int i = 0; i < MOST_LINES; i++) {
            String line = line(in, first);
            if (line.startsWith("SSH-")) {
                if (!line.startsWith("SSH-2.0-") && !line.startsWith("SSH-1.99-")) {
                    throw new IOException("the server speaks \"%s\"; needed is protocol 2".formatted(line));
                }
                return line;
            }
            first = i == 0 ? line : first;
        }
        throw new IOException("no SSH server: it begins with \"%s\"".formatted(first));
    }

    /** @param first what the other side said at the beginning */
    private static String line(DataInputStream in, String first) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                String said = first.isEmpty() ? line.toString() : first;
                throw new IOException(
                        said.isEmpty()
                                ? "the other side closed the connection without a word"
                                : "no SSH server: it begins with \"%s\"".formatted(said));
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("no SSH server: it begins with \"%s\"".formatted(line));
            }
            if (c != '\r') {
                line.append(c >= ' ' && c < 127 ? (char) c : '?');
            }
        }
        return line.toString();
    }

    /** RFC 4253, section 7.1: the client's first that the server has, too. */
    Optional<String> agreed(Kind kind) {
        List<String> theirs = offers.get(kind);
        return kind.ours().stream().filter(theirs::contains).findFirst();
    }

    List<Kind> withoutAgreement() {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean cipherBringsItsOwn = (kind == Kind.MAC_TO_SERVER || kind == Kind.MAC_TO_CLIENT)
                    && agreed(kind == Kind.MAC_TO_SERVER ? Kind.CIPHER_TO_SERVER : Kind.CIPHER_TO_CLIENT)
                            .filter(name -> name.contains("gcm") || name.contains("poly1305"))
                            .isPresent();
            if (agreed(kind).isEmpty() && !cipherBringsItsOwn) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
