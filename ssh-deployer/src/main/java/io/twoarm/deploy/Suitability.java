package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.DeployFailure.HostUnsuitable.Finding;
import io.twoarm.deploy.HostFacts.FileState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a host can take a change, judged before anything is sent to it. */
final class Suitability {
    private static final Set<String> INIT_STATES = Set.of("running", "degraded", "starting", "initializing");
    private static final long RESERVE_KIB = 1024;
    // The archive, and what it unpacks to: a runtime shrinks to about a third.
    private static final int BUNDLE_GROWTH = 4;

    private final HostFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    private Suitability(HostFacts facts) {
        this.facts = facts;
    }

    /** @throws DeployException with {@link DeployFailure.HostUnsuitable} */
    static void check(HostFacts facts, HostDesign design, HostChange change) {
        List<Finding> findings = findings(facts, design, change);
        if (!findings.isEmpty()) {
            throw new DeployException(new DeployFailure.HostUnsuitable(design.host(), findings));
        }
    }

    static List<Finding> findings(HostFacts facts, HostDesign design, HostChange change) {
        Suitability suitability = new Suitability(facts);
        suitability.init();
        suitability.packages(design);
        suitability.paths(design);
        suitability.space(design, change);
        return suitability.findings;
    }

    private void init() {
        if (!INIT_STATES.contains(facts.initState())) {
            findings.add(new Finding(
                    "systemd is in the state " + facts.initState(),
                    "a system that runs",
                    "look at systemctl list-jobs and systemctl --failed on the host"));
        }
    }

    private void packages(HostDesign design) {
        if (!facts.debian() && !design.packages().isEmpty()) {
            findings.add(new Finding(
                    facts.system() + " without dpkg and apt-get",
                    "the packages " + String.join(", ", design.packages()),
                    "use Debian 12 or Ubuntu 22.04 and later on this host"));
        }
    }

    private void paths(HostDesign design) {
        design.files().forEach(file -> {
            if (facts.files().get(file.path()) instanceof FileState.Other) {
                findings.add(new Finding(
                        file.path() + " is a directory or a device",
                        "a regular file, or nothing, at that path",
                        "move it away on the host"));
            }
        });
    }

    private void space(HostDesign design, HostChange change) {
        long files =
                change.puts().stream().mapToLong(file -> file.content().length).sum() / 1024;
        if (!change.isEmpty()) {
            space(HostFacts.STATE, 2 * files + RESERVE_KIB);
            space(HostFacts.CONFIGURATION, files + RESERVE_KIB);
        }
        design.bundle()
                .filter(bundle -> !facts.bundles().contains(bundle.name()))
                .ifPresent(
                        bundle -> space(DaemonBundle.INSTALL_PATH, BUNDLE_GROWTH * bundle.size() / 1024 + RESERVE_KIB));
    }

    private void space(String directory, long neededKib) {
        long free = facts.space().getOrDefault(directory, 0L);
        if (free < neededKib) {
            findings.add(new Finding(
                    "%d MiB are free for %s".formatted(free / 1024, directory),
                    "%d MiB".formatted((neededKib + 1023) / 1024),
                    "make room on that file system (df -h %s)".formatted(directory)));
        }
    }
}
