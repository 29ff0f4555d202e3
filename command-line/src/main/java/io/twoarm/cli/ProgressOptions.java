package io.twoarm.cli;

import picocli.CommandLine.Option;

/** How much a deployment tells while it goes on. */
final class ProgressOptions {
    @Option(
            names = "--verbose",
            description = "Shows every step of every host, and what the hosts log while they change.")
    boolean verbose;
}
