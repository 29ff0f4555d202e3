package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Nat64;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Editing by mouse and keyboard in a real window. */
class EditingGesturesTest {
    @TempDir
    private Path directory;

    private OpenWindow window;
    private Path project;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory);
        project = ProjectFixture.twoArm().named("editing-test").in(directory.resolve("lab"));
        window.opened(project);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aRealserverIsDraggedFromThePaletteAndUndoTakesItBack() {
        window.driver().dragTo("#palette-realserver", window.canvas(), 250, 500);

        assertThat(names()).containsExactly("client", "gateway", "director", "rs1", "rs2", "rs3");
        assertThat(window.selection()).contains(new HostRef("rs3"));
        assertThat(window.undoText()).isEqualTo("Undo add realserver");
        window.saved();
        assertThat(project.resolve("topology.yaml")).content().contains("rs3:");

        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);

        assertThat(names()).containsExactly("client", "gateway", "director", "rs1", "rs2");
        window.saved();
        assertThat(project.resolve("topology.yaml"))
                .content()
                .isEqualTo(ProjectFixture.twoArm().named("editing-test").text());
        assertThat(project.resolve("layout.yaml")).doesNotExist();
    }

    @Test
    void aGroupOfDirectorsIsSelectedByItsNameAndItsPropertiesAreEdited() {
        window.opened(
                ProjectFixture.starter("keepalived-pair").named("pair-test").in(directory.resolve("pair")));

        window.driver().click("#directorGroups-pair .group-band");

        assertThat(window.selection()).contains(new ObjectRef.GroupRef("pair"));
        assertThat(window.driver().find("#properties-title", Label.class).getText())
                .isEqualTo("pair");
        window.driver().keys(KeyCode.DELETE);
        UiDriver.waitUntil(
                "the group is gone", () -> topology().directorGroups().isEmpty());
        assertThat(topology().virtualServices()).hasSize(4);
        assertThat(window.undoText()).isEqualTo("Undo delete pair");
        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(topology().directorGroups()).hasSize(1);
    }

    @Test
    void escapeEndsADragFromThePalette() {
        window.driver().dragTo("#palette-client", window.canvas(), 250, 500, KeyCode.ESCAPE);

        assertThat(names()).containsExactly("client", "gateway", "director", "rs1", "rs2");
    }

    @Test
    void aServiceIsTakenByADirectorOnly() {
        window.driver().dragTo("#palette-service", window.canvas(), new HostRef("client"));
        assertThat(topology().virtualServices()).hasSize(1);

        window.driver().dragTo("#palette-service", window.canvas(), new HostRef("director"));

        assertThat(topology().virtualServices()).hasSize(2);
        assertThat(topology().virtualServices().getLast().director()).isEqualTo("director");
        assertThat(topology().virtualServices().getLast().port()).isEqualTo("dpdk2");
    }

    @Test
    void aHostIsConnectedToASegmentByDraggingFromItsHandle() {
        window.driver().click(window.canvas(), new HostRef("client"));

        window.driver().drag("#connect-handle", "#segments-wan");

        assertThat(topology().host("client").orElseThrow().port("eth1")).hasValueSatisfying(port -> {
            assertThat(port.segment()).isEqualTo("wan");
            assertThat(port.addresses()).extracting(InterfaceAddress::toString).containsExactly("10.0.96.1/24");
        });
    }

    @Test
    void aPortIsPluggedIntoAnotherSegmentByDraggingItsLine() {
        window.driver().drag("#hosts-rs1-ports-eth0 .link-grip", "#segments-wan");

        assertThat(topology()
                        .host("rs1")
                        .orElseThrow()
                        .port("eth0")
                        .orElseThrow()
                        .segment())
                .isEqualTo("wan");
        assertThat(window.undoText()).isEqualTo("Undo connect eth0 with wan");
    }

    @Test
    void aHostIsRenamedWhereItStandsAndEveryReferenceFollows() {
        window.driver().click(window.canvas(), new HostRef("rs1"));
        window.driver().keys(KeyCode.F2);
        TextField field = window.driver().find("#rename", TextField.class);
        window.driver().type("rs2");
        assertThat(UiDriver.inFx(() -> field.getParent().lookup(".field-error").isVisible()))
                .isTrue();
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type("web1");
        window.driver().keys(KeyCode.ENTER);

        assertThat(names()).containsExactly("client", "gateway", "director", "web1", "rs2");
        assertThat(topology().realserverPools().getFirst().members().getFirst().host())
                .isEqualTo("web1");
        assertThat(window.selection()).contains(new HostRef("web1"));
    }

    @Test
    void deleteRemovesASegmentWithThePortsOnIt() {
        window.driver().click("#segments-lan");
        window.driver().keys(KeyCode.DELETE);

        assertThat(topology().segment("lan")).isEmpty();
        assertThat(topology().ports()).noneMatch(each -> each.port().segment().equals("lan"));
        assertThat(window.undoText()).isEqualTo("Undo delete lan");
    }

    @Test
    void aFrameSelectsWhatItTouchesAndAllOfItMoves() {
        window.driver().frame(window.canvas(), new HostRef("rs1"), new HostRef("rs2"));
        assertThat(window.model().project().selection().all())
                .contains(new HostRef("rs1"), new HostRef("rs2"))
                .doesNotContain(new HostRef("director"));
        Point first = window.place("hosts.rs1");
        Point second = window.place("hosts.rs2");

        window.driver().drag(window.canvas(), new HostRef("rs1"), -37, 41);

        assertThat(window.place("hosts.rs1").x()).isLessThan(first.x());
        assertThat(window.place("hosts.rs2").x() - second.x())
                .isEqualTo(window.place("hosts.rs1").x() - first.x());
    }

    @Test
    void copiesGetFreshNamesAndAddressesAndJoinTheSamePool() {
        window.driver().click(window.canvas(), new HostRef("rs2"));
        window.driver().keys(KeyCode.CONTROL, KeyCode.C);
        window.driver().keys(KeyCode.CONTROL, KeyCode.V);

        Host copy = topology().host("rs3").orElseThrow();
        assertThat(copy.ports().getFirst().addresses())
                .extracting(InterfaceAddress::toString)
                .containsExactly("192.168.229.3/24");
        assertThat(topology().realserverPools().getFirst().members())
                .extracting(member -> member.host())
                .containsExactly("rs1", "rs2", "rs3");
    }

    @Test
    void theMenuOfADirectorAddsLocalAddresses() {
        window.driver().rightClick(window.canvas(), new HostRef("director"));
        window.driver().clickMenu("#menu-add-local_pool");

        assertThat(topology().localAddressPools()).hasSize(2);
    }

    @Test
    void controlClickSelectsSeveralAndTheyAreAlignedInARow() {
        window.driver().drag(window.canvas(), new HostRef("rs1"), 0, 60);
        window.driver().click(window.canvas(), new HostRef("rs1"));
        window.driver().controlClick(window.canvas(), new HostRef("rs2"));
        assertThat(window.model().project().selection().all())
                .containsExactlyInAnyOrder(new HostRef("rs1"), new HostRef("rs2"));

        window.driver().rightClick(window.canvas(), new HostRef("rs2"));
        window.driver().clickMenu("#context-arrangeROW");

        assertThat(window.place("hosts.rs1").y())
                .isEqualTo(window.place("hosts.rs2").y());
    }

    @Test
    void twoSelectedObjectsAreConnectedByKeyboard() {
        window.driver().click(window.canvas(), new HostRef("client"));
        List<ObjectRef> two = List.of(new HostRef("client"), new SegmentRef("wan"));
        UiDriver.doInFx(() -> window.model().project().selection().selectAll(two));
        window.driver().keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);

        assertThat(window.selection()).contains(new PortRef("client", "eth1"));
    }

    @Test
    void enterOnThePalettePlacesWithoutAMouse() {
        Button item = window.driver().find("#palette-segment", Button.class);
        UiDriver.doInFx(item::requestFocus);
        window.driver().keys(KeyCode.SPACE);

        assertThat(topology().segments()).hasSize(4);
    }

    @Test
    void aWeightIsTypedAndWhatIsNoWeightIsRefusedWhileTyping() {
        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new ObjectRef.PoolRef("web"))));
        UiDriver.nextPulse();
        window.driver().click("#property-1-1");
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type("70000");
        TextField field = window.driver().find("#property-1-1", TextField.class);
        assertThat(UiDriver.inFx(() -> ((Label) field.getParent().lookup(".field-error")).getText()))
                .contains("0 to 65535");
        window.driver().keys(KeyCode.ENTER);
        assertThat(weight()).isEqualTo(1);

        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type("5");
        window.driver().keys(KeyCode.ENTER);

        UiDriver.waitUntil("the weight", () -> weight() == 5);
        assertThat(window.undoText()).isEqualTo("Undo Weight of rs1");
    }

    @Test
    void aSchedulerIsChosenAndARealserverIsTakenOutOfItsPool() {
        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new ObjectRef.ServiceRef("web"))));
        UiDriver.nextPulse();
        ComboBox<?> schedulers = window.driver().find("#property-1-1", ComboBox.class);
        UiDriver.doInFx(() -> schedulers.getSelectionModel().select(3));
        UiDriver.waitUntil(
                "the scheduler",
                () -> topology().virtualServices().getFirst().scheduler() == VirtualService.Scheduler.WLC);

        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new ObjectRef.PoolRef("web"))));
        UiDriver.nextPulse();
        window.driver().click("#property-1-0-remove");

        assertThat(topology().realserverPools().getFirst().members())
                .extracting(member -> member.host())
                .containsExactly("rs2");
    }

    @Test
    void nat64IsSwitchedOnAndItsPoolTyped() {
        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new HostRef("director"))));
        UiDriver.nextPulse();
        UiDriver.doInFx(
                () -> find("Translates", ComboBox.class).getSelectionModel().selectFirst());
        UiDriver.waitUntil("NAT64", () -> nat64().isPresent());
        assertThat(window.undoText()).isEqualTo("Undo NAT64 of director");
        UiDriver.nextPulse();

        TextField pool = UiDriver.inFx(() -> find("Pool", TextField.class));
        UiDriver.doInFx(pool::requestFocus);
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type("203.0.0.0/16");
        assertThat(UiDriver.inFx(() -> ((Label) pool.getParent().lookup(".field-error")).getText()))
                .contains("of length 24 to 32");
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type("203.0.113.64/28");
        window.driver().keys(KeyCode.ENTER);

        UiDriver.waitUntil(
                "the pool",
                () -> nat64().filter(it -> it.pool().equals(Prefix.parse("203.0.113.64/28")))
                        .isPresent());
        assertThat(window.undoText()).isEqualTo("Undo NAT64: Pool of director");
        window.saved();
        assertThat(project.resolve("topology.yaml")).content().contains("pool: 203.0.113.64/28");
    }

    private Optional<Nat64> nat64() {
        return topology()
                .director("director")
                .orElseThrow()
                .dataplane()
                .translation()
                .nat64();
    }

    /** The first control of that kind and name; of NAT64, which stands before SIIT. */
    private <T extends Control> T find(String name, Class<T> kind) {
        return window.stage().getScene().getRoot().lookupAll(".property-section *").stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(control -> name.equals(control.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    private int weight() {
        return topology().realserverPools().getFirst().members().getFirst().weight();
    }

    private Topology topology() {
        return UiDriver.inFx(
                () -> window.model().project().topologyProperty().get().orElseThrow());
    }

    private List<String> names() {
        return topology().hosts().stream().map(Host::name).toList();
    }
}
