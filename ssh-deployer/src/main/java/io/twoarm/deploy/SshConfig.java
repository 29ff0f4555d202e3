package io.twoarm.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;

/**
 * A user's {@code ssh_config(5)}: HostName, Port, User, IdentityFile, CertificateFile, UserKnownHostsFile and ProxyJump, with
 * patterns. {@code Match} blocks are not used.
 */
public final class SshConfig {
    private static final int STANDARD_PORT = 22;
    private static final int LONGEST_CHAIN = 8;

    private final List<HostConfigEntry> entries;
    private final HostConfigEntryResolver resolver;

    private SshConfig(List<HostConfigEntry> entries) {
        this.entries = List.copyOf(entries);
        this.resolver = HostConfigEntry.toHostConfigEntryResolver(entries);
    }

    /** A configuration without any entry. */
    public static SshConfig none() {
        return new SshConfig(List.of());
    }

    /**
     * Reads a file; one that does not exist has no entries.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public static SshConfig read(Path file) {
        if (!Files.exists(file)) {
            return none();
        }
        try {
            return new SshConfig(HostConfigEntry.readHostConfigEntries(file));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Fills in what the configuration says about a target's address.
     *
     * @param identity the key to use whatever the configuration says
     * @param knownHosts the same for the known hosts
     * @throws IllegalArgumentException when jump hosts lead in a circle, or are not written as {@code [user@]host[:port]}
     */
    public SshTarget resolve(SshTarget target, Optional<Path> identity, Optional<Path> knownHosts) {
        return resolve(target, identity, knownHosts, 0);
    }

    private SshTarget resolve(SshTarget target, Optional<Path> identity, Optional<Path> knownHosts, int depth) {
        if (depth > LONGEST_CHAIN) {
            throw new IllegalArgumentException(
                    "the ProxyJump entries of %s lead through more than %d hosts, or in a circle"
                            .formatted(target.host(), LONGEST_CHAIN));
        }
        HostConfigEntry entry = entry(target.address());
        int port = target.port() == STANDARD_PORT && entry.getPort() > 0 ? entry.getPort() : target.port();
        Path key = identity.or(() -> first(entry.getIdentities())).orElse(target.identity());
        Path known = knownHosts
                .or(() -> Optional.ofNullable(entry.getProperty("UserKnownHostsFile"))
                        .map(names -> names.split("\\s+")[0])
                        .map(SshConfig::path))
                .orElse(target.knownHosts());
        Optional<Path> certificate = Optional.ofNullable(entry.getProperty("CertificateFile"))
                .map(SshConfig::path)
                .or(target::certificate);
        String address = Optional.ofNullable(entry.getHostName())
                .filter(name -> !name.isBlank())
                .orElse(target.address());
        SshTarget own = new SshTarget(target.host(), address, port, target.user(), key, known);
        Optional<SshTarget> jump = Optional.ofNullable(entry.getProxyJump())
                .filter(way -> !way.isBlank() && !way.equalsIgnoreCase("none"))
                .map(way -> jump(List.of(way.split(",")), own, identity, knownHosts, depth));
        return new SshTarget(own.host(), address, port, own.user(), key, known, jump, certificate);
    }

    private HostConfigEntry entry(String alias) {
        if (entries.isEmpty()) {
            return new HostConfigEntry();
        }
        try {
            HostConfigEntry entry = resolver.resolveEffectiveHost(alias, 0, null, null, null, null);
            return entry == null ? new HostConfigEntry() : entry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last hop of the way; it leads through those before it. */
    private SshTarget jump(
            List<String> way, SshTarget to, Optional<Path> identity, Optional<Path> knownHosts, int depth) {
        SshTarget hop = hop(way.getLast().strip(), to);
        SshTarget resolved = resolve(hop, identity, knownHosts, depth + 1);
        if (way.size() == 1) {
            return resolved;
        }
        List<String> rest = new ArrayList<>(way.subList(0, way.size() - 1));
        return new SshTarget(
                resolved.host(),
                resolved.address(),
                resolved.port(),
                resolved.user(),
                resolved.identity(),
                resolved.knownHosts(),
                Optional.of(jump(rest, to, identity, knownHosts, depth + 1)),
                resolved.certificate());
    }

    private SshTarget hop(String text, SshTarget to) {
        if (!text.matches("([^@\\s]+@)?(\\[[^\\]\\s]+]|[^:@\\s]+)(:\\d{1,5})?")) {
            throw new IllegalArgumentException(
                    "the ProxyJump of %s is \"%s\"; allowed: [user@]host[:port]".formatted(to.host(), text));
        }
        int at = text.indexOf('@');
        String rest = text.substring(at + 1);
        int colon = rest.endsWith("]") ? -1 : rest.lastIndexOf(':');
        String name = (colon < 0 ? rest : rest.substring(0, colon)).replaceAll("^\\[|]$", "");
        int port = colon < 0 ? STANDARD_PORT : Integer.parseInt(rest.substring(colon + 1));
        String user = at >= 0
                ? text.substring(0, at)
                : Optional.ofNullable(entry(name).getUsername())
                        .filter(login -> !login.isBlank())
                        .orElse(System.getProperty("user.name"));
        return new SshTarget(to.host() + " (jump host " + name + ")", name, port, user, to.identity(), to.knownHosts());
    }

    private static Optional<Path> first(Collection<String> names) {
        return names == null ? Optional.empty() : names.stream().findFirst().map(SshConfig::path);
    }

    private static Path path(String name) {
        String plain = name.replaceAll("^\"|\"$", "");
        return Path.of(plain.startsWith("~/") ? System.getProperty("user.home") + plain.substring(1) : plain);
    }
}
