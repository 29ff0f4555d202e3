package io.twoarm.cli;

import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.SshPrompt;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Asks the person at the terminal. Secrets are read without echo. */
final class ConsolePrompt implements SshPrompt {
    private final Console console;

    private ConsolePrompt(Console console) {
        this.console = console;
    }

    /** Nobody when no terminal is attached: scripts and CI get an error instead of a question. */
    static SshPrompt ofProcess() {
        Console console = System.console();
        return console != null && console.isTerminal() ? new ConsolePrompt(console) : SshPrompt.NOBODY;
    }

    @Override
    public boolean trusts(DeployFailure.HostKeyUnknown found) {
        console.printf(
                "%s: the host key of %s port %d was never seen before.%n  found: %s %s%n"
                        + "  compare it with what the host's console shows: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub%n",
                found.host(), found.address(), found.port(), found.keyType(), found.fingerprint());
        String answer =
                console.readLine("  is it the same, and shall it be added to %s? (yes/no) ", found.knownHosts());
        return "yes".equalsIgnoreCase(answer == null ? "" : answer.strip());
    }

    @Override
    public Optional<String> passphrase(Path identity, boolean again) {
        return secret("%spassphrase of %s: ".formatted(again ? "that was wrong; " : "", identity));
    }

    @Override
    public Optional<String> newPassphrase(Path secrets) {
        return typedTwice(secrets, this::secret);
    }

    /**
     * Asks until the same passphrase was typed twice.
     *
     * @param ask answers a question; empty at the end of the input
     */
    static Optional<String> typedTwice(Path secrets, Function<String, Optional<String>> ask) {
        String before = "";
        while (true) {
            Optional<String> chosen = ask.apply(before + "choose a passphrase for the new file " + secrets + ": ");
            if (chosen.isEmpty()) {
                return chosen;
            }
            if (chosen.get().isEmpty()) {
                before = "it must not be empty; ";
                continue;
            }
            Optional<String> repeated = ask.apply("the same passphrase again: ");
            if (repeated.isEmpty() || repeated.equals(chosen)) {
                return repeated;
            }
            before = "the two differ; ";
        }
    }

    @Override
    public Optional<String> sudoPassword(String user, String host) {
        return secret("password of %s on %s, for sudo: ".formatted(user, host));
    }

    @Override
    public Optional<String> sudoPasswordAgain(String user, String host) {
        return secret("that was wrong; password of %s on %s, for sudo: ".formatted(user, host));
    }

    private Optional<String> secret(String question) {
        return Optional.ofNullable(console.readPassword("%s", question)).map(String::new);
    }
}
