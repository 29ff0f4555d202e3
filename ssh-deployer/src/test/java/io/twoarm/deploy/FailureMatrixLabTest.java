package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.InjectedFault.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Over two hundred injected failures, kinds times moments. After each the host is wholly old or wholly new, and the same
 * deployment then succeeds. {@link InjectedFailureLabTest} has a part of them with what exactly comes of each.
 */
@Tag("lab")
@Tag("long")
@Timeout(600)
class FailureMatrixLabTest {
    private static LabHosts lab;
    private static Path directory;
    private static TwoDesigns designs;

    private boolean knownState;

    @BeforeAll
    static void startLab(@TempDir Path shared) {
        lab = LabHosts.start("t-matrix");
        directory = shared;
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void findTheHostInAKnownState() throws Exception {
        if (designs == null) {
            designs = TwoDesigns.on(lab.target("alpha"), directory);
        }
    }

    /** A failure that left something else behind must not spoil those after it. */
    @AfterEach
    void keepTheHostOnlyInAKnownState() {
        if (!knownState) {
            designs.close();
            designs = null;
        }
    }

    static List<InjectedFault> faults() {
        return InjectedFault.all();
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("faults")
    void aFault(InjectedFault fault) {
        ProbeHost host = designs.host();
        fault.prepare().accept(host);
        try {
            designs.move(fault.events(host));
        } finally {
            fault.heal().accept(host);
        }
        designs.requireOldOrNewAndRepeat();
        InjectedFault.unmount(host);
        knownState = true;
    }

    static List<Moment> deathOfDeployer() {
        return InjectedFault.deathOfDeployer();
    }

    @ParameterizedTest(name = "{index}: deployer killed at {0}")
    @MethodSource("deathOfDeployer")
    void theDeployerIsKilled(Moment moment) throws Exception {
        try (DeployerProcess deployer = designs.moveInAnotherProcess()) {
            deployer.awaitLine(
                    switch (moment) {
                        case Moment.Begin(DeployEvent.Step step) -> "step " + step;
                        case Moment.Logged(String line) -> "log " + line;
                        case Moment.Before() -> "";
                    });
            deployer.kill();
        }
        designs.requireOldOrNewAndRepeat();
        knownState = true;
    }

    static List<Duration> clocksBehind() {
        return InjectedFault.clocksBehind();
    }

    @ParameterizedTest(name = "{index}: the deployer''s clock is {0} behind")
    @MethodSource("clocksBehind")
    void theClockIsWrong(Duration skew) {
        DeployReport report = designs.move(new DeployEvents(), InjectedFault.behind(skew));

        assertThat(report.toString()).contains("set this machine's clock");
        designs.requireOld();
        designs.requireOldOrNewAndRepeat();
        knownState = true;
    }
}
