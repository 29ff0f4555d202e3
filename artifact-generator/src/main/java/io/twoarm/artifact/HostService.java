package io.twoarm.artifact;

import java.util.List;

/**
 * A systemd unit that is to be enabled and running.
 *
 * @param unit unit name, such as {@code twoarm-director.service}
 * @param restartOn absolute paths of the files whose change requires a restart; the daemon bundle counts as {@link
 *     DaemonBundle#INSTALL_PATH}
 * @param reload true when a reload is always enough
 * @param reloadOn those of {@code restartOn} for which a reload is enough when nothing else changes
 */
public record HostService(String unit, List<String> restartOn, boolean reload, List<String> reloadOn) {
    public HostService {
        restartOn = List.copyOf(restartOn);
        reloadOn = List.copyOf(reloadOn);
        if (!restartOn.containsAll(reloadOn)) {
            throw new IllegalArgumentException(unit + " is reloaded for " + reloadOn + ", but reads " + restartOn);
        }
    }

    /** For all of whose files the same is enough. */
    public HostService(String unit, List<String> restartOn, boolean reload) {
        this(unit, restartOn, reload, List.of());
    }

    /** Whether a reload is enough when these of its files change. */
    public boolean isReloadEnough(List<String> changed) {
        return reload || !changed.isEmpty() && reloadOn.containsAll(changed);
    }
}
