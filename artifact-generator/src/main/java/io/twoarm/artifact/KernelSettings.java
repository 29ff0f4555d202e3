package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The kernel settings and modules of a host that balances or serves, and the unit that applies them.
 *
 * @param modules kernel modules that must be loaded first
 */
record KernelSettings(Topology topology, Host host, List<Line> lines, List<String> modules) {
    static final String CONF = KernelHostArtifacts.FORWARDING_CONF;
    static final String MODULES = "/etc/modules-load.d/60-twoarm.conf";
    static final String UNIT = "twoarm-settings.service";

    /**
     * One setting.
     *
     * @param comment why the host needs it
     */
    public record Line(String comment, String key, int value) {}

    KernelSettings {
        lines = List.copyOf(lines);
        modules = List.copyOf(modules);
    }

    void addTo(List<HostFile> files, List<HostService> services) {
        List<String> restartOn = new ArrayList<>();
        if (!modules.isEmpty()) {
            files.add(new HostFile(
                    MODULES,
                    0644,
                    TextFile.render(
                            "modules.conf",
                            Map.of(
                                    "header",
                                    FileHeader.lines(topology, host, "Kernel modules that are loaded at boot."),
                                    "modules",
                                    modules)),
                    "loads kernel modules at boot"));
            restartOn.add(MODULES);
        }
        files.add(new HostFile(
                CONF,
                0644,
                TextFile.render(
                        "settings.conf",
                        Map.of("header", FileHeader.lines(topology, host, "Kernel settings."), "lines", lines)),
                "kernel settings"));
        restartOn.add(CONF);
        HostFile unit = Units.file(
                UNIT,
                TextFile.render(
                        "settings.service",
                        Map.of(
                                "header", FileHeader.lines(topology, host, "Applies this host's kernel settings."),
                                "host", host.name(),
                                "project", topology.name(),
                                "modules", modules)),
                "applies the kernel settings");
        files.add(unit);
        restartOn.add(unit.path());
        services.add(new HostService(UNIT, restartOn, false));
    }
}
