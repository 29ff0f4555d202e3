package io.twoarm.deploy;

import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How commands become root on one connection: not at all for root, else by sudo, with a password if it asks for one.
 *
 * <p>The password goes over standard input, before the command's own, so that it is in no process list and no log.
 */
final class Elevation {
    private static final List<String> WITHOUT_PASSWORD = List.of("sudo", "-n", "--");
    // -k: sudo asks each time. Otherwise it would leave the password to the command when it remembers the user.
    private static final List<String> WITH_PASSWORD = List.of("sudo", "-k", "-S", "-p", "", "--");

    private static final int TRIES = 3;

    private final SshTarget target;
    private final AskedOnce answers;
    private volatile Optional<Way> known = Optional.empty();

    private record Way(List<String> prefix, Optional<String> password) {}

    Elevation(SshTarget target, AskedOnce answers) {
        this.target = target;
        this.answers = answers;
    }

    /** @param user runs a command as the user who logged in */
    RemoteCommand of(RemoteCommand command, Function<RemoteCommand, CommandResult> user) {
        Way way = way(user);
        if (way.prefix.isEmpty()) {
            return command;
        }
        List<String> words = new ArrayList<>(way.prefix);
        words.addAll(command.words());
        RemoteCommand elevated =
                new RemoteCommand(words, command.label(), command.input(), command.limit(), command.outputLimit());
        return way.password
                .map(password -> elevated.withInput(() -> new SequenceInputStream(
                        new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)),
                        command.input().open())))
                .orElse(elevated);
    }

    /** What a caller who writes the input itself must write first. */
    Optional<String> password() {
        return known.flatMap(Way::password);
    }

    private Way way(Function<RemoteCommand, CommandResult> user) {
        if (known.isEmpty()) {
            synchronized (this) {
                if (known.isEmpty()) {
                    known = Optional.of(target.isRoot() ? new Way(List.of(), Optional.empty()) : find(user));
                }
            }
        }
        return known.get();
    }

    /** Without a way, commands run as the user; what needs root then says so. */
    private Way find(Function<RemoteCommand, CommandResult> user) {
        if (user.apply(RemoteCommand.of("sudo", "-n", "true")).succeeded()) {
            return new Way(WITHOUT_PASSWORD, Optional.empty());
        }
        if (!user.apply(RemoteCommand.of("sh", "-c", "command -v sudo")).succeeded()) {
            return new Way(List.of(), Optional.empty());
        }
        Optional<String> password = answers.sudoPassword(target);
        for (int tries = 1; password.isPresent(); tries++) {
            if (opens(password.get(), user)) {
                return new Way(WITH_PASSWORD, password);
            }
            password = tries < TRIES ? answers.sudoPasswordAgain(target) : Optional.empty();
        }
        return new Way(List.of(), Optional.empty());
    }

    private static boolean opens(String password, Function<RemoteCommand, CommandResult> user) {
        return user.apply(RemoteCommand.of("sudo", "-k", "-S", "-p", "", "--", "true")
                        .labelled("sudo true")
                        .withInput((password + "\n").getBytes(StandardCharsets.UTF_8)))
                .succeeded();
    }
}
