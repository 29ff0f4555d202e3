package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.artifact.HostService;
import io.twoarm.artifact.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A design with small services that read one file each. A service whose file says {@code broken} does not start; a file
 * that says {@code refused} does not pass its validation.
 */
final class ProbeDesign {
    private static final String SETTINGS = "/etc/sysctl.d/60-probe.conf";
    private static final String SETTINGS_UNIT = """
            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/sbin/sysctl -p %s
            [Install]
            WantedBy=multi-user.target
            """.formatted(SETTINGS);

    private final Map<String, String> services = new TreeMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private final List<String> packages = new ArrayList<>();
    private String settings = "";
    private boolean reload;
    private boolean daemon;

    private ProbeDesign() {}

    static ProbeDesign empty() {
        return new ProbeDesign();
    }

    /** Two services, {@code probe-one} and {@code probe-two}, and a file that no service reads. */
    static ProbeDesign standard() {
        return empty().service("one", "first").service("two", "first").file("/etc/probe/notes", "nobody reads this\n");
    }

    ProbeDesign service(String name, String text) {
        services.put(name, text);
        return this;
    }

    ProbeDesign withoutService(String name) {
        services.remove(name);
        return this;
    }

    ProbeDesign file(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** A file in sysctl.d(5), and a unit that puts it into force. */
    ProbeDesign kernelSettings(String text) {
        settings = text;
        return this;
    }

    ProbeDesign aPackage(String name) {
        packages.add(name);
        return this;
    }

    ProbeDesign reloading() {
        reload = true;
        return this;
    }

    ProbeDesign withDaemon() {
        daemon = true;
        return this;
    }

    static String unit(String name) {
        return "probe-" + name + ".service";
    }

    static String configuration(String name) {
        return "/etc/probe/" + name + ".conf";
    }

    static String unitPath(String unit) {
        return "/etc/systemd/system/" + unit;
    }

    HostArtifacts artifacts(String host) {
        List<HostFile> all = new ArrayList<>();
        List<Validation> validations = new ArrayList<>();
        List<HostService> units = new ArrayList<>();
        services.forEach((name, text) -> {
            String configuration = configuration(name);
            all.add(new HostFile(configuration, 0640, text + "\n", "what the probe reads"));
            all.add(new HostFile(unitPath(unit(name)), 0644, unitText(configuration), "runs the probe"));
            validations.add(new Validation(
                    List.of("sh", "-c", "echo \"judging $1\"; ! grep refused \"$1\"", "sh", "{" + configuration + "}"),
                    "the probe understands its file"));
            units.add(new HostService(unit(name), List.of(configuration), reload));
        });
        if (daemon) {
            all.add(new HostFile(unitPath("probe-daemon.service"), 0644, daemonText(), "runs the daemon"));
            validations.add(new Validation(List.of(DaemonBundle.COMMAND, "--check"), "the daemon runs here"));
            units.add(new HostService("probe-daemon.service", List.of(DaemonBundle.INSTALL_PATH), false));
        }
        if (!settings.isEmpty()) {
            all.add(new HostFile(SETTINGS, 0644, settings, "kernel settings"));
            all.add(new HostFile(unitPath("probe-settings.service"), 0644, SETTINGS_UNIT, "puts them into force"));
            units.add(new HostService("probe-settings.service", List.of(SETTINGS), false));
        }
        files.forEach((path, text) -> all.add(new HostFile(path, 0644, text, "something to compare")));
        return new HostArtifacts(host, packages, daemon, all, validations, units);
    }

    private String unitText(String configuration) {
        return """
                [Unit]
                Description=Probe of %1$s
                [Service]
                Type=notify
                NotifyAccess=all
                ExecStartPre=/bin/sh -c 'if grep broken %1$s; then echo "cannot work like this"; exit 1; fi'
                ExecStart=/bin/sh -c 'systemd-notify --ready; exec sleep infinity'
                %2$s
                [Install]
                WantedBy=multi-user.target
                """.formatted(configuration, reload ? "ExecReload=/bin/true" : "");
    }

    private static String daemonText() {
        return """
                [Service]
                Type=notify
                NotifyAccess=all
                ExecStart=%s run
                [Install]
                WantedBy=multi-user.target
                """.formatted(DaemonBundle.COMMAND);
    }
}
