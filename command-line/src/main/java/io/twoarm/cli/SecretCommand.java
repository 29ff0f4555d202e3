package io.twoarm.cli;

import io.twoarm.deploy.SshPrompt;
import io.twoarm.deploy.secret.SecretName;
import io.twoarm.deploy.secret.SecretPlace;
import io.twoarm.deploy.secret.SecretStore;
import io.twoarm.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Passphrases and passwords that are kept for later connections. A secret is never an argument. */
@Command(
        name = "secret",
        description = "Keeps passphrases of keys and sudo passwords in the desktop's keyring or an encrypted file.",
        mixinStandardHelpOptions = true)
final class SecretCommand implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec;

    private SecretCommand() {}

    static CommandLine withParts(Terminal terminal, SshPrompt prompt) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new Put(terminal, prompt))
                .addSubcommand(new Forget(terminal, prompt))
                .addSubcommand(new Names(terminal, prompt));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what about secrets? allowed: set, forget, list");
    }

    /** What the parts have in common. */
    private abstract static class Part implements Callable<Integer> {
        final Terminal terminal;
        final SshPrompt prompt;

        @Spec
        CommandLine.Model.CommandSpec spec;

        @Option(
                names = "--store",
                paramLabel = "PLACE",
                description = "keyring or file (default: the keyring if there is one, else the file).")
        private SecretPlace place;

        Part(Terminal terminal, SshPrompt prompt) {
            this.terminal = terminal;
            this.prompt = prompt;
        }

        SecretStore store() {
            return place == null ? SecretPlace.standard(prompt) : place.open(prompt);
        }

        /** @param subject a key file, or USER@HOST */
        SecretName name(SecretName.Kind kind, String subject) {
            return switch (kind) {
                case PASSPHRASE -> SecretName.passphrase(Path.of(subject));
                case SUDO -> {
                    if (!subject.matches("[^@\\s]+@[^@\\s]+")) {
                        throw new ParameterException(
                                spec.commandLine(),
                                "\"%s\" is not USER@HOST with the host's name in the project".formatted(subject));
                    }
                    yield new SecretName(kind, subject);
                }
            };
        }
    }

    @Command(name = "set", description = "Asks for a secret and stores it.", mixinStandardHelpOptions = true)
    private static final class Put extends Part {
        @Parameters(index = "0", paramLabel = "KIND", description = "passphrase (of a key) or sudo (password)")
        private SecretName.Kind kind;

        @Parameters(index = "1", paramLabel = "SUBJECT", description = "The key file, or USER@HOST for sudo.")
        private String subject;

        Put(Terminal terminal, SshPrompt prompt) {
            super(terminal, prompt);
        }

        @Override
        public Integer call() {
            SecretName name = name(kind, subject);
            if (kind == SecretName.Kind.PASSPHRASE && !Files.exists(Path.of(name.subject()))) {
                throw new EngineException("there is no key file %s.".formatted(name.subject()));
            }
            SecretStore store = store();
            String secret = asked(name)
                    .orElseThrow(() -> new EngineException(
                            "there is nobody to ask.%n        fix:     run it at a terminal".formatted()));
            store.store(name, secret);
            terminal.line("stored %s in %s".formatted(name, store.description()));
            return 0;
        }

        private Optional<String> asked(SecretName name) {
            int at = name.subject().indexOf('@');
            return switch (kind) {
                case PASSPHRASE -> prompt.passphrase(Path.of(name.subject()), false);
                case SUDO ->
                    prompt.sudoPassword(
                            name.subject().substring(0, at), name.subject().substring(at + 1));
            };
        }
    }

    @Command(name = "forget", description = "Removes a secret.", mixinStandardHelpOptions = true)
    private static final class Forget extends Part {
        @Parameters(index = "0", paramLabel = "KIND", description = "passphrase or sudo")
        private SecretName.Kind kind;

        @Parameters(index = "1", paramLabel = "SUBJECT", description = "The key file, or USER@HOST for sudo.")
        private String subject;

        Forget(Terminal terminal, SshPrompt prompt) {
            super(terminal, prompt);
        }

        @Override
        public Integer call() {
            SecretName name = name(kind, subject);
            SecretStore store = store();
            boolean was = store.forget(name);
            terminal.line((was ? "removed %s from %s" : "there is no %s in %s").formatted(name, store.description()));
            return was ? 0 : TwoArm.FAILED;
        }
    }

    @Command(
            name = "list",
            description = "Shows which secrets are stored, not what they are.",
            mixinStandardHelpOptions = true)
    private static final class Names extends Part {
        Names(Terminal terminal, SshPrompt prompt) {
            super(terminal, prompt);
        }

        @Override
        public Integer call() {
            SecretStore store = store();
            List<SecretName> names = store.names();
            terminal.faint("in " + store.description());
            names.forEach(name -> terminal.line("  " + name));
            if (names.isEmpty()) {
                terminal.line("  nothing");
            }
            return 0;
        }
    }
}
