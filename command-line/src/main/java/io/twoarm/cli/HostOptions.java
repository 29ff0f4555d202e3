package io.twoarm.cli;

import io.twoarm.engine.HostLogin;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which machines a command is about, and how to reach real ones. */
final class HostOptions {

    /** Where the hosts of a topology are. */
    enum Where {
        LAB,
        HOSTS,
        RUNNING
    }

    @Option(
            names = "--on",
            paramLabel = "WHERE",
            defaultValue = "running",
            description = "lab: the embedded lab; hosts: the machines named by the ssh entries; "
                    + "running (default): the lab when it is up, the machines otherwise.")
    Where where;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "Private key for the machines (default: as ~/.ssh/config says, else ~/.ssh/id_ed25519, "
                    + "id_ecdsa or id_rsa; a running SSH agent is asked as well).")
    Path identity;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description =
                    "Trusted host keys of the machines (default: as ~/.ssh/config says, else ~/.ssh/known_hosts).")
    Path knownHosts;

    @Option(
            names = "--ssh-config",
            paramLabel = "FILE",
            defaultValue = "${user.home}/.ssh/config",
            description = "Addresses, ports, keys and jump hosts of the machines (default: ${DEFAULT-VALUE}).")
    Path config;

    HostLogin login() {
        return new HostLogin(Optional.ofNullable(identity), Optional.ofNullable(knownHosts), Optional.of(config));
    }
}
