package io.twoarm.artifact;

import java.util.List;

/**
 * A systemd unit that is to be enabled and running.
 *
 * @param unit unit name, such as {@code twoarm-director.service}
 * @param restartOn absolute paths of the files whose change requires a restart; the daemon bundle counts as {@link
 *     DaemonBundle#INSTALL_PATH}
 * @param reload true when a reload is enough
 */
public record HostService(String unit, List<String> restartOn, boolean reload) {}
