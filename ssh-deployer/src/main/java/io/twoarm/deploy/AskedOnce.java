package io.twoarm.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The answers of a person, so that nothing is asked twice. Safe for use by many threads. */
final class AskedOnce {
    private final SshPrompt prompt;
    private final Map<Path, Optional<String>> passphrases = new HashMap<>();
    private final Map<String, Optional<String>> passwords = new HashMap<>();

    AskedOnce(SshPrompt prompt) {
        this.prompt = prompt;
    }

    /** Whether there is anybody to ask. */
    boolean asking() {
        return prompt.isThere();
    }

    /**
     * Asks for the host's key, unless another connection brought it into the file meanwhile.
     *
     * @return whether it is in the known hosts now
     */
    synchronized boolean learn(DeployFailure.HostKeyUnknown found) {
        Path file = found.knownHosts();
        try {
            if (Files.exists(file) && Files.readAllLines(file).contains(found.line())) {
                return true;
            }
            if (!prompt.trusts(found)) {
                return false;
            }
            append(file, found.line());
            return true;
        } catch (IOException e) {
            throw new DeployException(
                    new DeployFailure.KnownHostsUnusable(found.host(), file, 0, "cannot be added to: " + e), e);
        }
    }

    private static void append(Path file, String line) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        String before = Files.readString(file);
        String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        Files.writeString(
                file, gap + line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    }

    /** @param again whether the one that was given is wrong */
    synchronized Optional<String> passphrase(Path identity, boolean again) {
        if (again) {
            passphrases.remove(identity);
        }
        return passphrases.computeIfAbsent(identity, file -> prompt.passphrase(file, again));
    }

    synchronized Optional<String> knownPassphrase(Path identity) {
        return passphrases.getOrDefault(identity, Optional.empty());
    }

    synchronized Optional<String> sudoPassword(SshTarget target) {
        return passwords.computeIfAbsent(key(target), key -> prompt.sudoPassword(target.user(), target.host()));
    }

    /** After the password that was given turned out to be wrong. */
    synchronized Optional<String> sudoPasswordAgain(SshTarget target) {
        Optional<String> answer = prompt.sudoPasswordAgain(target.user(), target.host());
        passwords.put(key(target), answer);
        return answer;
    }

    private static String key(SshTarget target) {
        return target.user() + "@" + target.address();
    }
}
