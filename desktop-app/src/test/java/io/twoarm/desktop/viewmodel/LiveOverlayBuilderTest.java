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
import io.twoarm.engine.LiveSnapshot.LinkState;
import io.twoarm.engine.LiveSnapshot.NeighbourState;
import io.twoarm.engine.LiveSnapshot.PortState;
import io.twoarm.engine.LiveSnapshot.RealserverState;
import io.twoarm.engine.LiveSnapshot.ServiceState;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    void aLinkWithoutCarrierAndANeighbourThatDoesNotAnswerAreSaid() {
        HostState rs1 = new HostState(
                "rs1",
                true,
                Map.of("nginx.service", "active"),
                List.of(new LinkState("eth0", false, 5, 6)),
                Set.of("192.168.229.1"),
                List.of(
                        new NeighbourState("192.168.229.2", "eth0", "FAILED"),
                        new NeighbourState("192.168.229.99", "eth0", "FAILED")));
        LiveSnapshot snapshot = new LiveSnapshot(Instant.EPOCH, Map.of("rs1", rs1), Map.of());

        LiveOverlay overlay =
                LiveOverlayBuilder.overlayOf(ProjectFixture.twoArm().topology(), snapshot);

        assertThat(overlay.ports()).containsEntry(new PortRef("rs1", "eth0"), new PortLive(5, 6, false));
        assertThat(overlay.hosts().get(new HostRef("rs1")))
                .isEqualTo(new LiveOverlay.HostLive(Health.UP, "no ARP answer from rs2 · up"));
    }

    @Test
    void whoOfAVrrpPairHasTheAddressesIsTheMaster() {
        Topology pair = ProjectFixture.starter("keepalived-pair").topology();
        String group = pair.directorGroups().getFirst().name();
        List<String> members = pair.directorGroups().getFirst().members();
        Set<String> vips = pair.virtualServices().stream()
                .filter(service -> service.director().equals(group))
                .map(service -> IpLiteral.format(service.vip()))
                .collect(Collectors.toSet());
        LiveSnapshot snapshot = new LiveSnapshot(
                Instant.EPOCH,
                Map.of(
                        members.getFirst(),
                        new HostState(members.getFirst(), true, Map.of(), List.of(), vips, List.of()),
                        members.getLast(),
                        new HostState(members.getLast(), true, Map.of())),
                Map.of());

        LiveOverlay overlay = LiveOverlayBuilder.overlayOf(pair, snapshot);

        boolean kernel = pair.director(members.getFirst())
                .filter(director -> !director.kind().hasDataplane())
                .isPresent();
        assertThat(overlay.hosts()
                        .get(new HostRef(members.getFirst()))
                        .caption()
                        .startsWith("VRRP master"))
                .isEqualTo(kernel);
        assertThat(overlay.hosts().get(new HostRef(members.getLast())).caption().startsWith("VRRP backup"))
                .isEqualTo(kernel);
    }

    @Test
    void aBundledDirectorSaysItselfWhetherItIsTheMaster() {
        Topology pair = ProjectFixture.starter("bundled-pair").topology();
        List<String> members = pair.directorGroups().getFirst().members();
        List<String> instances = pair.directorGroups().getFirst().instances().stream()
                .map(instance -> instance.name())
                .toList();
        LiveSnapshot snapshot = new LiveSnapshot(
                Instant.EPOCH,
                members.stream().collect(Collectors.toMap(name -> name, name -> new HostState(name, true, Map.of()))),
                Map.of(
                        members.getFirst(),
                        roles(members.getFirst(), instances, "MASTER"),
                        members.getLast(),
                        roles(members.getLast(), instances, "BACKUP")));

        LiveOverlay overlay = LiveOverlayBuilder.overlayOf(pair, snapshot);

        assertThat(overlay.hosts().get(new HostRef(members.getFirst())).caption())
                .isEqualTo("VRRP master · no sessions · no drops");
        assertThat(overlay.hosts().get(new HostRef(members.getLast())).caption())
                .startsWith("VRRP backup · ");
    }

    @Test
    void instancesThatDisagreeAreNamed() {
        Topology pair = ProjectFixture.starter("bundled-pair").topology();
        String first = pair.directorGroups().getFirst().members().getFirst();
        Map<String, String> states = new LinkedHashMap<>(Map.of("inside", "MASTER"));
        states.put("outside", "FAULT");
        LiveSnapshot snapshot = new LiveSnapshot(
                Instant.EPOCH,
                Map.of(first, new HostState(first, true, Map.of())),
                Map.of(first, new DirectorState(first, 1, 0, List.of(), List.of(), Map.of(), states)));

        assertThat(LiveOverlayBuilder.overlayOf(pair, snapshot)
                        .hosts()
                        .get(new HostRef(first))
                        .caption())
                .startsWith("inside: VRRP master · outside: VRRP fault · ");
    }

    private static DirectorState roles(String director, List<String> instances, String state) {
        return new DirectorState(
                director,
                1,
                0,
                List.of(),
                List.of(),
                Map.of(),
                instances.stream().collect(Collectors.toMap(name -> name, name -> state)));
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
                Map.of("dropped_no_service", 3L),
                Map.of());
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
