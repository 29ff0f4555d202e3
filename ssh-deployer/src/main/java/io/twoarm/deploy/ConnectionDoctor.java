package io.twoarm.deploy;

import io.twoarm.deploy.ConnectionDiagnosis.Check;
import io.twoarm.deploy.ConnectionDiagnosis.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * Finds what is wrong on the way to a host: which hop, algorithm, key, certificate or permission, and what to do. Nothing is
 * changed but for known hosts that somebody agreed to.
 */
public final class ConnectionDoctor {
    private static final String ALGORITHMS = "algorithms";
    private static final String LOGIN = "login";
    private static final String SECOND_OPINION = "second opinion";

    private final SshConnections connections;
    private final SshLimits limits;
    private final List<Check> checks = new ArrayList<>();
    private SshTarget hop;

    private ConnectionDoctor(SshConnections connections, SshLimits limits) {
        this.connections = connections;
        this.limits = limits;
    }

    /** Examines the way to a host, jump hosts first. */
    public static ConnectionDiagnosis examine(SshConnections connections, SshTarget target) {
        ConnectionDoctor doctor = new ConnectionDoctor(connections, connections.limits());
        doctor.way(target, false);
        return new ConnectionDiagnosis(target.host(), doctor.checks);
    }

    /** @return whether the target lets us in */
    private boolean way(SshTarget target, boolean asJump) {
        if (target.jump().isPresent() && !way(target.jump().get(), true)) {
            hop = target;
            add("address", Verdict.SKIPPED, "the jump host before it does not let us through");
            return false;
        }
        hop = target;
        if (target.jump().isEmpty()) {
            return resolved() && hop(new InetSocketAddress(target.address(), target.port()), asJump);
        }
        try (ExplicitPortForwardingTracker way =
                connections.open(target.jump().get()).wayTo(target.address(), target.port())) {
            add(
                    "address",
                    Verdict.GOOD,
                    "%s port %d, asked of the jump host".formatted(target.address(), target.port()));
            return hop(way.getBoundAddress().toInetSocketAddress(), asJump);
        } catch (IOException e) {
            return failed(
                    "address", SshLogin.text(e), "see that the jump host allows forwarding (AllowTcpForwarding yes)");
        } catch (DeployException e) {
            return failed(
                    "address", e.getMessage(), "see that the jump host allows forwarding (AllowTcpForwarding yes)");
        }
    }

    private boolean resolved() {
        try {
            String addresses = Arrays.stream(InetAddress.getAllByName(hop.address()))
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .collect(Collectors.joining(", "));
            add("address", Verdict.GOOD, addresses + " port " + hop.port());
            return true;
        } catch (UnknownHostException e) {
            return failed(
                    "address",
                    "the name %s has no address".formatted(hop.address()),
                    "correct the address in the host's ssh entry, or the name service (getent hosts %s)"
                            .formatted(hop.address()));
        }
    }

    private boolean hop(InetSocketAddress address, boolean asJump) {
        if (!greets(address)) {
            return false;
        }
        key();
        certificate();
        return logsIn(address) && (asJump || worksAsRoot());
    }

    private boolean greets(InetSocketAddress address) {
        ServerGreeting greeting;
        try {
            greeting = ServerGreeting.of(address, limits.connect());
        } catch (IOException e) {
            boolean refused = SshLogin.text(e).contains("refused");
            return failed(
                    "server",
                    SshLogin.text(e),
                    refused
                            ? "start the SSH server there (systemctl enable --now ssh), or correct port %d in the project"
                                    .formatted(hop.port())
                            : "see that the host is up, which firewall is in between, and that its SSH server listens on port %d"
                                    .formatted(hop.port()));
        }
        add("server", Verdict.GOOD, greeting.version());
        List<ServerGreeting.Kind> missing = greeting.withoutAgreement();
        if (!missing.isEmpty()) {
            return failed(
                    ALGORITHMS,
                    missing.stream()
                            .map(kind -> "no common %s: the host has %s; allowed are %s"
                                    .formatted(
                                            kind,
                                            String.join(", ", greeting.offers().get(kind)),
                                            String.join(", ", kind.ours())))
                            .collect(Collectors.joining("\n")),
                    "allow one of them in the host's sshd_config (%s), or update its SSH server"
                            .formatted(missing.stream()
                                    .map(ConnectionDoctor::setting)
                                    .distinct()
                                    .collect(Collectors.joining(", "))));
        }
        add(
                ALGORITHMS,
                Verdict.GOOD,
                "%s, %s"
                        .formatted(
                                greeting.agreed(ServerGreeting.Kind.KEY_EXCHANGE)
                                        .orElseThrow(),
                                greeting.agreed(ServerGreeting.Kind.CIPHER_TO_SERVER)
                                        .orElseThrow()));
        return true;
    }

    private static String setting(ServerGreeting.Kind kind) {
        return switch (kind) {
            case KEY_EXCHANGE -> "KexAlgorithms";
            case HOST_KEY -> "HostKeyAlgorithms, and a HostKey of that type";
            case CIPHER_TO_SERVER, CIPHER_TO_CLIENT -> "Ciphers";
            case MAC_TO_SERVER, MAC_TO_CLIENT -> "MACs";
        };
    }

    private void key() {
        Path file = hop.identity();
        if (!Files.exists(file)) {
            boolean agent = AgentSocket.find().isPresent();
            add(
                    "key",
                    Verdict.NOTE,
                    file + " does not exist" + (agent ? "; the agent is asked" : ", and no agent runs"),
                    agent ? Optional.empty() : Optional.of("ssh-keygen -t ed25519 -f " + file));
            return;
        }
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            boolean open =
                    rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ);
            add(
                    "key",
                    open ? Verdict.NOTE : Verdict.GOOD,
                    file + (open ? " can be read by others, so that ssh itself would refuse it" : ""),
                    open ? Optional.of("chmod 600 " + file) : Optional.empty());
        } catch (IOException e) {
            add("key", Verdict.NOTE, file + " cannot be looked at: " + SshLogin.text(e), Optional.empty());
        }
    }

    private void certificate() {
        UserCertificate.of(hop)
                .ifPresent(it -> it.refusal(Optional.empty(), Instant.now())
                        .ifPresentOrElse(
                                failure -> {
                                    DeployFailure.UserCertificateRefused refused =
                                            (DeployFailure.UserCertificateRefused) failure;
                                    add(
                                            "certificate",
                                            Verdict.NOTE,
                                            "%s is of no use: %s".formatted(it.file(), refused.cause()),
                                            Optional.of(refused.fix()));
                                },
                                () -> {
                                    OpenSshCertificate found = it.certificate().orElseThrow();
                                    add(
                                            "certificate",
                                            Verdict.GOOD,
                                            "%s, \"%s\": %s"
                                                    .formatted(
                                                            it.file(),
                                                            found.getId(),
                                                            Validity.of(found).text(Instant.now())));
                                }));
    }

    private boolean logsIn(InetSocketAddress address) {
        try {
            connections.open(hop);
            add(LOGIN, Verdict.GOOD, "as " + hop.user());
        } catch (DeployException e) {
            add(LOGIN, Verdict.FAILED, e.text().found(), e.text().fix());
            SecondOpinion other = opinion(address);
            add(
                    SECOND_OPINION,
                    Verdict.NOTE,
                    other.letIn()
                            ? "JSch gets in (%s): host and key are well, and what is above is between this program and them"
                                    .formatted(other.text())
                            : "JSch does not get in either: " + other.text(),
                    other.letIn()
                            ? Optional.of("compare the algorithms, and the known hosts and key that ssh -v names")
                            : Optional.empty());
            return false;
        }
        SecondOpinion other = opinion(address);
        add(
                SECOND_OPINION,
                other.letIn() ? Verdict.GOOD : Verdict.NOTE,
                other.letIn()
                        ? "JSch gets in, too: " + other.text()
                        : "JSch does not get in (%s), which the terminal goes through".formatted(other.text()),
                Optional.empty());
        return true;
    }

    private SecondOpinion opinion(InetSocketAddress address) {
        return SecondOpinion.of(hop, address, connections.knownPassphrase(hop.identity()), limits.authenticate());
    }

    private boolean worksAsRoot() {
        Instant started = Instant.now();
        String marker = "twoarm-doctor ";
        try {
            CommandResult result = connections.open(hop).script("printf '%s%s\\n' 'twoarm-doctor ' \"$(id -u)\"");
            long millis = Duration.between(started, Instant.now()).toMillis();
            String said = result.stdout();
            int at = said.indexOf(marker);
            if (!result.succeeded() || at < 0) {
                return failed(
                        "commands",
                        (result.ending() + "\n" + said + result.stderr()).strip(),
                        "give %s a POSIX shell on the host, without a forced command".formatted(hop.user()));
            }
            if (at > 0) {
                add(
                        "commands",
                        Verdict.NOTE,
                        "in %d ms; the login shell prints before them: %s"
                                .formatted(millis, said.substring(0, at).strip()),
                        Optional.of("print only when a terminal is attached: [ -t 1 ] && ..."));
            } else {
                add("commands", Verdict.GOOD, "in %d ms".formatted(millis));
            }
            String id = said.substring(at + marker.length()).strip();
            if (!id.equals("0")) {
                return failed(
                        "root",
                        "commands run as %s (user id %s)".formatted(hop.user(), id),
                        "set the user of the host's ssh entry to root, or allow that user sudo (usermod -aG sudo %s)"
                                .formatted(hop.user()));
            }
            add("root", Verdict.GOOD, hop.isRoot() ? "logged in as root" : "by sudo");
            return true;
        } catch (DeployException e) {
            return failed(
                    "commands", e.getMessage(), "look at the host's load, and at its SSH server: journalctl -u ssh");
        }
    }

    private boolean failed(String name, String found, String fix) {
        add(name, Verdict.FAILED, found, Optional.of(fix));
        return false;
    }

    private void add(String name, Verdict verdict, String found) {
        add(name, verdict, found, Optional.empty());
    }

    private void add(String name, Verdict verdict, String found, Optional<String> fix) {
        checks.add(new Check(hop.host(), name, verdict, found, fix));
    }
}
