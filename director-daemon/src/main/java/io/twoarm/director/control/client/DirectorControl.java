package io.twoarm.director.control.client;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.Json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code twoarm-directorctl}: the entry point. */
public final class DirectorControl {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int NOT_RUNNING = 3;

    private static final Path DEFAULT_SOCKET = Path.of("/run/twoarm/director.ipc");

    private static final int DEFAULT_SNAPLEN = 2048;

    private static final String HELP = """
            usage: twoarm-directorctl [-x SOCKET] [--json] COMMAND [ARGUMENTS]
                   twoarm-directorctl [-x SOCKET] [--snaplen BYTES] capture PORT[,PORT...]|all [FILTER] >FILE.pcapng

            Asks a running director.

            options:
              -x SOCKET   the director's control socket (default /run/twoarm/director.ipc)
              --json      print the director's answer as it is, one JSON value per line
              --snaplen   how much of each frame is captured (default 2048)
              -h          print this text and exit

            commands: status, counters, services, sessions [LIMIT], translation, nat64 [LIMIT], neighbours, ports,
            watch SECONDS, reload, stop, capture;
            "help" lists those of the running director.

            exit status: 0 answered, 1 refused, 2 wrong usage, 3 no director answers.
            """;

    private DirectorControl() {}

    public static void main(String[] arguments) {
        Path socket = DEFAULT_SOCKET;
        boolean json = false;
        int snaplen = DEFAULT_SNAPLEN;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "-x" -> {
                    if (i + 1 == arguments.length) {
                        System.exit(wrongUsage("-x needs a socket"));
                    }
                    i++;
                    socket = Path.of(arguments[i]);
                }
                case "--json" -> json = true;
                case "--snaplen" -> {
                    if (i + 1 == arguments.length || !arguments[i + 1].matches("\\d{1,5}")) {
                        System.exit(wrongUsage("--snaplen needs a number of bytes, 14 to 65535"));
                    }
                    i++;
                    snaplen = Integer.parseInt(arguments[i]);
                }
                case "-h", "--help" -> {
                    System.out.print(HELP);
                    System.exit(DONE);
                }
                default -> words.add(arguments[i]);
            }
        }
        if (words.isEmpty()) {
            System.exit(wrongUsage("no command"));
        }
        if (words.getFirst().equals("capture")) {
            System.exit(capture(socket, words.subList(1, words.size()), snaplen));
        }
        System.exit(ask(socket, String.join(" ", words), json));
    }

    private static int capture(Path socket, List<String> words, int snaplen) {
        if (words.isEmpty()) {
            return wrongUsage("capture needs a port, or all");
        }
        try {
            // Unbuffered, so that every frame is out when it was captured.
            CaptureRequest.run(socket, words, snaplen, new FileOutputStream(FileDescriptor.out));
            return DONE;
        } catch (IOException e) {
            System.err.println("twoarm-directorctl: " + e.getMessage());
            return REFUSED;
        }
    }

    private static int wrongUsage(String problem) {
        System.err.println("twoarm-directorctl: " + problem);
        System.err.print(HELP);
        return WRONG_USAGE;
    }

    private static int ask(Path socket, String request, boolean json) {
        ControlConnection connection;
        try {
            connection = ControlConnection.open(socket);
        } catch (IOException e) {
            System.err.println("twoarm-directorctl: no director answers on " + socket + ": " + e.getMessage());
            System.err.println(
                    "    fix: start it (systemctl start twoarm-director), run this as the user that it runs as,"
                            + " or name its socket with -x");
            return NOT_RUNNING;
        }
        try (connection) {
            connection.send(request);
            boolean goesOn = request.startsWith("watch ") || request.equals("stop");
            int lines = 0;
            for (Optional<Json> line = connection.receive(); line.isPresent(); line = connection.receive()) {
                lines++;
                int status = print(line.get(), json);
                if (status != DONE || !goesOn) {
                    return status;
                }
            }
            return lines > 0 ? DONE : lost("it closed the connection");
        } catch (IOException e) {
            return lost(e.getMessage());
        }
    }

    private static int lost(String why) {
        System.err.println("twoarm-directorctl: the director gave no answer: " + why);
        return REFUSED;
    }

    private static int print(Json line, boolean json) {
        if (line instanceof JsonObject answer && answer.get("error").isPresent()) {
            String error = answer.get("error").get() instanceof Json.JsonString(String text) ? text : answer.text();
            System.err.println(json ? answer.text() : "twoarm-directorctl: " + error);
            return REFUSED;
        }
        System.out.print(json || !(line instanceof JsonObject answer) ? line.text() + "\n" : AnswerText.of(answer));
        System.out.flush();
        return DONE;
    }
}
