package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.LiveOverlay.Health;
import io.twoarm.desktop.viewmodel.LiveOverlay.PortLive;
import io.twoarm.engine.LiveSnapshot;
import io.twoarm.engine.LiveSnapshot.DirectorState;
import io.twoarm.engine.LiveSnapshot.HostState;
import io.twoarm.engine.LiveSnapshot.PortState;
import io.twoarm.engine.LiveSnapshot.RealserverState;
import io.twoarm.engine.LiveSnapshot.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveOverlayBuilderTest {

    @Test
    void aServiceCountsItsHealthyRealservers() {
        LiveOverlay overlay = overlay(true, true, false);

        assertThat(overlay.services().get(new ServiceRef("web")).summary()).isEqualTo("1/2 up");
        assertThat(overlay.services().get(new ServiceRef("web")).health()).isEqualTo(Health.DEGRADED);
    }

    @Test
    void aRealserverThatAnswersButFailsItsCheckIsNotShownAsUp() {
        LiveOverlay overlay = overlay(true, true, false);

        assertThat(overlay.hosts().get(new HostRef("rs1")).health()).isEqualTo(Health.UP);
        assertThat(overlay.hosts().get(new HostRef("rs2")).health()).isEqualTo(Health.DEGRADED);
    }

    @Test
    void aDirectorTellsItsSessionsAndDropsAndItsPortsTheirRates() {
        LiveOverlay overlay = overlay(true, true, true);

        assertThat(overlay.hosts().get(new HostRef("director")).caption()).isEqualTo("12 sessions · 3 drops");
        assertThat(overlay.ports()).containsEntry(new PortRef("director", "dpdk2"), new PortLive(100, 90));
    }

    @Test
    void whatAnUnreachableDirectorSaidLastIsNotShown() {
        LiveOverlay overlay = overlay(false, true, true);

        assertThat(overlay.hosts().get(new HostRef("director")).health()).isEqualTo(Health.DOWN);
        assertThat(overlay.ports()).isEmpty();
        assertThat(overlay.services()).isEmpty();
    }

    @Test
    void aFailedUnitIsNamed() {
        LiveSnapshot snapshot = new LiveSnapshot(
                Instant.EPOCH, Map.of("rs1", new HostState("rs1", true, Map.of("nginx.service", "failed"))), Map.of());

        LiveOverlay overlay =
                LiveOverlayBuilder.overlayOf(ProjectFixture.twoArm().topology(), snapshot);

        assertThat(overlay.hosts().get(new HostRef("rs1")))
                .isEqualTo(new LiveOverlay.HostLive(Health.DEGRADED, "nginx is failed"));
        assertThat(overlay.hosts()).doesNotContainKey(new HostRef("rs2"));
    }

    @Test
    void aHostThatNothingWasStartedOnIsNotYetDeployedRatherThanBroken() {
        LiveSnapshot snapshot = new LiveSnapshot(
                Instant.EPOCH,
                Map.of(
                        "rs1",
                        new HostState(
                                "rs1", true, Map.of("nginx.service", "inactive", "twoarm-routes.service", "inactive"))),
                Map.of());

        LiveOverlay overlay =
                LiveOverlayBuilder.overlayOf(ProjectFixture.twoArm().topology(), snapshot);

        assertThat(overlay.hosts().get(new HostRef("rs1")).health()).isEqualTo(Health.IDLE);
    }

    private static LiveOverlay overlay(boolean directorReachable, boolean firstUp, boolean secondUp) {
        DirectorState director = new DirectorState(
                "director",
                60,
                12,
                List.of(new PortState("dpdk2", 100, 90, 0, 0)),
                List.of(new ServiceState(
                        "tcp 10.0.96.204:80",
                        40,
                        12,
                        List.of(
                                new RealserverState("192.168.229.1:80", 1, firstUp, 20, 6),
                                new RealserverState("192.168.229.2:80", 1, secondUp, 20, 6)))),
                Map.of("dropped_no_service", 3L));
        LiveSnapshot snapshot = new LiveSnapshot(
                Instant.EPOCH,
                Map.of(
                        "director", new HostState("director", directorReachable, Map.of()),
                        "rs1", new HostState("rs1", true, Map.of("nginx.service", "active")),
                        "rs2", new HostState("rs2", true, Map.of("nginx.service", "active"))),
                Map.of("director", director));
        return LiveOverlayBuilder.overlayOf(ProjectFixture.twoArm().topology(), snapshot);
    }
}
