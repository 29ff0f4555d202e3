package io.twoarm.artifact;

/**
 * The director daemon with its own Java runtime, as one archive.
 *
 * <p>The archive (gzipped tar, one top folder) is unpacked to {@code INSTALL_PATH/<digest>}, and {@code
 * INSTALL_PATH/current} is a symbolic link to it.
 */
public final class DaemonBundle {
    public static final String INSTALL_PATH = "/opt/twoarm/director";
    public static final String COMMAND = INSTALL_PATH + "/current/bin/twoarm-director";
    public static final String CONTROL_COMMAND = INSTALL_PATH + "/current/bin/twoarm-directorctl";

    private DaemonBundle() {}
}
