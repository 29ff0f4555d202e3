package io.twoarm.director;

import io.twoarm.config.dpvs.GlobalKeywords;
import io.twoarm.director.configuration.LoadedConfiguration;
import io.twoarm.director.configuration.UnreadableFileException;
import io.twoarm.director.linux.SdNotify;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.log.Severity;
import java.util.List;
import java.util.Optional;

/** {@code twoarm-director}: the entry point. */
public final class TwoArmDirector {
    private static final int WRONG_USAGE = 2;

    private TwoArmDirector() {}

    public static void main(String[] arguments) {
        long startNanos = System.nanoTime();
        try {
            CommandLine commandLine = CommandLine.parse(List.of(arguments));
            System.exit(
                    switch (commandLine.task()) {
                        case HELP -> print(CommandLine.HELP);
                        case VERSION -> print("twoarm-director " + version() + "\n");
                        case CHECK -> check(commandLine);
                        case REHEARSE -> rehearse();
                        case RUN -> run(commandLine, startNanos);
                    });
        } catch (CommandLine.UsageException e) {
            System.err.println("twoarm-director: " + e.getMessage());
            System.exit(WRONG_USAGE);
        } catch (UnreadableFileException e) {
            System.err.println("twoarm-director: error: " + e.getMessage());
            System.err.println("    fix: name the files with -c (dpvs.conf) and -k (keepalived.conf)");
            System.exit(Director.NOT_STARTED);
        }
    }

    /** The version that the jar was built as. */
    static String version() {
        return Optional.ofNullable(TwoArmDirector.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private static Severity threshold(LoadedConfiguration configuration) {
        return switch (configuration.dpvs().settings().get(GlobalKeywords.LOG_LEVEL)) {
            case "EMERG", "ALERT", "CRIT", "ERR" -> Severity.ERROR;
            case "WARNING" -> Severity.WARNING;
            case "NOTICE" -> Severity.NOTICE;
            case "DEBUG" -> Severity.DEBUG;
            default -> Severity.INFO;
        };
    }

    private static int print(String text) {
        System.out.print(text);
        return Director.STOPPED;
    }

    private static int rehearse() {
        try {
            return print(Rehearsal.begin().report() + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Director.CRASHED;
        }
    }

    private static int check(CommandLine commandLine) throws UnreadableFileException {
        LoadedConfiguration configuration =
                LoadedConfiguration.read(commandLine.dpvsConf(), commandLine.keepalivedConf());
        configuration.rendered().forEach(System.out::println);
        if (configuration.hasErrors()) {
            return Director.NOT_STARTED;
        }
        System.out.println(commandLine.dpvsConf() + " and " + commandLine.keepalivedConf() + " are correct: "
                + configuration.dpvs().devices().size() + " devices, "
                + (configuration.dpvs().bondings().isEmpty()
                        ? ""
                        : configuration.dpvs().bondings().size() + " bondings, ")
                + (configuration.keepalived().services().size()
                        + configuration.keepalived().matches().size())
                + " services");
        return Director.STOPPED;
    }

    private static int run(CommandLine commandLine, long startNanos) throws UnreadableFileException {
        Rehearsal rehearsal = Rehearsal.begin();
        LoadedConfiguration configuration =
                LoadedConfiguration.read(commandLine.dpvsConf(), commandLine.keepalivedConf());
        Optional<String> journal = Optional.ofNullable(System.getenv("JOURNAL_STREAM"));
        try (DirectorLog log = DirectorLog.toStandardError(journal, DirectorThreads::start)) {
            if (configuration.hasErrors()) {
                configuration.rendered().forEach(log::error);
                log.error("not started: the configuration has errors");
                return Director.NOT_STARTED;
            }
            configuration.rendered().forEach(log::warning);
            log.setThreshold(threshold(configuration));
            SdNotify systemd = new SdNotify(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")), log::warning);
            try {
                return new Director(commandLine, configuration, log, systemd, rehearsal, startNanos).run();
            } catch (StartException e) {
                log.error("not started: " + e.getMessage());
                return Director.NOT_STARTED;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Director.CRASHED;
            } catch (RuntimeException | Error e) {
                log.error("failed: " + Director.trace(e));
                return Director.CRASHED;
            }
        }
    }
}
