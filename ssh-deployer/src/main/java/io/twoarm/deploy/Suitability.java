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

    /**
     * Whether the new change has a later name than all that the host remembers. History and rollback go by names, which
     * begin with the time, so that a wrong clock would mix up what came first.
     *
     * @throws DeployException with {@link DeployFailure.HostUnsuitable}
     */
    static void checkOrder(HostFacts facts, String host, String id) {
        facts.latestChange().filter(latest -> latest.compareTo(id) >= 0).ifPresent(latest -> {
            throw new DeployException(new DeployFailure.HostUnsuitable(
                    host,
                    List.of(new Finding(
                            "the host's latest change is called %s, this deployment %s".formatted(latest, id),
                            "names in the order of time (UTC), by which history and rollback go",
                            "set this machine's clock; if it is the other name that is wrong, forget that change: rm -r %s/journal/%s"
                                    .formatted(HostFacts.STATE, latest)))));
        });
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
        if (design.packages().isEmpty()) {
            return;
        }
        facts.target()
                .ifPresentOrElse(
                        system -> system.missing(design.packages())
                                .forEach(reason -> findings.add(new Finding(
                                        reason,
                                        "a system that has what this host needs",
                                        "use Debian 12, Ubuntu 24.04 or Enterprise Linux 9 on this host"))),
                        () -> findings.add(new Finding(
                                "the system %s (%s), whose package names are not known"
                                        .formatted(facts.system(), facts.release()),
                                "the packages %s, on one of: %s"
                                        .formatted(String.join(", ", design.packages()), TargetSystem.everyName()),
                                "use one of these systems on this host")));
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
