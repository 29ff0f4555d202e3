package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.EditActions;
import io.twoarm.desktop.viewmodel.FilesModel;
import io.twoarm.desktop.viewmodel.LinkLines;
import io.twoarm.desktop.viewmodel.Settings;
import io.twoarm.model.project.LinkShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes the pictures of the documentation that need no running lab, and looks whether there is something on them. */
class PicturesTest {
    /** Fewer colours than this, and a picture is empty or its fonts are missing. */
    private static final int FEWEST_COLOURS = 60;

    /** On the pictures; the same in every run, so that the files change only when the window does. */
    private final Path directory = Pictures.projects();

    @AfterEach
    void removeProjects() throws IOException {
        Pictures.removeProjects();
    }

    @Test
    void theWelcomePageShowsTheStartersInSightAsPictures() {
        try (OpenWindow window = window(1280, 800, false)) {
            UiDriver.waitUntil(
                    "the pictures of all starters in sight",
                    () -> window.scene().getRoot().lookupAll(".gallery-picture").stream()
                            .filter(StackPane.class::isInstance)
                            .filter(picture -> picture.localToScene(picture.getLayoutBounds())
                                    .intersects(
                                            0,
                                            0,
                                            window.scene().getWidth(),
                                            window.scene().getHeight()))
                            .map(picture -> picture.lookup(".host-figure"))
                            .allMatch(host ->
                                    host != null && host.getParent().getParent().isVisible()));
            save(window, "welcome-light");
        }
    }

    @Test
    void aDesignWithASelectedDirectorInBothThemes() {
        for (boolean dark : new boolean[] {false, true}) {
            try (OpenWindow window = window(1280, 800, dark)) {
                window.opened(project("two-arm").in(directory.resolve("two-arm")));
                select(window, "hosts.director");
                save(window, "workbench-design-" + (dark ? "dark" : "light"));
            }
        }
    }

    @Test
    void aDesignOnALargeScreenInBothThemes() {
        for (boolean dark : new boolean[] {false, true}) {
            try (OpenWindow window = window(1920, 1080, dark)) {
                window.opened(project("two-arm").in(directory.resolve("two-arm")));
                select(window, "virtualServices.web");
                save(window, "workbench-design-large-" + (dark ? "dark" : "light"));
            }
        }
    }

    @Test
    void everyPerspectiveInBothThemesAndTwoSizes() {
        try (OpenWindow window = window(1280, 800, false)) {
            window.opened(project("two-arm").in(directory.resolve("two-arm-perspectives")));
            for (Size size : List.of(new Size(1280, 800), new Size(1920, 1080))) {
                window.resize(size.width(), size.height());
                for (boolean dark : new boolean[] {false, true}) {
                    UiDriver.doInFx(() -> window.model().setDark(dark));
                    for (Perspective each : Perspective.values()) {
                        window.driver()
                                .keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.getKeyCode("" + (each.ordinal() + 1)));
                        select(window, each == Perspective.DESIGN ? "virtualServices.web" : "hosts.director");
                        UiDriver.doInFx(() -> window.canvas().fit());
                        save(
                                window,
                                "perspective-%s-%d-%s"
                                        .formatted(
                                                each.name().toLowerCase(Locale.ROOT),
                                                size.width(),
                                                dark ? "dark" : "light"));
                    }
                }
            }
        }
    }

    private record Size(int width, int height) {}

    @Test
    void theManualAndTheTour() {
        try (OpenWindow window = window(1280, 800, false)) {
            window.opened(project("two-arm").in(directory.resolve("two-arm-tour")));
            UiDriver.doInFx(() -> window.press("#menu-tour"));
            window.driver().click("#tour-next");
            save(window, "workbench-tour-light");
            window.driver().keys(KeyCode.F1);
            var page = window.driver().find("#help-page", javafx.scene.Node.class);
            Pictures.save(page.getScene(), "workbench-help-light");
        }
    }

    @Test
    void highContrastInBothThemes() {
        for (boolean dark : new boolean[] {false, true}) {
            try (OpenWindow window = window(1280, 800, dark)) {
                UiDriver.doInFx(() -> window.model().change(new Settings(dark, true, 100, "", true, List.of())));
                window.opened(project("two-arm").in(directory.resolve("two-arm-contrast")));
                select(window, "virtualServices.web");
                save(window, "workbench-contrast-" + (dark ? "dark" : "light"));
            }
        }
    }

    @Test
    void aPairOfDirectorsWithBondsAndAClusterOfThree() {
        try (OpenWindow window = window(1280, 800, false)) {
            window.opened(ProjectFixture.starter("keepalived-pair")
                    .named("pair-picture")
                    .in(directory.resolve("keepalived-pair")));
            select(window, "directorGroups.pair");
            save(window, "workbench-pair-light");
        }
        try (OpenWindow window = window(1280, 800, true)) {
            window.opened(ProjectFixture.starter("ecmp-cluster")
                    .named("cluster-picture")
                    .in(directory.resolve("ecmp-cluster")));
            select(window, "directorGroups.cluster");
            save(window, "workbench-cluster-dark");
        }
    }

    @Test
    void aNat64GatewayWithItsPropertiesInBothThemes() {
        for (boolean dark : new boolean[] {false, true}) {
            try (OpenWindow window = window(1920, 1080, dark)) {
                window.opened(ProjectFixture.starter("nat64-gateway")
                        .named("nat64-picture")
                        .in(directory.resolve("nat64-gateway-" + dark)));
                select(window, "hosts.director");
                UiDriver.nextPulse();
                UiDriver.doInFx(() -> ((ScrollPane) window.scene().lookup("#properties-scroll")).setVvalue(1));
                save(window, "workbench-nat64-" + (dark ? "dark" : "light"));
            }
        }
    }

    @Test
    void bentAndOrthogonalLinksInBothThemes() {
        for (boolean dark : new boolean[] {false, true}) {
            try (OpenWindow window = window(1920, 1080, dark)) {
                window.opened(project("links").in(directory.resolve("links-" + dark)));
                window.driver().moveMouseAway();
                manage(window);
                select(window, dark ? "hosts.gateway.ports.eth2" : "hosts.rs2.ports.eth0");
                UiDriver.doInFx(() -> window.canvas().fit());
                UiDriver.nextPulse();
                save(window, "workbench-links-" + (dark ? "dark" : "light"));
            }
        }
    }

    /** A wire for management at the left, with a host of its own, and a realserver that stands aside. */
    private static void manage(OpenWindow window) {
        UiDriver.doInFx(() -> {
            EditActions edits = window.model().edits();
            edits.place(Kind.SEGMENT, new Point(-150, 566), Optional.empty());
            edits.rename(window.model().project().selectionProperty().get().orElseThrow(), "mgmt");
            edits.place(Kind.ROUTER, new Point(-150, 690), Optional.empty());
            edits.rename(window.model().project().selectionProperty().get().orElseThrow(), "jump");
            ObjectRef mgmt = new ObjectRef.SegmentRef("mgmt");
            List.of("jump", "gateway", "director").forEach(host -> edits.connect(new ObjectRef.HostRef(host), mgmt));
            window.model()
                    .project()
                    .moved(Map.of(
                            new ObjectRef.HostRef("rs1"), new Point(132, 740),
                            new ObjectRef.HostRef("rs2"), new Point(580, 740)));
        });
        UiDriver.nextPulse();
        UiDriver.doInFx(() -> {
            LinkLines lines = window.model().lines();
            lines.draw(new PortRef("gateway", "eth2"), line(LinkShape.ORTHOGONAL, new Point(-190, 310)));
            lines.draw(new PortRef("director", "dpdk1"), line(LinkShape.ORTHOGONAL, new Point(-110, 524)));
            lines.draw(new PortRef("rs2", "eth0"), line(LinkShape.BENT, new Point(440, 618)));
        });
        UiDriver.nextPulse();
    }

    private static LinkLine line(LinkShape shape, Point... bends) {
        return new LinkLine(shape, List.of(bends));
    }

    @Test
    void theFilesComparedWithBeforeTheLastSteps() {
        try (OpenWindow window = window(1920, 1080, true)) {
            window.opened(project("two-arm").in(directory.resolve("two-arm-files")));
            UiDriver.doInFx(() -> window.model().files().want(true));
            UiDriver.waitUntil(
                    "the files are known", () -> window.model().files().has(FilesModel.Earlier.OPENED));
            UiDriver.doInFx(() -> window.model()
                    .edits()
                    .place(Kind.SERVICE, new Point(0, 0), Optional.of(new ObjectRef.HostRef("director"))));
            window.driver().keys(KeyCode.ALT, KeyCode.DIGIT9);
            UiDriver.waitUntil(
                    "the files have the new service",
                    () -> window.model().files().hostsProperty().get().stream()
                            .flatMap(host -> host.files().stream())
                            .anyMatch(file -> file.content().contains("10.0.96.1")));
            UiDriver.doInFx(
                    () -> ((javafx.scene.control.ChoiceBox<?>) window.scene().lookup("#files-compare"))
                            .getSelectionModel()
                            .select(1));
            UiDriver.nextPulse();
            save(window, "workbench-files-dark");
        }
    }

    @Test
    void theSearchAndTheHistory() {
        try (OpenWindow window = window(1280, 800, false)) {
            window.opened(project("two-arm").in(directory.resolve("two-arm-search")));
            UiDriver.doInFx(() -> {
                window.model().edits().rename(new ObjectRef.HostRef("rs1"), "web1");
                window.model().edits().rename(new ObjectRef.HostRef("rs2"), "web2");
                window.model().edits().place(Kind.REALSERVER, new Point(200, 620), Optional.empty());
                window.model().project().editing().undo();
            });
            window.driver().keys(KeyCode.ALT, KeyCode.DIGIT8);
            window.driver().keys(KeyCode.CONTROL, KeyCode.K);
            window.driver().type("192.168");
            save(window, "workbench-search-light");
        }
    }

    @Test
    void aDesignWithProblems() {
        try (OpenWindow window = window(1280, 800, false)) {
            window.opened(project("two-arm")
                    .withLipOutsideItsSubnet()
                    .replacing("protocol: tcp", "protocol: udp")
                    .in(directory.resolve("two-arm-broken")));
            select(window, "localAddressPools.lan-lips");
            save(window, "workbench-problems-light");
        }
    }

    private static ProjectFixture project(String name) {
        return ProjectFixture.twoArm().named(name + "-picture");
    }

    private OpenWindow window(int width, int height, boolean dark) {
        OpenWindow window = OpenWindow.withoutBundle(directory, width, height);
        UiDriver.doInFx(() -> window.model().setDark(dark));
        return window;
    }

    private static void select(OpenWindow window, String path) {
        UiDriver.doInFx(() -> window.model().project().select(ObjectRef.at(path)));
        assertThat(window.selection()).isNotEqualTo(Optional.empty());
    }

    private static void save(OpenWindow window, String name) {
        Pictures.save(window, name);
        assertThat(colours(UiDriver.picture(window.scene()))).isGreaterThan(FEWEST_COLOURS);
    }

    private static int colours(WritableImage image) {
        Set<Integer> colours = new HashSet<>();
        PixelReader pixels = image.getPixelReader();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colours.add(pixels.getArgb(x, y));
            }
        }
        return colours.size();
    }
}
