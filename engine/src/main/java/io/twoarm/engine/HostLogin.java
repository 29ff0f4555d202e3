package io.twoarm.engine;

import io.twoarm.deploy.SshConfig;
import io.twoarm.deploy.SshTarget;
import io.twoarm.model.Host;
import io.twoarm.model.SshAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a user logs in to real hosts.
 *
 * @param identity private key file; empty for what the configuration says, or else the first of the usual ones
 * @param knownHosts file of trusted host keys; empty for what the configuration says, or else {@code
 *     ~/.ssh/known_hosts}
 * @param config the user's {@code ssh_config(5)}; empty for none
 */
public record HostLogin(Optional<Path> identity, Optional<Path> knownHosts, Optional<Path> config) {
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /** Key and known hosts as given; no configuration is read. */
    public static HostLogin of(Path identity, Path knownHosts) {
        return new HostLogin(Optional.of(identity), Optional.of(knownHosts), Optional.empty());
    }

    SshTarget target(Host host, SshAccess ssh) {
        Path folder = Path.of(System.getProperty("user.home"), ".ssh");
        Path key = USUAL_KEYS.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElse(folder.resolve(USUAL_KEYS.getFirst()));
        SshTarget plain =
                new SshTarget(host.name(), ssh.address(), ssh.port(), ssh.user(), key, folder.resolve("known_hosts"));
        try {
            return config.map(SshConfig::read).orElseGet(SshConfig::none).resolve(plain, identity, knownHosts);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    "%s cannot be reached: %s.%n        fix:     correct it in %s"
                            .formatted(
                                    host.name(),
                                    e.getMessage(),
                                    config.map(Path::toString).orElse("the SSH configuration")),
                    e);
        }
    }
}
