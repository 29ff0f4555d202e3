package io.twoarm.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * One known-hosts file in the format of sshd(8): plain, patterned and hashed names, {@code [name]:port}, {@code @revoked}
 * and {@code @cert-authority}.
 */
final class KnownHosts {
    private static final int STANDARD_PORT = 22;

    private final Path file;
    private final List<Line> lines;

    /** @param names as in the file: patterns separated by commas, or one hashed name */
    private record Line(int number, KnownHostEntry entry, String names, String keyType, PublicKey key) {
        boolean matches(String address, int port) {
            // The library compares ports; in OpenSSH a pattern is for the whole name, so that * is every host on every
            // port.
            // An authority may also be named without the port.
            return entry.isHostMatch(address, port) || matches(name(address, port)) || authority() && matches(address);
        }

        /** A pattern list of ssh_config(5): * and ?, and ! for exceptions. */
        private boolean matches(String name) {
            boolean matches = false;
            for (String pattern : names.split(",")) {
                boolean exception = pattern.startsWith("!");
                if (WildCards.match(exception ? pattern.substring(1) : pattern, name)) {
                    if (exception) {
                        return false;
                    }
                    matches = true;
                }
            }
            return matches;
        }

        boolean revoked() {
            return "revoked".equals(entry.getMarker());
        }

        boolean authority() {
            return "cert-authority".equals(entry.getMarker());
        }
    }

    /** What the file says about a key. */
    sealed interface Verdict {
        record Trusted() implements Verdict {}

        record Unknown() implements Verdict {}

        record Changed(int line, String expectedType, String expected) implements Verdict {}

        record Revoked(int line) implements Verdict {}
    }

    private KnownHosts(Path file, List<Line> lines) {
        this.file = file;
        this.lines = List.copyOf(lines);
    }

    /** A file that is not there yet. */
    static KnownHosts empty(Path file) {
        return new KnownHosts(file, List.of());
    }

    /** @throws DeployException with {@link DeployFailure.KnownHostsUnusable} */
    static KnownHosts read(String host, Path file) {
        List<String> text;
        try {
            text = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DeployException(
                    new DeployFailure.KnownHostsUnusable(
                            host, file, 0, Files.exists(file) ? e.toString() : "it does not exist"),
                    e);
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(parse(host, file, i + 1, line));
            }
        }
        return new KnownHosts(file, lines);
    }

    private static Line parse(String host, Path file, int number, String line) {
        try {
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line);
            PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            String names = line.split("\\s+")[line.startsWith("@") ? 1 : 0];
            return new Line(number, entry, names, entry.getKeyEntry().getKeyType(), key);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new DeployException(
                    new DeployFailure.KnownHostsUnusable(
                            host, file, number, "not a host key line (" + e.getMessage() + ")"),
                    e);
        }
    }

    Path file() {
        return file;
    }

    /** The key types on file for a host, revoked ones last: the order in which to ask the server for them. */
    List<String> keyTypes(String address, int port) {
        return matching(address, port).stream()
                .filter(line -> !line.authority())
                .sorted(Comparator.comparing(Line::revoked))
                .map(Line::keyType)
                .distinct()
                .toList();
    }

    private List<Line> matching(String address, int port) {
        return lines.stream().filter(line -> line.matches(address, port)).toList();
    }

    /** Whether certificates may vouch for a host, so that the server is to be asked for one. */
    boolean hasAuthority(String address, int port) {
        return matching(address, port).stream().anyMatch(Line::authority);
    }

    /** Whether certificates that this key signed vouch for a host. */
    boolean isAuthority(String address, int port, PublicKey key) {
        return matching(address, port).stream()
                .anyMatch(line -> line.authority() && KeyUtils.compareKeys(line.key, key));
    }

    /** The line that revokes a key for a host. */
    OptionalInt revocation(String address, int port, PublicKey key) {
        return matching(address, port).stream()
                .filter(line -> line.revoked() && KeyUtils.compareKeys(line.key, key))
                .mapToInt(Line::number)
                .findFirst();
    }

    Verdict judge(String address, int port, PublicKey key) {
        OptionalInt revoked = revocation(address, port, key);
        if (revoked.isPresent()) {
            return new Verdict.Revoked(revoked.getAsInt());
        }
        List<Line> valid = matching(address, port).stream()
                .filter(line -> !line.revoked() && !line.authority())
                .toList();
        if (valid.stream().anyMatch(line -> KeyUtils.compareKeys(line.key, key))) {
            return new Verdict.Trusted();
        }
        // A line of the same type says most about what changed.
        String type = KeyUtils.getKeyType(key);
        return valid.stream()
                .filter(line -> line.keyType.equals(type))
                .findFirst()
                .or(() -> valid.stream().findFirst())
                .<Verdict>map(line -> new Verdict.Changed(line.number, line.keyType, KeyUtils.getFingerPrint(line.key)))
                .orElseGet(Verdict.Unknown::new);
    }

    /** How a host is named in the file: the port only when it is not 22. */
    static String name(String address, int port) {
        return port == STANDARD_PORT ? address : "[" + address + "]:" + port;
    }

    static String line(String address, int port, PublicKey key) {
        return name(address, port) + " " + PublicKeyEntry.toString(key);
    }
}
