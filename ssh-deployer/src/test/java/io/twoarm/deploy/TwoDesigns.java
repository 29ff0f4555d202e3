package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A host that goes back and forth between two designs which differ in everything that a deployment can touch: a changed, a
 * new and a removed file and unit, and the daemon. A test disturbs one such move.
 */
final class TwoDesigns implements AutoCloseable {
    private final ProbeHost host;
    private final List<Design> designs;
    private int current;

    /** @param lines what the host looks like with it */
    private record Design(ProbeDesign design, Path bundle, String lines) {}

    private TwoDesigns(ProbeHost host, List<Design> designs) {
        this.host = host;
        this.designs = designs;
        this.current = designs.size() - 1;
    }

    static TwoDesigns on(SshTarget target, Path directory) throws Exception {
        ProbeHost host = ProbeHost.clean(target);
        Path first = TestBundle.write(directory.resolve("first.tar.gz"), "first");
        Path second = TestBundle.write(directory.resolve("second.tar.gz"), "second");
        return new TwoDesigns(host, List.of(deployed(host, design(0), first), deployed(host, design(1), second)));
    }

    /** @param number 0 or 1 */
    static ProbeDesign design(int number) {
        ProbeDesign first = ProbeDesign.standard().withDaemon();
        return number == 0
                ? first
                : first.service("one", "second").withoutService("two").service("three", "new");
    }

    private static Design deployed(ProbeHost host, ProbeDesign design, Path bundle) {
        host.deployed(design, bundle, event -> {});
        return new Design(design, bundle, looks(host));
    }

    /** Without what changes nothing for the host's services: a daemon that was sent but is not in use, staged files. */
    private static String looks(ProbeHost host) {
        return looks(host.state());
    }

    private static String looks(HostState state) {
        return state.lines()
                .lines()
                .filter(line -> !line.contains("/opt/twoarm/director/") || line.endsWith("/current"))
                .filter(line -> !line.contains("/staging") && !line.contains("/incoming"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    ProbeHost host() {
        return host;
    }

    private Design next() {
        return designs.get(1 - current);
    }

    /** Deploys the design that the host does not have. */
    DeployReport move(Consumer<DeployEvent> events) {
        return host.deploy(next().design, Optional.of(next().bundle), events);
    }

    /** The same in a process of its own, to be killed. */
    DeployerProcess moveInAnotherProcess() throws IOException {
        return DeployerProcess.start(host.target(), 1 - current, next().bundle);
    }

    /** The same by a deployer whose clock is wrong. */
    DeployReport move(Consumer<DeployEvent> events, InstantSource clock) {
        return new Deployer(host.deploying(), Deployer.CONFIRM_WITHIN, clock)
                .deploy(List.of(host.deployment(next().design, Optional.of(next().bundle))), events);
    }

    /** The host is as it was before the move. */
    void requireOld() {
        assertThat(looks(host)).isEqualTo(designs.get(current).lines);
    }

    /** The host is as the move was to make it. */
    void requireNew() {
        assertThat(looks(host)).isEqualTo(next().lines);
    }

    /** The host is either as before or as designed; the same deployment again makes it as designed. */
    void requireOldOrNewAndRepeat() {
        // A change that outlived its deployer may still be under way.
        Waiting.until(
                "no change is under way",
                () -> host.sh("systemctl list-units --no-legend 'twoarm-apply-*'")
                        .isBlank());
        assertThat(looks(host)).isIn(designs.get(current).lines, next().lines);
        repeat();
    }

    /** The same deployment again makes the host as designed. */
    void repeat() {
        DeployReport report = move(event -> {});
        assertThat(report.succeeded()).as(report.toString()).isTrue();
        HostState state = host.state();
        assertThat(looks(state)).isEqualTo(next().lines);
        assertThat(state.leftovers()).isEmpty();
        current = 1 - current;
    }

    @Override
    public void close() {
        host.close();
    }
}
