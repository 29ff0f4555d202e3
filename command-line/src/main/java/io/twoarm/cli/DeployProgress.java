package io.twoarm.cli;

import io.twoarm.deploy.DeployEvent;
import io.twoarm.deploy.DeployReport;
import java.util.Locale;
import java.util.function.Consumer;

/** A deployment as lines: finished steps that did something and failures; on demand every step and what hosts log. */
final class DeployProgress implements Consumer<DeployEvent> {
    private final Terminal terminal;
    private final boolean verbose;

    DeployProgress(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    /** Hosts report from several threads. */
    @Override
    public synchronized void accept(DeployEvent event) {
        switch (event) {
            case DeployEvent.StepStarted started -> {}
            case DeployEvent.StepFinished finished -> {
                if (finished.changed() || verbose) {
                    terminal.faint("  %s: %s: %s (%s)"
                            .formatted(
                                    finished.host(),
                                    finished.step().name().toLowerCase(Locale.ROOT),
                                    finished.detail(),
                                    Terminal.seconds(finished.elapsed())));
                }
            }
            case DeployEvent.Log log -> {
                if (verbose) {
                    terminal.faint("  " + log.host() + ": " + log.line());
                }
            }
            case DeployEvent.HostFinished finished -> {}
            case DeployEvent.HostFailed failed ->
                terminal.failed(failed.host(), failed.step().name().toLowerCase(Locale.ROOT) + ": " + failed.message());
        }
    }

    static void summary(Terminal terminal, DeployReport report) {
        for (DeployReport.HostReport host : report.hosts()) {
            switch (host.outcome()) {
                case DeployReport.Outcome.Changed changed ->
                    terminal.done(host.host(), changes(changed), host.elapsed());
                case DeployReport.Outcome.Unchanged unchanged ->
                    terminal.done(host.host(), "is as designed; nothing to do", host.elapsed());
                case DeployReport.Outcome.Failed failed ->
                    terminal.failed(host.host(), "is as it was before; it failed as said above");
                case DeployReport.Outcome.Skipped skipped ->
                    terminal.failed(host.host(), "skipped: " + skipped.reason());
            }
        }
        if (report.changedNothing()) {
            terminal.line("nothing to do: every host is as designed");
        }
    }

    private static String changes(DeployReport.Outcome.Changed changed) {
        String units = changed.units().isEmpty() ? "" : "; " + String.join(", ", changed.units());
        return "%d files changed%s".formatted(changed.files().size(), units);
    }
}
