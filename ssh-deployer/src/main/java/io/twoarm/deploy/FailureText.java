package io.twoarm.deploy;

import io.twoarm.deploy.DeployFailure.*;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The messages of failures: place and fact first, then the cause, then the way out. At most one screen. */
final class FailureText {
    private static final int OUTPUT_LINES = 30;
    private static final int OUTPUT_WIDTH = 200;

    private FailureText() {}

    static String of(DeployFailure failure) {
        return switch (failure) {
            case HostUnreachable f -> unreachable(f);
            case ConnectionRefused f -> refused(f);
            case HostKeyUnknown f -> hostKeyUnknown(f);
            case HostKeyChanged f -> hostKeyChanged(f);
            case HostKeyRevoked f -> hostKeyRevoked(f);
            case HostCertificateRefused f ->
                ("%s: the host certificate of %s port %d is refused, so nothing was sent.%n"
                                + "  certificate: \"%s\" of the authority %s%n  cause: %s.%n  fix: %s")
                        .formatted(f.host(), f.address(), f.port(), f.id(), f.authority(), f.cause(), f.fix());
            case UserCertificateRefused f ->
                "%s: %s port %d does not let %s in, and the certificate %s was not used.%n  cause: %s.%n  fix: %s"
                        .formatted(f.host(), f.address(), f.port(), f.user(), f.certificate(), f.cause(), f.fix());
            case KnownHostsUnusable f -> knownHosts(f);
            case IdentityUnusable f ->
                "%s: the private key %s cannot be used: %s.%n  fix: %s"
                        .formatted(f.host(), f.identity(), f.cause(), f.fix());
            case AuthenticationFailed f -> authentication(f);
            case ProtocolFailed f ->
                "%s: no SSH session with %s port %d: %s.%n  fix: check that an SSH server (protocol 2) listens there."
                        .formatted(f.host(), f.address(), f.port(), f.cause());
            case CommandFailed f ->
                "%s: the command %s: %s%s".formatted(f.host(), f.ending(), f.command(), block(f.output()));
            case TimedOut f ->
                "%s: no end of %s within %s.%n  fix: look at the host's load and network, then repeat."
                        .formatted(f.host(), f.what(), seconds(f.limit()));
            case ConnectionLost f ->
                "%s: the connection broke during %s: %s.%n  fix: repeat the same command."
                        .formatted(f.host(), f.during(), f.cause());
            case Cancelled f ->
                "%s: cancelled during %s. Repeat the same command to complete it.".formatted(f.host(), f.during());
            case FileUnreadable f -> "%s: cannot read %s: %s.".formatted(f.host(), f.path(), f.cause());
            case FileUnwritable f -> "%s: cannot write %s: %s.".formatted(f.host(), f.path(), f.cause());
            case HostUnsuitable f -> unsuitable(f);
            case ArtifactsUnusable f ->
                "%s: %s is %s.%n  allowed: %s".formatted(f.host(), f.field(), f.found(), f.allowed());
            case PlanStale f ->
                "%s: the plan is stale: %s. Nothing was changed.%n%s%n  fix: make the plan again, look at it, and deploy that."
                        .formatted(f.host(), f.cause(), lines(f.difference()));
            case BundleUnusable f ->
                "%s: the daemon archive %s cannot be used: %s.%n  fix: %s"
                        .formatted(f.host(), f.archive(), f.cause(), f.fix());
            case PackagesMissing f ->
                "%s: these packages cannot be installed: %s%s%n  fix: %s"
                        .formatted(f.host(), String.join(", ", f.packages()), block(f.output()), f.fix());
            case HostBusy f ->
                "%s: somebody else deploys to this host: %s.%n  fix: wait until they are done; the lock frees itself when they end."
                        .formatted(f.host(), f.owner());
            case ValidationFailed f ->
                "%s: the new files were refused, nothing was changed.%n  check: %s (%s)%s"
                        .formatted(f.host(), f.command(), f.proves(), block(f.output()));
            case ChangeFailed f -> changeFailed(f);
            case NotAsDesigned f ->
                "%s: not as designed after the change:%n%s%n%s%n  fix: repeat the same command; if it stays, see who else changes this host."
                        .formatted(f.host(), bullets(f.differences()), whatIsNow(f.restored()));
            case RollbackImpossible f ->
                "%s: no rollback: %s. Nothing was changed.%n  fix: %s".formatted(f.host(), f.cause(), f.fix());
            case AccessLost f ->
                "%s: the change was not confirmed: %s.%n  now: the host takes it back by itself %s after it was made.%n  fix: see that the host can be reached, then repeat."
                        .formatted(f.host(), f.cause(), seconds(f.within()));
        };
    }

    private static String unreachable(HostUnreachable f) {
        return "%s: cannot reach %s port %d: %s.%n  fix: check that the host is up, its address in the project, and the route to it."
                .formatted(f.host(), f.address(), f.port(), f.cause());
    }

    private static String refused(ConnectionRefused f) {
        return ("%s: %s refuses connections to port %d.%n"
                        + "  cause: no SSH server listens there, or a firewall rejects.%n"
                        + "  fix: start it (systemctl enable --now ssh) or correct the port in the project.")
                .formatted(f.host(), f.address(), f.port());
    }

    private static String hostKeyUnknown(HostKeyUnknown f) {
        return ("%s: the host key of %s port %d is not known, so nothing was sent.%n"
                        + "  found:      %s %s%n"
                        + "  looked in:  %s%n"
                        + "  fix: compare the fingerprint with the one that the host's console shows%n"
                        + "       (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if it is the same, add this line to the file:%n"
                        + "%s")
                .formatted(f.host(), f.address(), f.port(), f.keyType(), f.fingerprint(), f.knownHosts(), f.line());
    }

    private static String hostKeyChanged(HostKeyChanged f) {
        return ("%s: THE HOST KEY OF %s port %d HAS CHANGED, so nothing was sent.%n"
                        + "  found:     %s %s%n"
                        + "  expected:  %s %s (%s, line %d)%n"
                        + "  cause: the host was installed anew, the address belongs to another machine, or somebody listens in.%n"
                        + "  fix: ask who changed it. Only if the new key is right: ssh-keygen -f '%s' -R '%s'%n"
                        + "       and repeat, which shows the line to add.")
                .formatted(
                        f.host(),
                        f.address(),
                        f.port(),
                        f.foundType(),
                        f.found(),
                        f.expectedType(),
                        f.expected(),
                        f.knownHosts(),
                        f.line(),
                        f.knownHosts(),
                        KnownHosts.name(f.address(), f.port()));
    }

    private static String hostKeyRevoked(HostKeyRevoked f) {
        return "%s: the host key of %s port %d is revoked, so nothing was sent.%n  found:      %s %s%n  revoked in: %s, line %d%n  fix: give the host a new key."
                .formatted(f.host(), f.address(), f.port(), f.keyType(), f.fingerprint(), f.knownHosts(), f.line());
    }

    private static String knownHosts(KnownHostsUnusable f) {
        String place = f.line() == 0 ? f.knownHosts().toString() : f.knownHosts() + ", line " + f.line();
        return "%s: the file of known host keys cannot be used: %s: %s.%n  fix: one line per host: NAME KEYTYPE KEY, as ssh-keyscan prints it."
                .formatted(f.host(), place, f.cause());
    }

    private static String authentication(AuthenticationFailed f) {
        return ("%s: %s port %d does not let %s in with the key %s (%s).%n"
                        + "  fix: add %s.pub to ~%s/.ssh/authorized_keys on the host, mode 0600, and see that%n"
                        + "       its sshd_config allows it (PubkeyAuthentication yes, PermitRootLogin prohibit-password).")
                .formatted(
                        f.host(),
                        f.address(),
                        f.port(),
                        f.user(),
                        f.identity(),
                        f.fingerprint(),
                        f.identity(),
                        f.user());
    }

    private static String unsuitable(HostUnsuitable f) {
        return f.host()
                + ": this host cannot be deployed to; nothing was changed.%n".formatted()
                + f.findings().stream()
                        .map(x -> "  found: %s%n  needed: %s%n  fix: %s".formatted(x.found(), x.needed(), x.fix()))
                        .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String changeFailed(ChangeFailed f) {
        String now = whatIsNow(f.restored());
        String fix = f.restored()
                ? "remove the cause, then repeat the same command."
                : "repeat the same command (it puts back first), or by hand: sh %s/transaction.sh recover"
                        .formatted(f.journal());
        return "%s: the change failed: %s. %s%s%n  fix: %s".formatted(f.host(), f.cause(), now, block(f.output()), fix);
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
