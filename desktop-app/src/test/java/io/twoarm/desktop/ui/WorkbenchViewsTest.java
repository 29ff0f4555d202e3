package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.ui.canvas.OverviewMap;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Perspectives, views, search, history and map in a real window. */
class WorkbenchViewsTest {
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
    void anAddressIsFoundAndItsObjectIsSelectedByEnter() {
        window.opened(project());

        window.driver().keys(KeyCode.CONTROL, KeyCode.K);
        window.driver().type("229.2");
        window.driver().keys(KeyCode.ENTER);

        assertThat(window.selection())
                .hasValueSatisfying(ref -> assertThat(ref.path()).contains("rs2"));
        assertThat(search().isVisible()).isFalse();
    }

    @Test
    void aCommandIsFoundByAnyWordAndDone() {
        window.opened(project());
        UiDriver.doInFx(window.canvas()::zoomIn);
        double zoomed = UiDriver.inFx(() -> window.canvas().zoomProperty().get());

        window.driver().keys(KeyCode.CONTROL, KeyCode.K);
        window.driver().type("actual");
        window.driver().keys(KeyCode.ENTER);

        assertThat(zoomed).isNotEqualTo(1);
        assertThat(UiDriver.inFx(() -> window.canvas().zoomProperty().get())).isEqualTo(1);
    }

    @Test
    void theSearchFindsStartersOnTheWelcomePageAndEscapeClosesIt() {
        window.driver().keys(KeyCode.CONTROL, KeyCode.K);
        window.driver().type("new project ecmp");

        ListView<?> hits = window.driver().find("#quick-access-hits", ListView.class);
        assertThat(hits.getItems()).hasSize(1);
        window.driver().keys(KeyCode.ESCAPE);
        assertThat(search().isVisible()).isFalse();
    }

    @Test
    void aClickInTheHistoryGoesToThatStepAndBack() {
        window.opened(project());
        UiDriver.doInFx(() -> {
            window.model().edits().rename(new HostRef("rs1"), "web1");
            window.model().edits().rename(new HostRef("rs2"), "web2");
        });
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT8);
        UiDriver.waitUntil("three states are listed", () -> steps().size() == 3);
        assertThat(steps()).containsExactly("As it was opened", "Rename rs1 to web1", "Rename rs2 to web2");

        window.driver().click(cell("Rename rs1 to web1"));
        assertThat(hosts()).contains("web1", "rs2");
        window.driver().click(cell("As it was opened"));
        assertThat(hosts()).contains("rs1", "rs2");
        window.driver().click(cell("Rename rs2 to web2"));
        assertThat(hosts()).contains("web1", "web2");
    }

    @Test
    void eachPerspectiveHasItsViewsAndRemembersWhatWasHidden() {
        window.opened(project());
        assertThat(tabs(Page.Area.RIGHT)).containsExactly("Properties");

        window.driver().click("#perspective-diagnose");
        assertThat(tabs(Page.Area.RIGHT)).containsExactly("Properties", "Live", "Proof");
        UiDriver.doInFx(() -> close(Page.PROPERTIES));
        assertThat(tabs(Page.Area.RIGHT)).containsExactly("Live", "Proof");

        window.driver().click("#perspective-design");
        assertThat(tabs(Page.Area.RIGHT)).containsExactly("Properties");
        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DIGIT3);
        assertThat(tabs(Page.Area.RIGHT)).containsExactly("Live", "Proof");
    }

    @Test
    void anAreaWithoutViewsGivesItsRoomToTheDrawingAndItsSizeComesBack() {
        window.opened(project());
        SplitPane split = UiDriver.inFx(() -> (SplitPane) window.scene().lookup(".workspace"));
        UiDriver.doInFx(() -> split.setDividerPosition(1, 0.6));
        UiDriver.nextPulse();
        double narrow = UiDriver.inFx(() -> window.canvas().getWidth());

        UiDriver.doInFx(() -> close(Page.PROPERTIES));
        UiDriver.nextPulse();
        assertThat(UiDriver.inFx(() -> window.canvas().getWidth())).isGreaterThan(narrow + 300);

        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT3);
        UiDriver.nextPulse();
        assertThat(UiDriver.inFx(() -> window.canvas().getWidth())).isBetween(narrow - 3, narrow + 3);
    }

    @Test
    void theMapAppearsWhenNotEverythingIsSeenAndAClickOnItGoesThere() {
        window.opened(project());
        OverviewMap map = window.driver().find("#overview-map", OverviewMap.class);
        UiDriver.doInFx(window.canvas()::fit);
        UiDriver.waitUntil("everything is seen", () -> !map.isVisible());

        UiDriver.doInFx(() -> {
            for (int i = 0; i < 7; i++) {
                window.canvas().zoomIn();
            }
        });
        UiDriver.waitUntil("the map is there", map::isVisible);
        Bounds before = boundsOf(new HostRef("client"));
        window.driver().click("#overview-map");

        assertThat(boundsOf(new HostRef("client"))).isNotEqualTo(before);
        assertThat(boundsOf(new HostRef("director")).getCenterX())
                .isBetween(0.0, UiDriver.inFx(() -> window.canvas().getWidth()));
    }

    @Test
    void theFilesOfEveryHostAreShownAndComparedWithWhenTheDesignWasOpened() {
        window.opened(project());
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT9);
        UiDriver.waitUntil("the first file of the director is shown", () -> path().startsWith("director:/"));
        assertThat(shownText()).contains("netif_defs", "dpdk2");

        UiDriver.doInFx(() -> {
            window.model().project().select(java.util.Optional.of(new HostRef("rs1")));
            window.model().edits().rename(new HostRef("rs2"), "web2");
        });
        UiDriver.waitUntil(
                "the renamed host has files",
                () -> files().getRoot().getChildren().stream()
                        .anyMatch(host -> host.getValue().toString().contains("web2")));
        UiDriver.doInFx(() -> {
            compare().getSelectionModel().select(1);
        });

        assertThat(UiDriver.inFx(() -> files().getRoot().getChildren().stream()
                        .filter(javafx.scene.control.TreeItem::isExpanded)
                        .map(item -> item.getValue().toString())
                        .toList()))
                .as("hosts with differences are open")
                .anyMatch(host -> host.contains("web2"));
        assertThat(path()).as("the first difference is shown").isNotEqualTo("director:/etc/twoarm/dpvs.conf");
    }

    @Test
    void thePictureShowsTheWholeDrawingTwiceAsLargeHoweverFarTheViewIsZoomed() {
        window.opened(project());
        javafx.scene.image.Image whole = UiDriver.inFx(() -> window.canvas().picture());
        UiDriver.doInFx(() -> {
            for (int i = 0; i < 6; i++) {
                window.canvas().zoomIn();
            }
        });
        javafx.scene.image.Image zoomed = UiDriver.inFx(() -> window.canvas().picture());

        assertThat(whole.getWidth()).isGreaterThan(1000);
        assertThat(zoomed.getWidth()).isEqualTo(whole.getWidth());
        assertThat(zoomed.getHeight()).isEqualTo(whole.getHeight());
        assertThat(PictureFile.png(whole)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(zoomed.getPixelReader().getArgb(4, 4))
                .as("the ground is painted")
                .isEqualTo(whole.getPixelReader().getArgb(4, 4))
                .isNotZero();
    }

    @Test
    void theDescriptionIsTypedInSeveralLines() {
        window.opened(project());
        javafx.scene.control.TextArea area = (javafx.scene.control.TextArea)
                UiDriver.inFx(() -> window.scene().lookup(".property-paragraph"));
        window.driver().click(area);
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type("Two arms.");
        window.driver().keys(KeyCode.CONTROL, KeyCode.ENTER);

        UiDriver.waitUntil(
                "the description is in the design",
                () -> window.model()
                        .project()
                        .topologyProperty()
                        .get()
                        .orElseThrow()
                        .description()
                        .equals("Two arms.\n"));
    }

    @Test
    void aDesignWithErrorsSaysWhyItHasNoFiles() {
        window.opened(ProjectFixture.twoArm().withLipOutsideItsSubnet().in(directory.resolve("broken")));
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT9);

        UiDriver.waitUntil(
                "the reason is shown",
                () -> window.scene().getRoot().lookupAll(".placeholder").stream()
                        .anyMatch(node -> node.isVisible()
                                && node instanceof Labeled label
                                && label.getText().startsWith("A design with errors")));
    }

    private String path() {
        return ((Labeled) window.scene().lookup("#file-path")).getText();
    }

    private javafx.scene.control.TreeView<?> files() {
        return (javafx.scene.control.TreeView<?>) window.scene().lookup("#files");
    }

    private javafx.scene.control.ChoiceBox<?> compare() {
        return (javafx.scene.control.ChoiceBox<?>) window.scene().lookup("#files-compare");
    }

    private String shownText() {
        return UiDriver.inFx(() -> ((ListView<?>) window.scene().lookup("#file-text"))
                .getItems().stream().map(Object::toString).collect(java.util.stream.Collectors.joining("\n")));
    }

    @Test
    void aViewThatOpensBelowHidesNoFigure() {
        // So low that the drawing cannot be read beside the problems, but could without them.
        window.resize(OpenWindow.WIDTH, 640);
        window.opened(
                ProjectFixture.twoArm().withLipOutsideItsSubnet().named("below").in(directory.resolve("below")));
        UiDriver.waitUntil(
                "the problems open by themselves", () -> tabs(Page.Area.BOTTOM).contains("Problems"));
        UiDriver.nextPulse();
        assertThat(hiddenHosts()).isEmpty();

        UiDriver.doInFx(() -> close(Page.PROBLEMS));
        UiDriver.nextPulse();
        double alone = UiDriver.inFx(() -> window.canvas().zoomProperty().get());
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT7);
        UiDriver.nextPulse();

        assertThat(hiddenHosts()).isEmpty();
        assertThat(UiDriver.inFx(() -> window.canvas().zoomProperty().get())).isLessThan(Math.min(0.5, alone));
    }

    private List<String> hiddenHosts() {
        return UiDriver.inFx(() -> window.model().project().topologyProperty().get().orElseThrow().hosts().stream()
                .map(host -> host.name())
                .filter(host -> !window.canvas()
                        .getLayoutBounds()
                        .contains(window.canvas().boundsOf(new HostRef(host)).orElseThrow()))
                .toList());
    }

    private Path project() {
        return ProjectFixture.twoArm().named("views-test").in(directory.resolve("lab"));
    }

    private Bounds boundsOf(ObjectRef ref) {
        return UiDriver.inFx(() -> window.canvas().boundsOf(ref).orElseThrow());
    }

    private Node search() {
        return UiDriver.inFx(() -> window.scene().lookup(".quick-access").getParent());
    }

    private List<String> hosts() {
        return UiDriver.inFx(() -> window.model().project().topologyProperty().get().orElseThrow().hosts().stream()
                .map(host -> host.name())
                .toList());
    }

    private List<String> steps() {
        return UiDriver.inFx(() -> window.scene().getRoot().lookupAll(".history .step").stream()
                .map(Labeled.class::cast)
                .filter(cell -> cell.getText() != null)
                .sorted(java.util.Comparator.comparingDouble(Node::getLayoutY))
                .map(Labeled::getText)
                .toList());
    }

    private Node cell(String text) {
        return UiDriver.inFx(() -> window.scene().getRoot().lookupAll(".history .step").stream()
                .filter(cell -> text.equals(((Labeled) cell).getText()))
                .findFirst()
                .orElseThrow());
    }

    private TabPane dock(Page.Area area) {
        return window.driver().find("#dock-" + area.name().toLowerCase(java.util.Locale.ROOT), TabPane.class);
    }

    private List<String> tabs(Page.Area area) {
        return UiDriver.inFx(
                () -> dock(area).getTabs().stream().map(Tab::getText).toList());
    }

    /** Presses the cross of a view's tab. */
    private void close(Page page) {
        Tab tab = dock(page.area()).getTabs().stream()
                .filter(each -> each.getId().equals("page-" + page.name().toLowerCase(java.util.Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        tab.getOnCloseRequest().handle(new javafx.event.Event(Tab.TAB_CLOSE_REQUEST_EVENT));
    }
}
