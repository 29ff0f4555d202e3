package io.twoarm.config.keepalived;

import io.twoarm.config.syntax.Node.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Values that a check takes from its realserver, and a realserver from its virtual server. */
record Inherited(
        Optional<Duration> interval,
        Optional<Duration> connectTimeout,
        Optional<Integer> retry,
        Optional<Duration> delayBeforeRetry,
        Optional<Integer> weight,
        boolean inhibitOnFailure) {
    static final Inherited NOTHING = new Inherited(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** These, and what the statements of a block say instead. */
    Inherited with(List<Statement> statements, Report report) {
        Inherited now = this;
        for (Statement statement : statements) {
            now = now.with(statement, report);
        }
        return now;
    }

    private Inherited with(Statement statement, Report report) {
        return switch (statement.keyword()) {
            case "delay_loop" ->
                new Inherited(
                        report.seconds(statement, false).or(this::interval),
                        connectTimeout,
                        retry,
                        delayBeforeRetry,
                        weight,
                        inhibitOnFailure);
            case "connect_timeout" ->
                new Inherited(
                        interval,
                        report.seconds(statement, false).or(this::connectTimeout),
                        retry,
                        delayBeforeRetry,
                        weight,
                        inhibitOnFailure);
            case "retry", "nb_sock_retry" ->
                new Inherited(
                        interval,
                        connectTimeout,
                        report.number(renamed(statement, report), 0, 1000).or(this::retry),
                        delayBeforeRetry,
                        weight,
                        inhibitOnFailure);
            case "delay_before_retry" ->
                new Inherited(
                        interval,
                        connectTimeout,
                        retry,
                        report.seconds(statement, true).or(this::delayBeforeRetry),
                        weight,
                        inhibitOnFailure);
            case "weight" ->
                new Inherited(
                        interval,
                        connectTimeout,
                        retry,
                        delayBeforeRetry,
                        report.number(statement, 0, RealServer.HIGHEST_WEIGHT).or(this::weight),
                        inhibitOnFailure);
            case "inhibit_on_failure" ->
                new Inherited(interval, connectTimeout, retry, delayBeforeRetry, weight, report.isOn(statement));
            default -> this;
        };
    }

    private static Statement renamed(Statement statement, Report report) {
        if (statement.keyword().equals("nb_sock_retry")) {
            report.warning(
                    "old-keyword",
                    statement.origin(),
                    "nb_sock_retry",
                    "nb_sock_retry is in old examples only; neither DPVS's nor stock keepalived knows it."
                            + " This director reads it as retry.",
                    "Write retry.");
        }
        return statement;
    }
}
