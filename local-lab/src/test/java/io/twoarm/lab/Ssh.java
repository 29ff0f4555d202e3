package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** Runs commands on lab hosts with the machine's own ssh, trusting nothing but the lab's known hosts. */
final class Ssh {
    private Ssh() {}

    static Command.Outcome run(LabHost host, String command) throws IOException, InterruptedException {
        return new Command(List.of(
                        "ssh",
                        "-F",
                        "none",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "StrictHostKeyChecking=yes",
                        "-o",
                        "LogLevel=ERROR",
                        "-o",
                        "ConnectTimeout=10",
                        "-o",
                        "UserKnownHostsFile=" + host.knownHosts(),
                        "-i",
                        host.identity().toString(),
                        "-p",
                        "" + host.sshPort(),
                        host.user() + "@" + host.address(),
                        command))
                .run("");
    }

    /** The output of a command that has to succeed. */
    static String output(LabHost host, String command) throws IOException, InterruptedException {
        Command.Outcome outcome = run(host, command);
        assertThat(outcome.status())
                .as("%s: %s: %s", host.name(), command, outcome.output())
                .isZero();
        return String.join("\n", outcome.output());
    }
}
