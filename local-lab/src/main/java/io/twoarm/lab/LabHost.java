package io.twoarm.lab;

import java.nio.file.Path;

/**
 * A lab host as seen from the machine that runs the lab.
 *
 * @param address loopback address of its SSH server, 127.77.0.0/16
 * @param identity private key that its root account accepts
 * @param knownHosts file with its host key, in OpenSSH's format
 */
public record LabHost(String name, String address, int sshPort, String user, Path identity, Path knownHosts) {}
