package io.twoarm.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A program with its arguments, to be run on a host.
 *
 * <p>SSH carries one string which the account's shell reads. {@link #line()} makes it so that every argument arrives
 * byte for byte, whatever is in it.
 *
 * @param label what logs and messages call it
 * @param limit time limit; empty for the connection's own
 * @param outputLimit bytes kept of standard output and of standard error each; what is beyond is read and dropped
 */
public record RemoteCommand(List<String> words, String label, Input input, Optional<Duration> limit, int outputLimit) {
    private static final int OUTPUT_LIMIT = 4 << 20;
    private static final int LABEL_LENGTH = 120;

    /** Standard input, opened when the command starts and closed when it was sent. */
    @FunctionalInterface
    public interface Input {
        InputStream open() throws IOException;
    }

    public RemoteCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least a program");
        }
        for (String word : words) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "an argument cannot hold a NUL character: " + word.replace("\0", "\\0"));
            }
        }
    }

    public static RemoteCommand of(String... words) {
        return of(List.of(words));
    }

    public static RemoteCommand of(List<String> words) {
        return new RemoteCommand(words, label(words), InputStream::nullInputStream, Optional.empty(), OUTPUT_LIMIT);
    }

    /**
     * A script for the POSIX shell, sent on standard input; the arguments are {@code $1}, {@code $2} and so on.
     *
     * <p>The shell starts the script only after it has read all of it, so a broken connection never runs half of it. The
     * script's own standard input is empty.
     */
    public static RemoteCommand script(String script, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-s", "--"));
        words.addAll(arguments);
        String whole = "{\n" + script + "\nexit\n} </dev/null\n";
        return of(words).withInput(whole.getBytes(StandardCharsets.UTF_8));
    }

    public RemoteCommand labelled(String newLabel) {
        return new RemoteCommand(words, newLabel, input, limit, outputLimit);
    }

    public RemoteCommand withInput(byte[] bytes) {
        byte[] copy = bytes.clone();
        return withInput(() -> new ByteArrayInputStream(copy));
    }

    public RemoteCommand withInput(Input newInput) {
        return new RemoteCommand(words, label, newInput, limit, outputLimit);
    }

    public RemoteCommand withLimit(Duration newLimit) {
        return new RemoteCommand(words, label, input, Optional.of(newLimit), outputLimit);
    }

    public RemoteCommand withOutputLimit(int bytes) {
        return new RemoteCommand(words, label, input, limit, bytes);
    }

    /** The command as one line for a POSIX shell. */
    public String line() {
        return line(words);
    }

    /** The words as far as they fit on a line. */
    private static String label(List<String> words) {
        String line = line(words).replace('\n', ' ');
        return line.length() <= LABEL_LENGTH ? line : line.substring(0, LABEL_LENGTH - 3) + "...";
    }

    private static String line(List<String> words) {
        return words.stream().map(RemoteCommand::quote).collect(Collectors.joining(" "));
    }

    /** A word that a POSIX shell reads as exactly this text. */
    static String quote(String word) {
        if (!word.isEmpty() && word.chars().allMatch(RemoteCommand::harmless)) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }

    // '=' is left out: NAME=value in front of a program would be an assignment. '~' expands.
    private static boolean harmless(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "/._-+:,@%".indexOf(c) >= 0;
    }
}
