package io.twoarm.deploy;

import io.twoarm.deploy.DeployEvent.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One way in which a deployment is disturbed.
 *
 * @param name for people
 * @param prepare what is done to the host beforehand
 * @param moment when it strikes
 * @param strike what then happens
 * @param heal what removes the cause, before the deployment is repeated
 */
record InjectedFault(
        String name, Consumer<ProbeHost> prepare, Moment moment, Consumer<ProbeHost> strike, Consumer<ProbeHost> heal) {

    /** When a fault strikes: as a step begins, or when the host logs a line that begins so. */
    sealed interface Moment {
        record Begin(Step step) implements Moment {
            @Override
            public String toString() {
                return step.name().toLowerCase(Locale.ROOT);
            }
        }

        record Logged(String line) implements Moment {
            @Override
            public String toString() {
                return "\"" + line + "\"";
            }
        }

        /** Before the deployment; it strikes by itself. */
        record Before() implements Moment {
            @Override
            public String toString() {
                return "before";
            }
        }
    }

    @Override
    public String toString() {
        return name + " at " + moment;
    }

    DeployEvents events(ProbeHost host) {
        DeployEvents events = new DeployEvents();
        return switch (moment) {
            case Moment.Begin(Step step) -> events.at(step, () -> strike.accept(host));
            case Moment.Logged(String line) -> events.atLog(line, () -> strike.accept(host));
            case Moment.Before() -> events;
        };
    }

    private static final List<Moment> STEPS =
            Stream.of(Step.values()).<Moment>map(Moment.Begin::new).toList();

    /** What a host says while it changes, in both directions of {@link TwoDesigns}. */
    private static final List<Moment> CHANGING = Stream.of(
                    "recording",
                    "placing",
                    "stopping probe-",
                    "putting",
                    "switching",
                    "making systemd",
                    "restart probe-one",
                    "start probe-",
                    "waiting")
            .<Moment>map(Moment.Logged::new)
            .toList();

    private static final List<Moment> APPLYING = Stream.concat(
                    Stream.of(new Moment.Begin(Step.APPLY), new Moment.Begin(Step.VERIFY)), CHANGING.stream())
            .toList();

    private static final List<Moment> ALL =
            Stream.concat(STEPS.stream(), CHANGING.stream()).toList();

    private static final List<Moment> WRITING = List.of(
            new Moment.Begin(Step.FACTS),
            new Moment.Begin(Step.BUNDLE),
            new Moment.Begin(Step.STAGE),
            new Moment.Begin(Step.VALIDATE),
            new Moment.Begin(Step.APPLY),
            new Moment.Logged("recording"),
            new Moment.Logged("placing"),
            new Moment.Logged("putting"),
            new Moment.Logged("switching"),
            new Moment.Logged("making systemd"),
            new Moment.Logged("restart probe-one"),
            new Moment.Begin(Step.VERIFY));

    /** Those that strike once during a deployment by this process. */
    static List<InjectedFault> all() {
        List<InjectedFault> faults = new ArrayList<>();
        ALL.forEach(moment -> faults.add(struck("connection cut", moment, InjectedFault::cut)));
        ALL.forEach(moment -> faults.add(struck("SSH process killed", moment, InjectedFault::killSession)));
        APPLYING.forEach(moment -> faults.add(struck("change killed", moment, host -> kill(host, "main"))));
        APPLYING.forEach(
                moment -> faults.add(struck("change and its children killed", moment, host -> kill(host, "all"))));
        for (String directory : List.of("/etc/probe", "/var/lib/twoarm", "/opt/twoarm/director")) {
            WRITING.forEach(moment -> faults.add(full(directory, moment)));
        }
        for (String directory :
                List.of("/etc/probe", "/var/lib/twoarm", "/opt/twoarm/director", "/etc/systemd/system")) {
            WRITING.forEach(moment -> faults.add(readOnly(directory, moment)));
        }
        List.of("one", "daemon").forEach(unit -> faults.addAll(failing("probe-" + unit + ".service")));
        faults.addAll(staged());
        ALL.forEach(moment -> faults.add(struck("host restarted", moment, ProbeHost::reboot)));
        return List.copyOf(faults);
    }

    /** The moments at which a deployer in another process is killed. */
    static List<Moment> deathOfDeployer() {
        return ALL;
    }

    /** Clocks of deployers that went wrong after the last deployment. */
    static List<Duration> clocksBehind() {
        return List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(400), Duration.ofDays(3650));
    }

    static InstantSource behind(Duration skew) {
        return () -> Instant.now().minus(skew);
    }

    private static InjectedFault struck(String name, Moment moment, Consumer<ProbeHost> strike) {
        return new InjectedFault(name, host -> {}, moment, strike, host -> {});
    }

    private static void cut(ProbeHost host) {
        host.deploying().open(host.target()).close();
    }

    private static void killSession(ProbeHost host) {
        String process = host.deploying()
                .open(host.target())
                .run("sh", "-c", "echo $PPID")
                .orThrow()
                .stdout();
        host.sh("kill -9 " + process);
    }

    private static void kill(ProbeHost host, String whom) {
        host.sh("systemctl kill --kill-whom=%s -s KILL 'twoarm-apply-*' || true".formatted(whom));
    }

    /** A file system of its own for a directory, so that it can be filled. */
    private static InjectedFault full(String directory, Moment moment) {
        return new InjectedFault(
                "disk full below " + directory,
                host -> host.sh("""
                        mkdir /tmp/kept && cp -a %1$s/. /tmp/kept/ && mount -t tmpfs -o size=12m,mode=755 none %1$s
                        cp -a /tmp/kept/. %1$s/ && rm -r /tmp/kept
                        """.formatted(directory)),
                moment,
                host -> host.sh("cat /dev/zero >%s/filler 2>/dev/null || true".formatted(directory)),
                host -> host.sh("rm -f %s/filler".formatted(directory)));
    }

    /** Takes the file system of its own away again; its files stay. */
    static void unmount(ProbeHost host) {
        host.sh("""
                for directory in /etc/probe /var/lib/twoarm /opt/twoarm/director; do
                    if [ "$(stat -f -c %T "$directory")" = tmpfs ] && mountpoint -q "$directory"; then
                        mkdir /tmp/kept && cp -a "$directory/." /tmp/kept/ && umount "$directory"
                        find "$directory" -mindepth 1 -delete
                        cp -a /tmp/kept/. "$directory/" && rm -r /tmp/kept
                    fi
                done
                """);
    }

    private static InjectedFault readOnly(String directory, Moment moment) {
        return new InjectedFault(
                directory + " not writable",
                host -> {},
                moment,
                host -> host.sh("mount --bind %1$s %1$s && mount -o remount,ro,bind %1$s".formatted(directory)),
                host -> host.sh("while mountpoint -q %1$s; do umount -l %1$s; done".formatted(directory)));
    }

    private static List<InjectedFault> failing(String unit) {
        return Stream.of(
                        "ExecStartPre=/bin/false",
                        "ExecStartPost=/bin/false",
                        "ExecStart=\nExecStart=/no/such/program",
                        "ExecStart=\nExecStart=/bin/sleep infinity\nTimeoutStartSec=1",
                        "ExecStart=\nExecStart=/bin/sh -c 'kill -SEGV $$$$'",
                        "User=nobody-of-that-name",
                        "WorkingDirectory=/no/such/directory",
                        "LimitNOFILE=1")
                .map(setting -> new InjectedFault(
                        unit + " does not start ("
                                + setting.lines().reduce((first, last) -> last).orElseThrow() + ")",
                        host -> host.sh(
                                """
                                mkdir -p /run/systemd/system/%1$s.d
                                printf '[Service]\\n%2$s\\n' >/run/systemd/system/%1$s.d/fail.conf
                                systemctl daemon-reload
                                """.formatted(unit, setting.replace("\n", "\\n").replace("'", "'\\''"))),
                        new Moment.Before(),
                        host -> {},
                        host -> host.sh("rm -r /run/systemd/system/%s.d && systemctl daemon-reload".formatted(unit))))
                .toList();
    }

    private static List<InjectedFault> staged() {
        List<InjectedFault> faults = new ArrayList<>();
        for (Step step : List.of(Step.VALIDATE, Step.APPLY)) {
            faults.add(struck(
                    "refused by its validation",
                    new Moment.Begin(step),
                    host -> host.sh("echo refused >>$(ls /var/lib/twoarm/staging/*/etc/probe/one.conf)")));
            faults.add(struck(
                    "unit file changed on its way",
                    new Moment.Begin(step),
                    host -> host.sh("echo '# other' >>$(ls /var/lib/twoarm/staging/*/etc/systemd/system/probe-*)")));
            faults.add(struck(
                    "staged files deleted",
                    new Moment.Begin(step),
                    host -> host.sh("rm -r /var/lib/twoarm/staging/*")));
        }
        return faults;
    }
}
