package io.twoarm.director.control.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code capture} on a terminal: has tcpdump translate the filter, asks the director, and writes its pcapng stream to
 * standard output.
 */
final class CaptureRequest {
    private static final int LONGEST_REQUEST = 4096;

    private CaptureRequest() {}

    /**
     * Streams until either side ends.
     *
     * @param words ports, then the words of a filter in the language of {@code pcap-filter(7)}
     * @throws IOException when the director is not there, refuses or goes away; the message is for people
     */
    static void run(Path socket, List<String> words, int bytesPerFrame, OutputStream out) throws IOException {
        String program = words.size() > 1 ? " " + program(String.join(" ", words.subList(1, words.size()))) : "";
        String request = "capture " + words.getFirst() + " " + bytesPerFrame + program + "\n";
        if (request.length() > LONGEST_REQUEST) {
            throw new IOException("the filter is too long: it makes a request of " + request.length()
                    + " characters, at most " + LONGEST_REQUEST + " are allowed; name fewer addresses or ports");
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                InputStream in = Channels.newInputStream(channel)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            String line = line(in);
            if (!line.contains("\"stream\"")) {
                throw new IOException(line.isEmpty() ? "the director closed the connection" : line);
            }
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The filter as instructions for the BPF machine. */
    private static String program(String filter) throws IOException {
        Process tcpdump;
        try {
            tcpdump = new ProcessBuilder("tcpdump", "-y", "EN10MB", "-ddd", filter).start();
        } catch (IOException e) {
            throw new IOException("tcpdump is needed to read the filter; install it: apt-get install tcpdump", e);
        }
        String output = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(tcpdump.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (tcpdump.waitFor() != 0) {
                throw new IOException("the filter \"" + filter + "\" is refused: " + error.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        List<String> instructions = new ArrayList<>();
        for (String line : output.strip().split("\n")) {
            instructions.add(line.strip().replace(' ', ':'));
        }
        // The first line is their number.
        return String.join(",", instructions.subList(1, instructions.size()));
    }
}
