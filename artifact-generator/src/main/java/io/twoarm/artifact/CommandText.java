package io.twoarm.artifact;

import java.util.List;
import java.util.stream.Collectors;

/** Commands as one would type them. */
final class CommandText {
    private CommandText() {}

    /** The words with blanks between them, each quoted for a POSIX shell when it needs to be. */
    static String of(List<String> command) {
        return command.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./{}-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
