package io.twoarm.director.control.client;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * {@code ipvsadm} and {@code dpip} on a terminal: carries the words to the director and its text back. All knowledge is in
 * the director, so that this starts fast: few classes, no lambdas, no formatting.
 */
public final class ToolClient {
    private static final int NO_DIRECTOR_IPVSADM = 2;
    private static final int NO_DIRECTOR = 1;
    private static final String DEFAULT_SOCKET = "/run/twoarm/director.ipc";
    private static final int BUFFER = 1 << 16;

    private ToolClient() {}

    /** @param arguments the tool's name, then its words */
    public static void main(String[] arguments) throws IOException {
        String tool = arguments[0];
        String named = System.getenv("DPVS_IPC_FILE");
        String socket = named == null || named.isEmpty() ? DEFAULT_SOCKET : named;
        int status;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            status = restores(arguments) ? restore(channel, tool) : askRepeatedly(channel, arguments);
        } catch (IOException e) {
            System.err.println(tool + ": no director answers on " + socket + ": " + e.getMessage());
            System.err.println("    fix: start it (systemctl start twoarm-director), run this as the user that it runs"
                    + " as, or name its socket in DPVS_IPC_FILE");
            status = tool.equals("ipvsadm") ? NO_DIRECTOR_IPVSADM : NO_DIRECTOR;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private static boolean restores(String[] arguments) {
        return arguments.length == 2
                && arguments[0].equals("ipvsadm")
                && (arguments[1].equals("-R") || arguments[1].equals("--restore"));
    }

    /** With {@code -i SECONDS} a command of dpip is asked again and again, with {@code -c TIMES} so often. */
    private static int askRepeatedly(SocketChannel channel, String[] arguments) throws IOException {
        String request = request(arguments);
        boolean repeats = false;
        long times = Long.MAX_VALUE;
        for (int i = 1; arguments[0].equals("dpip") && i < arguments.length; i++) {
            repeats |= arguments[i].equals("-i");
            if (arguments[i].equals("-c") && i + 1 < arguments.length && arguments[i + 1].matches("\\d{1,9}")) {
                times = Long.parseLong(arguments[i + 1]);
            }
        }
        int status = ask(channel, request);
        for (long i = 1; repeats && status == 0 && i < times; i++) {
            status = ask(channel, request);
        }
        return status;
    }

    /** One command a line from standard input; ends at the first that fails. */
    private static int restore(SocketChannel channel, String tool) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                int status = ask(channel, tool + " " + line + "\n");
                if (status != 0) {
                    return status;
                }
            }
        }
        return 0;
    }

    private static String request(String[] arguments) {
        StringBuilder request = new StringBuilder(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            request.append(' ');
            for (byte unit : arguments[i].getBytes(StandardCharsets.UTF_8)) {
                if (unit > ' ' && unit < 0x7f && unit != '%') {
                    request.append((char) unit);
                } else {
                    request.append('%')
                            .append(Character.forDigit(unit >> 4 & 15, 16))
                            .append(Character.forDigit(unit & 15, 16));
                }
            }
        }
        return request.append('\n').toString();
    }

    private static int ask(SocketChannel channel, String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
        ByteBuffer part = ByteBuffer.allocate(BUFFER);
        boolean whole = false;
        while (!whole) {
            part.clear();
            if (channel.read(part) < 0) {
                throw new IOException("the director closed the connection");
            }
            line.write(part.array(), 0, part.position());
            whole = part.array()[part.position() - 1] == '\n';
        }
        return print(line.toString(StandardCharsets.UTF_8));
    }

    /** Prints {@code {"status":N,"out":"...","err":"..."}} or {@code {"error":"..."}}; returns the exit status. */
    private static int print(String answer) {
        write(System.out, answer, "\"out\":\"");
        write(System.err, answer, "\"err\":\"");
        if (answer.startsWith("{\"error\":\"")) {
            write(System.err, answer, "\"error\":\"");
            System.err.println();
            return NO_DIRECTOR;
        }
        int status = 0;
        for (int i = "{\"status\":".length(); Character.isDigit(answer.charAt(i)); i++) {
            status = status * 10 + answer.charAt(i) - '0';
        }
        return status;
    }

    /** Writes the JSON string (RFC 8259, 7) that begins behind a mark; an answer of this form has no nested members. */
    private static void write(PrintStream stream, String answer, String mark) {
        int at = answer.indexOf(mark);
        if (at < 0) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int i = at + mark.length(); answer.charAt(i) != '"'; i++) {
            char c = answer.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            i++;
            switch (answer.charAt(i)) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(answer.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(answer.charAt(i));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }
}
