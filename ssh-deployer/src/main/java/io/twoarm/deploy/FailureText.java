package io.twoarm.deploy;

import io.twoarm.deploy.DeployFailure.*;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The message of a failure, at most one screen.
 *
 * @param found place and fact first, then the cause
 * @param fix the way out; empty where each thing that was found has its own, or none is known
 */
record FailureText(String found, Optional<String> fix) {
    private static final int OUTPUT_LINES = 30;
    private static final int OUTPUT_WIDTH = 200;

    /** All of it. */
    String whole() {
        return fix.map(way -> found + "%n  fix: ".formatted() + way).orElse(found);
    }

    private static FailureText onlyFound(String format, Object... values) {
        return new FailureText(format.formatted(values), Optional.empty());
    }

    private FailureText fixedBy(String format, Object... values) {
        return new FailureText(found, Optional.of(format.formatted(values)));
    }

    static FailureText of(DeployFailure failure) {
        return switch (failure) {
            case HostUnreachable f -> unreachable(f);
            case ConnectionRefused f -> refused(f);
            case HostKeyUnknown f -> hostKeyUnknown(f);
            case HostKeyChanged f -> hostKeyChanged(f);
            case HostKeyRevoked f -> hostKeyRevoked(f);
            case HostCertificateRefused f ->
                onlyFound(
                                "%s: the host certificate of %s port %d is refused, so nothing was sent.%n"
                                        + "  certificate: \"%s\" of the authority %s%n  cause: %s.",
                                f.host(), f.address(), f.port(), f.id(), f.authority(), f.cause())
                        .fixedBy("%s", f.fix());
            case UserCertificateRefused f ->
                onlyFound(
                                "%s: %s port %d does not let %s in, and the certificate %s was not used.%n  cause: %s.",
                                f.host(), f.address(), f.port(), f.user(), f.certificate(), f.cause())
                        .fixedBy("%s", f.fix());
            case KnownHostsUnusable f -> knownHosts(f);
            case IdentityUnusable f ->
                onlyFound("%s: the private key %s cannot be used: %s.", f.host(), f.identity(), f.cause())
                        .fixedBy("%s", f.fix());
            case AuthenticationFailed f -> authentication(f);
            case ProtocolFailed f ->
                onlyFound("%s: no SSH session with %s port %d: %s.", f.host(), f.address(), f.port(), f.cause())
                        .fixedBy("check that an SSH server (protocol 2) listens there.");
            case CommandFailed f ->
                onlyFound("%s: the command %s: %s%s", f.host(), f.ending(), f.command(), block(f.output()));
            case TimedOut f ->
                onlyFound("%s: no end of %s within %s.", f.host(), f.what(), seconds(f.limit()))
                        .fixedBy("look at the host's load and network, then repeat.");
            case ConnectionLost f ->
                onlyFound("%s: the connection broke during %s: %s.", f.host(), f.during(), f.cause())
                        .fixedBy("repeat the same command.");
            case Cancelled f ->
                onlyFound("%s: cancelled during %s. Repeat the same command to complete it.", f.host(), f.during());
            case FileUnreadable f -> onlyFound("%s: cannot read %s: %s.", f.host(), f.path(), f.cause());
            case FileUnwritable f -> onlyFound("%s: cannot write %s: %s.", f.host(), f.path(), f.cause());
            case HostUnsuitable f -> unsuitable(f);
            case ArtifactsUnusable f ->
                onlyFound("%s: %s is %s.%n  allowed: %s", f.host(), f.field(), f.found(), f.allowed());
            case PlanStale f ->
                onlyFound(
                                "%s: the plan is stale: %s. Nothing was changed.%n%s",
                                f.host(), f.cause(), lines(f.difference()))
                        .fixedBy("make the plan again, look at it, and deploy that.");
            case BundleUnusable f ->
                onlyFound("%s: the daemon archive %s cannot be used: %s.", f.host(), f.archive(), f.cause())
                        .fixedBy("%s", f.fix());
            case PackagesMissing f ->
                onlyFound(
                                "%s: these packages cannot be installed: %s%s",
                                f.host(), String.join(", ", f.packages()), block(f.output()))
                        .fixedBy("%s", f.fix());
            case HostBusy f ->
                onlyFound("%s: somebody else deploys to this host: %s.", f.host(), f.owner())
                        .fixedBy("wait until they are done; the lock frees itself when they end.");
            case ValidationFailed f ->
                onlyFound(
                        "%s: the new files were refused, nothing was changed.%n  check: %s (%s)%s",
                        f.host(), f.command(), f.proves(), block(f.output()));
            case ChangeFailed f -> changeFailed(f);
            case NotAsDesigned f ->
                onlyFound(
                                "%s: not as designed after the change:%n%s%n%s",
                                f.host(), bullets(f.differences()), whatIsNow(f.restored()))
                        .fixedBy("repeat the same command; if it stays, see who else changes this host.");
            case RollbackImpossible f ->
                onlyFound("%s: no rollback: %s. Nothing was changed.", f.host(), f.cause())
                        .fixedBy("%s", f.fix());
            case AccessLost f ->
                onlyFound(
                                "%s: the change was not confirmed: %s.%n"
                                        + "  now: the host takes it back by itself %s after it was made.",
                                f.host(), f.cause(), seconds(f.within()))
                        .fixedBy("see that the host can be reached, then repeat.");
        };
    }

    private static FailureText unreachable(HostUnreachable f) {
        return onlyFound("%s: cannot reach %s port %d: %s.", f.host(), f.address(), f.port(), f.cause())
                .fixedBy("check that the host is up, its address in the project, and the route to it.");
    }

    private static FailureText refused(ConnectionRefused f) {
        return onlyFound(
                        "%s: %s refuses connections to port %d.%n"
                                + "  cause: no SSH server listens there, or a firewall rejects.",
                        f.host(), f.address(), f.port())
                .fixedBy("start it (systemctl enable --now ssh) or correct the port in the project.");
    }

    private static FailureText hostKeyUnknown(HostKeyUnknown f) {
        return onlyFound(
                        "%s: the host key of %s port %d is not known, so nothing was sent.%n"
                                + "  found:      %s %s%n"
                                + "  looked in:  %s",
                        f.host(), f.address(), f.port(), f.keyType(), f.fingerprint(), f.knownHosts())
                .fixedBy(
                        "compare the fingerprint with the one that the host's console shows%n"
                                + "       (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if it is the same, add this line to the file:%n"
                                + "%s",
                        f.line());
    }

    private static FailureText hostKeyChanged(HostKeyChanged f) {
        return onlyFound(
                        "%s: THE HOST KEY OF %s port %d HAS CHANGED, so nothing was sent.%n"
                                + "  found:     %s %s%n"
                                + "  expected:  %s %s (%s, line %d)%n"
                                + "  cause: the host was installed anew, the address belongs to another machine, or somebody listens in.",
                        f.host(),
                        f.address(),
                        f.port(),
                        f.foundType(),
                        f.found(),
                        f.expectedType(),
                        f.expected(),
                        f.knownHosts(),
                        f.line())
                .fixedBy(
                        "ask who changed it. Only if the new key is right: ssh-keygen -f '%s' -R '%s'%n"
                                + "       and repeat, which shows the line to add.",
                        f.knownHosts(), KnownHosts.name(f.address(), f.port()));
    }

    private static FailureText hostKeyRevoked(HostKeyRevoked f) {
        return onlyFound(
                        "%s: the host key of %s port %d is revoked, so nothing was sent.%n  found:      %s %s%n  revoked in: %s, line %d",
                        f.host(), f.address(), f.port(), f.keyType(), f.fingerprint(), f.knownHosts(), f.line())
                .fixedBy("give the host a new key.");
    }

    private static FailureText knownHosts(KnownHostsUnusable f) {
        String place = f.line() == 0 ? f.knownHosts().toString() : f.knownHosts() + ", line " + f.line();
        return onlyFound("%s: the file of known host keys cannot be used: %s: %s.", f.host(), place, f.cause())
                .fixedBy("one line per host: NAME KEYTYPE KEY, as ssh-keyscan prints it.");
    }

    private static FailureText authentication(AuthenticationFailed f) {
        return onlyFound(
                        "%s: %s port %d does not let %s in with the key %s (%s).",
                        f.host(), f.address(), f.port(), f.user(), f.identity(), f.fingerprint())
                .fixedBy(
                        "add %s.pub to ~%s/.ssh/authorized_keys on the host, mode 0600, and see that%n"
                                + "       its sshd_config allows it (PubkeyAuthentication yes, PermitRootLogin prohibit-password).",
                        f.identity(), f.user());
    }

    private static FailureText unsuitable(HostUnsuitable f) {
        return onlyFound(
                "%s: this host cannot be deployed to; nothing was changed.%n%s",
                f.host(),
                f.findings().stream()
                        .map(x -> "  found: %s%n  needed: %s%n  fix: %s".formatted(x.found(), x.needed(), x.fix()))
                        .collect(Collectors.joining(System.lineSeparator())));
    }

    private static FailureText changeFailed(ChangeFailed f) {
        FailureText text = onlyFound(
                "%s: the change failed: %s. %s%s", f.host(), f.cause(), whatIsNow(f.restored()), block(f.output()));
        return f.restored()
                ? text.fixedBy("remove the cause, then repeat the same command.")
                : text.fixedBy(
                        "repeat the same command (it puts back first), or by hand: sh %s/transaction.sh recover",
                        f.journal());
    }

    private static String whatIsNow(boolean restored) {
        return restored
                ? "Everything was put back as it was before."
                : "PUTTING BACK FAILED TOO: the host is between old and new.";
    }

    private static String bullets(List<String> lines) {
        return lines.stream().limit(OUTPUT_LINES).map(line -> "  - " + line).collect(Collectors.joining("\n"));
    }

    private static String lines(List<String> lines) {
        String shown =
                lines.stream().limit(OUTPUT_LINES).map(line -> "  " + line).collect(Collectors.joining("\n"));
        return lines.size() <= OUTPUT_LINES
                ? shown
                : shown + "\n  (and %d lines more)".formatted(lines.size() - OUTPUT_LINES);
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /** The last lines of a command's output, indented; empty when there is none. */
    private static String block(String output) {
        List<String> lines = output.strip().lines().toList();
        if (output.isBlank()) {
            return "";
        }
        return lines.stream()
                .skip(Math.max(0, lines.size() - OUTPUT_LINES))
                .map(line -> line.length() > OUTPUT_WIDTH ? line.substring(0, OUTPUT_WIDTH) + "..." : line)
                .map(line -> "\n  | " + line)
                .collect(Collectors.joining());
    }
}
