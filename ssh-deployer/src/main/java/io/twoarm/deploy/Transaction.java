package io.twoarm.deploy;

import io.twoarm.deploy.HostDesign.WantedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change of a host that the host makes by itself, all or nothing, whatever becomes of this side.
 *
 * @param id names it on the host; starts with the time, so that names sort by age
 * @param what {@code deployment}, or what else it is, for the history
 * @param owner who makes it, for the history
 * @param confirmWithin how long the host waits for {@link #confirm} before it takes the change back
 */
record Transaction(
        String id, SshTarget target, SshConnections connections, String what, String owner, Duration confirmWithin) {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
    private static final String STATE = "/var/lib/twoarm";
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration RECONNECT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Where the new files lie until they are put into place. */
    String staging() {
        return STATE + "/staging/" + id;
    }

    private static String journal(String id) {
        return STATE + "/journal/" + id;
    }

    void stage(SshConnection connection, List<WantedFile> files) {
        StagedFile.send(
                connection,
                staging(),
                files.stream()
                        .map(file -> new StagedFile(file.path(), file.mode(), file.content()))
                        .toList());
    }

    /** Takes staged files away after a refusal, if the connection still stands; the next deployment does it in any case. */
    void unstage(SshConnection connection) {
        if (connection.isOpen() && !Thread.currentThread().isInterrupted()) {
            try {
                connection.run("rm", "-rf", "--", STATE + "/staging");
            } catch (DeployException e) {
                LOG.debug("{}: staged files stay until the next deployment", target.host(), e);
            }
        }
    }

    /**
     * Waits until an earlier change has a result or waits for its confirmation.
     *
     * @return {@code committed}, {@code restored}, {@code broken} or {@code waiting}
     */
    static String state(SshConnection connection, String id) {
        return connection
                .run(RemoteScript.WAIT
                        .command(id, Integer.toString(Integer.MAX_VALUE))
                        .withLimit(LIMIT))
                .orThrow()
                .stdout()
                .lines()
                .filter(line -> line.startsWith("result "))
                .map(line -> line.substring("result ".length()))
                .findFirst()
                .orElse("unknown");
    }

    /**
     * Puts everything back, unless that is done or the change is committed.
     *
     * @param reason why, for the history
     * @return the result
     */
    static String takeBack(SshConnection connection, String id, String reason) {
        connection
                .run(RemoteCommand.of("sh", journal(id) + "/transaction.sh", "recover", reason)
                        .withLimit(LIMIT))
                .orThrow();
        return connection.run("cat", journal(id) + "/result").orThrow().stdout().strip();
    }

    /**
     * Lets a change stay that waits for this.
     *
     * @return the result: {@code committed}, or what became of it before
     */
    static String confirm(SshConnection connection, String id) {
        return connection
                .run(RemoteCommand.of("sh", journal(id) + "/transaction.sh", "confirm")
                        .withLimit(LIMIT))
                .orThrow()
                .stdout()
                .strip();
    }

    /** The design that a change brought, as the host keeps it. */
    static HostDesign design(SshConnection connection, String id) {
        String host = connection.target().host();
        CommandResult result = connection.run("cat", journal(id) + "/design");
        if (!result.succeeded()) {
            throw Rollback.impossible(
                    host,
                    "the change %s was made by a version of TwoArm that did not keep the design".formatted(id),
                    "choose a later deployment (twoarm history)");
        }
        try {
            return RecordedDesign.read(host, result.stdout());
        } catch (RuntimeException e) {
            throw new DeployException(
                    new DeployFailure.FileUnreadable(host, journal(id) + "/design", e.getMessage()), e);
        }
    }

    /** @throws DeployException with {@link DeployFailure.ChangeFailed} when it was taken back before */
    void confirm(SshConnection connection) {
        if (!confirm(connection, id).equals("committed")) {
            Outcome outcome = new Outcome(line -> {});
            await(connection, outcome);
            outcome.judge("committed");
        }
    }

    /** @throws DeployException when the host has taken the change back by itself, since nobody confirmed it in time */
    void requireNotTakenBack(SshConnection connection) {
        if (state(connection, id).equals("restored")) {
            throw unconfirmed("it was looked at later than the %s within which a change is confirmed"
                    .formatted(FailureText.seconds(confirmWithin)));
        }
    }

    /**
     * Waits for the host to take back what was not confirmed.
     *
     * @param cause why it was not confirmed
     * @return the failure to report
     */
    DeployException unconfirmed(String cause) {
        Instant end = Instant.now().plus(confirmWithin).plus(RECONNECT);
        Outcome outcome = new Outcome(line -> {});
        while (Instant.now().isBefore(end)) {
            try {
                await(connections.open(target), outcome);
                if (!"waiting".equals(outcome.result)) {
                    return new DeployException(new DeployFailure.ChangeFailed(
                            target.host(), cause, "restored".equals(outcome.result), "", journal(id)));
                }
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (DeployException e) {
                LOG.debug("{}: cannot tell yet whether it took the change back", target.host(), e);
                if (!pause()) {
                    break;
                }
            }
        }
        return new DeployException(new DeployFailure.AccessLost(target.host(), cause, confirmWithin));
    }

    /** Whether the pause came to its end; false when the thread was interrupted. */
    static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Logs in anew, as often as it takes within the time for the confirmation: what was changed may have been the way to
     * this host, and connections that stood before prove nothing.
     *
     * @throws DeployException as {@link #unconfirmed} says, when it is not possible
     */
    SshConnection loginAnew() {
        Instant end = Instant.now().plus(confirmWithin);
        String refusal = "";
        while (true) {
            try {
                SshConnection fresh = connections.openAnew(target);
                if (waits(fresh)) {
                    return fresh;
                }
                // The host has taken the change back meanwhile, and that may be why it lets us in.
                fresh.close();
                break;
            } catch (DeployException e) {
                if (e.failure() instanceof DeployFailure.Cancelled) {
                    throw e;
                }
                refusal = ": " + e.getMessage().lines().findFirst().orElse("");
                if (Instant.now().isAfter(end) || !pause()) {
                    break;
                }
            }
        }
        throw unconfirmed("after it, no new login was possible" + refusal);
    }

    /** Whether the change is made and waits for its confirmation. */
    private boolean waits(SshConnection connection) {
        Outcome outcome = new Outcome(line -> {});
        await(connection, outcome);
        return "waiting".equals(outcome.result);
    }

    /**
     * Starts the change and waits until it is made, over new connections if need be. It stays only with {@link #confirm}.
     *
     * @param log gets the host's own lines while they come
     * @throws DeployException with {@link DeployFailure.ChangeFailed} when the host put everything back
     */
    void apply(SshConnection connection, HostDesign design, HostChange change, Consumer<String> log) {
        StagedFile.send(connection, STATE + "/incoming/" + id, journalFiles(design, change));
        Outcome outcome = new Outcome(log);
        try {
            connection.run(RemoteScript.LAUNCH.command(id)).orThrow();
            await(connection, outcome);
        } catch (DeployException e) {
            if (!(e.failure() instanceof DeployFailure.ConnectionLost)) {
                throw e;
            }
            awaitOverNewConnections(outcome, e);
        }
        outcome.judge("waiting");
    }

    private List<StagedFile> journalFiles(HostDesign design, HostChange change) {
        return List.of(
                StagedFile.of("/plan", change.plan()),
                StagedFile.of("/design", RecordedDesign.write(design)),
                StagedFile.of("/about", what + "\n" + owner + "\n"),
                StagedFile.of("/confirm", confirmWithin.toSeconds() + "\n"),
                StagedFile.of("/transaction.sh", RemoteScript.TRANSACTION.text()),
                StagedFile.of("/change.sh", RemoteScript.CHANGE.text()),
                StagedFile.of("/back.sh", RemoteScript.BACK.text()),
                StagedFile.of("/conclusion.sh", RemoteScript.CONCLUSION.text()),
                StagedFile.of("/twoarm-recover.service", RemoteScript.RECOVERY_UNIT.text()),
                StagedFile.of("/rollback", "exec sh \"$(dirname \"$0\")/transaction.sh\" rollback\n"),
                StagedFile.of("/log", ""),
                StagedFile.of("/prepared", ""),
                StagedFile.of("/outcome/waiting", ""),
                StagedFile.of("/outcome/committed", "committed\n"),
                StagedFile.of("/outcome/restored", "restored\n"),
                StagedFile.of("/outcome/broken", "broken\n"));
    }

    private void awaitOverNewConnections(Outcome outcome, DeployException loss) {
        Instant end = Instant.now().plus(RECONNECT);
        DeployException last = loss;
        while (outcome.result == null && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(PAUSE);
                await(connections.open(target), outcome);
                end = Instant.now().plus(RECONNECT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DeployException(new DeployFailure.Cancelled(target.host(), "the change"), e);
            } catch (DeployException e) {
                if (!temporary(e.failure())) {
                    throw e;
                }
                last = e;
            }
        }
        if (outcome.result == null) {
            throw last;
        }
        if (outcome.result.equals("absent")) {
            throw loss;
        }
    }

    private static boolean temporary(DeployFailure failure) {
        return failure instanceof DeployFailure.ConnectionLost
                || failure instanceof DeployFailure.HostUnreachable
                || failure instanceof DeployFailure.ConnectionRefused
                || failure instanceof DeployFailure.ProtocolFailed
                || failure instanceof DeployFailure.TimedOut;
    }

    private void await(SshConnection connection, Outcome outcome) {
        RemoteCommand wait = RemoteScript.WAIT.command(id, Integer.toString(outcome.nextLogLine));
        try (CommandStream stream = connection.stream(wait, outcome::line)) {
            stream.ended().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).orThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException(new DeployFailure.Cancelled(target.host(), "the change"), e);
        } catch (TimeoutException e) {
            throw new DeployException(new DeployFailure.TimedOut(target.host(), "the change", LIMIT), e);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof DeployException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What the host says while it works and at its end. Written by one thread at a time. */
    private final class Outcome {
        private final Consumer<String> log;
        private volatile int nextLogLine = 1;
        private volatile String result;
        private final StringBuffer reason = new StringBuffer();
        private final List<String> output = new ArrayList<>();

        Outcome(Consumer<String> log) {
            this.log = log;
        }

        void line(String line) {
            String text = line.substring(line.indexOf(' ') + 1);
            switch (line.split(" ", 2)[0]) {
                case "log" -> {
                    nextLogLine = nextLogLine + 1;
                    log.accept(text);
                }
                case "result" -> result = text;
                case "reason" -> reason.append(text);
                case "output" -> output.add(text);
                default -> LOG.debug("{}: the login shell printed: {}", target.host(), line);
            }
        }

        void judge(String wanted) {
            if (!wanted.equals(result)) {
                throw new DeployException(new DeployFailure.ChangeFailed(
                        target.host(),
                        reason.toString(),
                        "restored".equals(result),
                        String.join("\n", output),
                        journal(id)));
            }
        }
    }
}
