package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.Notice;
import io.twoarm.desktop.viewmodel.Problem;
import io.twoarm.model.VirtualService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchWindowTest {
    @TempDir
    private Path directory;

    private OpenWindow window;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aProjectIsDrawnWholeInsideTheView() {
        window.opened(fixture().in(directory.resolve("lab")));

        for (String host : List.of("client", "gateway", "director", "rs1", "rs2")) {
            Bounds bounds = UiDriver.inFx(
                    () -> window.canvas().boundsOf(new HostRef(host)).orElseThrow());
            assertThat(bounds.getMinX()).as(host).isPositive();
            assertThat(bounds.getMinY()).as(host).isPositive();
            assertThat(bounds.getMaxX()).as(host).isLessThan(window.canvas().getWidth());
            assertThat(bounds.getMaxY()).as(host).isLessThan(window.canvas().getHeight());
        }
    }

    @Test
    void rememberingAProjectDoesNotStyleTheWindowAnew() {
        AtomicInteger dressed = new AtomicInteger();
        UiDriver.doInFx(() -> window.scene().getStylesheets().addListener((ListChangeListener<String>)
                change -> dressed.incrementAndGet()));

        window.opened(fixture().in(directory.resolve("lab")));
        assertThat(UiDriver.inFx(() -> window.model().settingsProperty().get().recent()))
                .contains(directory.resolve("lab"));
        assertThat(dressed).hasValue(0);

        UiDriver.doInFx(() -> window.model().setDark(true));
        assertThat(dressed).hasValue(1);
    }

    @Test
    void clickingAHostShowsItsProperties() {
        window.opened(fixture().in(directory.resolve("lab")));

        window.driver().click(window.canvas(), new HostRef("director"));

        assertThat(window.selection()).contains(new HostRef("director"));
        assertThat(title()).isEqualTo("director");
        assertThat(texts()).contains("512 MiB", "twoarm-director (bundled)", "192.168.229.204");
    }

    @Test
    void clickingAServiceInItsDirectorSelectsTheService() {
        window.opened(fixture().in(directory.resolve("lab")));

        window.driver().click("#virtualServices-web");

        assertThat(window.selection()).contains(new ObjectRef.ServiceRef("web"));
        assertThat(title()).isEqualTo("web");
    }

    @Test
    void aProblemAppearsWhenTheFileChangesAndADoubleClickSelectsItsObject() {
        Path project = fixture().in(directory.resolve("lab"));
        window.opened(project);

        fixture().replacing("realservers: web", "realservers: wob").in(project);
        ListView<?> problems = window.driver().find("#problems", ListView.class);
        UiDriver.waitUntil(
                "the problem is listed and seen",
                () -> !problems.getItems().isEmpty() && problems.getParent().isVisible());
        UiDriver.waitUntil("it is laid out", () -> {
            Node message = problems.lookup(".problem-message");
            return message != null && message.localToScreen(0, 0) != null;
        });
        window.driver().doubleClick(UiDriver.inFx(() -> problems.lookup(".problem-message")));

        assertThat(window.selection()).contains(new ObjectRef.ServiceRef("web"));
        assertThat(UiDriver.inFx(
                        () -> window.driver().find("#button-deploy", Node.class).isDisabled()))
                .isTrue();
    }

    @Test
    void aClickRepairsAProblemAndUndoBringsItBack() {
        Path project = fixture().replacing("protocol: tcp", "protocol: udp").in(directory.resolve("lab"));
        window.opened(project);

        window.driver().click("#repair-all");

        UiDriver.waitUntil(
                "the service no longer asks for TOA",
                () -> window.model()
                                .project()
                                .topologyProperty()
                                .get()
                                .orElseThrow()
                                .virtualServices()
                                .getFirst()
                                .clientAddress()
                        == VirtualService.ClientAddress.NONE);
        UiDriver.waitUntil("nothing is left to repair", () -> !repairable());
        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        UiDriver.waitUntil("the fix is offered again", this::repairable);
        assertThat(window.driver().find("#repair-all", Node.class).isVisible()).isTrue();
    }

    private boolean repairable() {
        return window.model().project().problemsProperty().get().stream().anyMatch(Problem::repairable);
    }

    @Test
    void aProblemBringsItsObjectIntoView() {
        window.opened(fixture().replacing("protocol: tcp", "protocol: udp").in(directory.resolve("lab")));
        UiDriver.doInFx(() -> {
            window.canvas().zoomToActualSize();
            for (int i = 0; i < 6; i++) {
                window.canvas().zoomIn();
            }
        });
        Node first = window.driver().find(".problem-message", Node.class);
        UiDriver.waitUntil("it is laid out", () -> first.localToScreen(0, 0) != null);

        window.driver().doubleClick(first);

        UiDriver.nextPulse();
        Bounds director = UiDriver.inFx(
                () -> window.canvas().boundsOf(new HostRef("director")).orElseThrow());
        assertThat(director.getCenterX())
                .isBetween(0.0, UiDriver.inFx(() -> window.canvas().getWidth()));
        assertThat(director.getCenterY())
                .isBetween(0.0, UiDriver.inFx(() -> window.canvas().getHeight()));
    }

    @Test
    void theThemeSwitchesByKeyboardAndIsRemembered() {
        window.opened(fixture().in(directory.resolve("lab")));
        Color before = background();

        window.driver().keys(KeyCode.CONTROL, KeyCode.T);

        assertThat(before.getBrightness()).isGreaterThan(0.9);
        assertThat(background().getBrightness()).isLessThan(0.2);
        UiDriver.doInFx(window.model()::close);
        assertThat(directory.resolve("settings/workbench.properties")).content().contains("theme=dark");
    }

    @Test
    void aDraggedHostStaysWhereItWasDroppedAndTheLayoutFileHasIt() {
        Path project = fixture().in(directory.resolve("lab"));
        window.opened(project);
        Bounds before =
                UiDriver.inFx(() -> window.canvas().boundsOf(new HostRef("rs1")).orElseThrow());

        window.driver().drag(window.canvas(), new HostRef("rs1"), -40, 30);

        Bounds after =
                UiDriver.inFx(() -> window.canvas().boundsOf(new HostRef("rs1")).orElseThrow());
        assertThat(after.getMinX() - before.getMinX()).isBetween(-42.0, -38.0);
        assertThat(after.getMinY() - before.getMinY()).isBetween(28.0, 32.0);
        Point kept = UiDriver.inFx(
                () -> window.model().places().placesProperty().get().get("hosts.rs1"));
        UiDriver.waitUntil("the layout file", () -> Files.exists(project.resolve("layout.yaml")));
        assertThat(project.resolve("layout.yaml"))
                .content()
                .contains("rs1: { x: %.0f, y: %.0f }".formatted(kept.x(), kept.y()));
    }

    @Test
    void zoomingAndFittingByKeyboardAndWheel() {
        window.opened(fixture().in(directory.resolve("lab")));
        double fitted = zoom();

        window.driver().keys(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(zoom()).isLessThan(fitted);
        window.driver().controlWheel(window.canvas(), 5);
        assertThat(zoom()).isGreaterThan(fitted);
        window.driver().keys(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertThat(zoom()).isEqualTo(1);
        window.driver().keys(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(zoom()).isEqualTo(fitted);
    }

    @Test
    void arrowsGoFromHostToSegmentAndAltArrowsMoveThem() {
        window.opened(fixture().in(directory.resolve("lab")));
        window.driver().click(window.canvas(), new HostRef("client"));

        window.driver().keys(KeyCode.DOWN);
        assertThat(window.selection()).contains(new SegmentRef("outside"));
        double before = UiDriver.inFx(() -> window.model()
                .places()
                .placesProperty()
                .get()
                .get("segments.outside")
                .x());
        window.driver().keys(KeyCode.ALT, KeyCode.LEFT);
        assertThat(UiDriver.inFx(() -> window.model()
                        .places()
                        .placesProperty()
                        .get()
                        .get("segments.outside")
                        .x()))
                .isEqualTo(before - 8);
        window.driver().keys(KeyCode.ESCAPE);
        assertThat(window.selection()).isEqualTo(Optional.empty());
    }

    @Test
    void aProjectIsMadeFromTheGallery() {
        Path project = directory.resolve("made");

        window.driver().click("#starter-two-arm-fullnat");
        TextField field = window.driver().find("#new-directory", TextField.class);
        UiDriver.doInFx(field::clear);
        window.driver().click("#new-directory");
        window.driver().type(project.toString());
        window.driver().click("#new-create");

        UiDriver.waitUntil(
                "the new project", () -> window.model().project().project().isPresent());
        assertThat(project.resolve("topology.yaml")).exists();
        assertThat(window.driver().find("#header-title", Label.class).getText()).isEqualTo("Two-arm FullNAT, IPv4");
    }

    @Test
    void anErrorIsShownWithEverythingThatHelps() {
        UiDriver.doInFx(() -> window.model().project().create("two-arm-fullnat", Path.of("/proc/none")));

        Node details = window.driver().find(".dialog-pane .log", Node.class);

        assertThat(((javafx.scene.control.TextArea) details).getText()).contains("/proc/none");
    }

    @Test
    void whatIsToldInPassingLeavesEveryButtonFreeAndGoesWithAClick() {
        window.opened(fixture().in(directory.resolve("lab")));
        UiDriver.doInFx(() -> new Dialogs(window.model(), window.stage())
                .tell(new Notice(Notice.Kind.SUCCESS, "Deployed.", "five hosts are as the design says")));
        Node notice = window.driver().find(".notice", Node.class);

        for (String button : List.of(
                "#perspective-deploy",
                "#perspective-diagnose",
                "#perspective-design",
                "#palette-client",
                "#button-deploy")) {
            assertThat(UiDriver.inFx(
                            () -> onScreen(window.scene().lookup(button)).intersects(onScreen(notice))))
                    .as(button + " below the notice")
                    .isFalse();
        }
        window.driver().click("#perspective-diagnose");
        assertThat(UiDriver.inFx(() -> ((ToggleButton) window.scene().lookup("#perspective-diagnose")).isSelected()))
                .isTrue();

        window.driver().click(notice);
        UiDriver.waitUntil(
                "it is gone",
                () -> notice.getScene() == null
                        || !notice.getScene().getWindow().isShowing());
    }

    private static Bounds onScreen(Node node) {
        return node.localToScreen(node.getLayoutBounds());
    }

    @Test
    void bothThemesAreFreeOfStyleSheetWarnings() {
        try (CssWarnings warnings = new CssWarnings()) {
            for (boolean dark : new boolean[] {false, true}) {
                UiDriver.doInFx(() -> window.model().setDark(dark));
                window.opened(fixture().withLipOutsideItsSubnet().in(directory.resolve("lab" + dark)));
                for (int digit = 0; digit <= 9; digit++) {
                    window.driver().keys(KeyCode.ALT, KeyCode.valueOf("DIGIT" + digit));
                }
                window.driver().keys(KeyCode.CONTROL, KeyCode.K);
                window.driver().keys(KeyCode.ESCAPE);
                UiDriver.doInFx(() -> {
                    Dialogs dialogs = new Dialogs(window.model(), window.stage());
                    dialogs.tell(new Notice(Notice.Kind.SUCCESS, "Deployed.", "five hosts"));
                    dialogs.tell(new Notice(Notice.Kind.ERROR, "Failed.", "rs1: no space left"));
                    dialogs.table("director counters", "received 12");
                    dialogs.keys();
                });
                UiDriver.nextPulse();
                UiDriver.doInFx(() -> window.model().project().close());
                UiDriver.nextPulse();
            }
            assertThat(warnings.messages()).isEmpty();
        }
    }

    private static ProjectFixture fixture() {
        return ProjectFixture.twoArm().named("window-test");
    }

    private String title() {
        return window.driver().find("#properties-title", Label.class).getText();
    }

    private List<String> texts() {
        return UiDriver.inFx(() -> window.scene().getRoot().lookupAll(".property-rows *").stream()
                .map(node -> switch (node) {
                    case TextField field -> field.getText();
                    case javafx.scene.control.Labeled labeled -> labeled.getText();
                    default -> "";
                })
                .toList());
    }

    private Color background() {
        return UiDriver.picture(window.scene()).getPixelReader().getColor(640, 60);
    }

    private double zoom() {
        return UiDriver.inFx(() -> window.canvas().zoomProperty().get());
    }
}
