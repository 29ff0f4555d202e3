package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.picture.PdfBytes;
import io.twoarm.desktop.picture.SvgText;
import io.twoarm.model.Finding;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.Scheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More of what people do with a design by mouse and keyboard. */
class DesignGesturesTest {
    private OpenWindow window;

    @TempDir
    private Path directory;

    private Path project;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory);
        project = ProjectFixture.twoArm().named("gestures").in(directory.resolve("lab"));
        window.opened(project);
        UiDriver.doInFx(() -> window.stage().toFront());
        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DIGIT1);
        UiDriver.doInFx(() -> window.canvas().requestFocus());
    }

    @AfterEach
    void leave() {
        window.close();
    }

    @Test
    void aCardThatGrowsKeepsItsChipsAwayFromTheWires() {
        for (int i = 0; i < 4; i++) {
            window.driver().dragTo("#palette-service", window.canvas(), new HostRef("director"));
        }
        UiDriver.nextPulse();

        assertThat(topology().virtualServices()).hasSize(5);
        for (String wire : List.of("#segments-wan .wire", "#segments-lan .wire")) {
            Bounds line = scene(wire);
            assertThat(UiDriver.inFx(() -> window.scene().getRoot().lookupAll(".chip").stream()
                            .map(chip -> chip.localToScene(chip.getBoundsInLocal()))
                            .filter(line::intersects)
                            .count()))
                    .as("chips over " + wire)
                    .isZero();
        }
    }

    @Test
    void viewsThatOpenLeaveTheDrawingWherePeopleMovedIt() throws IOException {
        double right = UiDriver.inFx(() -> window.canvas().getWidth()) - 60;
        window.driver().drag(window.canvas(), right, 60, -70, 20);
        Bounds moved = client();

        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT7);
        UiDriver.waitUntil("problems are shown", () -> window.scene().lookup("#problems") != null);
        UiDriver.nextPulse();
        assertThat(client()).isEqualTo(moved);

        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DIGIT2);
        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DIGIT1);
        UiDriver.nextPulse();
        ProjectFixture.twoArm().named("gestures").withLipOutsideItsSubnet().in(project);
        UiDriver.waitUntil(
                "the problem of the file is shown",
                () -> window.model().project().problemsProperty().get().stream()
                        .anyMatch(problem -> problem.finding().severity() == Finding.Severity.ERROR));
        UiDriver.nextPulse();
        assertThat(client()).isEqualTo(moved);
    }

    private Bounds client() {
        return UiDriver.inFx(
                () -> window.canvas().boundsOf(new HostRef("client")).orElseThrow());
    }

    @Test
    void roomThatAGrowingCardMakesIsAPartOfTheSameStep() {
        window.driver().drag(window.canvas(), new HostRef("client"), 30, 0);
        Point before = place("segments.lan");
        window.driver().dragTo("#palette-service", window.canvas(), new HostRef("director"));
        window.driver().dragTo("#palette-service", window.canvas(), new HostRef("director"));
        UiDriver.nextPulse();
        assertThat(place("segments.lan").y()).isGreaterThan(before.y());

        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);

        assertThat(place("segments.lan")).isEqualTo(before);
        assertThat(topology().virtualServices()).hasSize(1);
    }

    @Test
    void aSchedulerIsChosenForSeveralServicesAtOnce() {
        window.driver().dragTo("#palette-service", window.canvas(), new HostRef("director"));
        List<ServiceRef> services = topology().virtualServices().stream()
                .map(each -> new ServiceRef(each.name()))
                .toList();
        UiDriver.doInFx(() -> window.model().project().selection().selectAll(services));
        UiDriver.nextPulse();
        assertThat(window.driver().find("#properties-title", Label.class).getText())
                .isEqualTo("2 objects");

        ComboBox<?> schedulers = UiDriver.inFx(() -> window.scene().getRoot().lookupAll(".property-choice").stream()
                .map(ComboBox.class::cast)
                .filter(box -> "Scheduler".equals(box.getAccessibleText()))
                .findFirst()
                .orElseThrow());
        UiDriver.doInFx(() -> schedulers.getSelectionModel().select(3));

        UiDriver.waitUntil(
                "both have it",
                () -> topology().virtualServices().stream().allMatch(each -> each.scheduler() == Scheduler.WLC));
        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(topology().virtualServices()).noneMatch(each -> each.scheduler() == Scheduler.WLC);
    }

    @Test
    void hostsAreLinkedWithSegmentsByPatternsOfTheirNames() {
        Platform.runLater(() -> window.press("#menu-linkMany"));
        TextField hosts = window.driver().find("#link-hosts", TextField.class);
        UiDriver.doInFx(() -> {
            hosts.setText("rs*");
            window.driver().find("#link-segments", TextField.class).setText("wan");
        });
        ListView<?> pairs = window.driver().find("#link-pairs", ListView.class);
        assertThat(pairs.getItems()).hasSize(2);
        window.driver().click("#link-yes");

        UiDriver.waitUntil("both are there", () -> on("wan").containsAll(List.of("rs1", "rs2")));
        UiDriver.doInFx(() -> window.model().project().editing().undo());
        assertThat(on("wan")).doesNotContain("rs1", "rs2");
    }

    @Test
    void selectedHostsAreConnectedWithASelectedSegmentFromTheirMenu() {
        UiDriver.doInFx(() -> window.model()
                .project()
                .selection()
                .selectAll(List.of(new HostRef("rs1"), new HostRef("rs2"), new SegmentRef("wan"))));
        window.driver().rightClick(window.canvas(), new HostRef("rs1"));
        window.driver().clickMenu("#menu-linkSelected");

        assertThat(on("wan")).contains("rs1", "rs2");
    }

    @Test
    void aDirectorBecomesAPairByASearchedCommand() {
        window.driver().keys(KeyCode.CONTROL, KeyCode.K);
        window.driver().type("make the director a vrrp");
        window.driver().keys(KeyCode.ENTER);

        UiDriver.waitUntil("there is a pair", () -> topology().directorGroups().size() == 1);
        assertThat(topology().directors().toList()).hasSize(2);
        UiDriver.doInFx(() -> window.model().project().editing().undo());
        assertThat(topology().directorGroups()).isEmpty();
    }

    @Test
    void theWiresOfALayerAreHiddenAndComeBack() {
        UiDriver.doInFx(() -> window.press("#menu-layer-data"));
        assertThat(window.driver().find("#segments-lan", Node.class).isVisible())
                .isFalse();
        assertThat(window.driver().find("#hosts-rs1-ports-eth0", Node.class).isVisible())
                .isFalse();
        assertThat(window.driver().find("#hosts-rs1", Node.class).isVisible()).isTrue();

        UiDriver.doInFx(() -> window.press("#menu-layer-data"));
        assertThat(window.driver().find("#segments-lan", Node.class).isVisible())
                .isTrue();
    }

    @Test
    void theVectorPicturesHaveEveryNameAndAreWellFormed() throws Exception {
        String svg = UiDriver.inFx(() -> SvgText.of(window.canvas().vectorPicture("gestures")));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(40);
        assertThat(svg).contains(">director<", ">10.0.96.204<", ">rs2<", "<title>gestures</title>");

        String pdf = new String(
                UiDriver.inFx(() -> PdfBytes.of(window.canvas().vectorPicture("gestures"))),
                StandardCharsets.ISO_8859_1);
        assertThat(pdf).startsWith("%PDF-1.4").endsWith("%%EOF\n").contains("<6469726563746F72> Tj");
        int start = Integer.parseInt(pdf.replaceFirst("(?s).*startxref\n(\\d+)\n%%EOF\n", "$1"));
        assertThat(pdf.substring(start)).startsWith("xref");
    }

    @Test
    void altArrowsMoveWhatIsSelectedAndUndoBringsItBack() {
        window.driver().click(window.canvas(), new HostRef("rs1"));
        Point before = place("hosts.rs1");
        window.driver().keys(KeyCode.ALT, KeyCode.RIGHT);
        window.driver().keys(KeyCode.ALT, KeyCode.DOWN);
        assertThat(place("hosts.rs1")).isEqualTo(before.plus(8, 8));

        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        UiDriver.waitUntil("it is where it was", () -> before.equals(place("hosts.rs1")));
    }

    @Test
    void arrowsGoFromOneFigureToTheNextAndEscapeSelectsNothing() {
        window.driver().click(window.canvas(), new HostRef("rs1"));
        window.driver().keys(KeyCode.RIGHT);
        assertThat(window.selection()).contains(new HostRef("rs2"));
        window.driver().keys(KeyCode.ESCAPE);
        assertThat(window.selection()).isEmpty();
    }

    @Test
    void everythingIsSelectedByKeyboardAndDeletedAndComesBack() {
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        assertThat(window.model().project().selection().all()).hasSize(8);
        window.driver().keys(KeyCode.DELETE);
        assertThat(topology().hosts()).isEmpty();
        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(topology().hosts()).hasSize(5);
    }

    @Test
    void whatIsCutIsPastedAgain() {
        window.driver().click(window.canvas(), new HostRef("rs2"));
        window.driver().keys(KeyCode.CONTROL, KeyCode.X);
        assertThat(names()).doesNotContain("rs2");
        window.driver().keys(KeyCode.CONTROL, KeyCode.V);
        assertThat(names()).hasSize(5);
    }

    @Test
    void aDuplicateStandsBesideItsOriginal() {
        window.driver().click(window.canvas(), new HostRef("rs2"));
        window.driver().keys(KeyCode.CONTROL, KeyCode.J);
        assertThat(names()).contains("rs3");
        assertThat(window.selection()).contains(new HostRef("rs3"));
    }

    @Test
    void theSelectionIsShownAsLargeAsItFits() {
        double before = UiDriver.inFx(() -> window.canvas().zoomProperty().get());
        window.driver().click(window.canvas(), new HostRef("rs1"));
        window.driver().keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.DIGIT0);
        assertThat(UiDriver.inFx(() -> window.canvas().zoomProperty().get())).isGreaterThan(before);
        window.driver().keys(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(UiDriver.inFx(() -> window.canvas().zoomProperty().get())).isCloseTo(before, within());
    }

    @Test
    void twoPortsOfAHostOnTheSameWireAreTwoLinesBesideEachOther() {
        UiDriver.doInFx(() -> window.model().edits().connect(new HostRef("rs1"), new SegmentRef("lan")));
        UiDriver.nextPulse();

        Bounds first = scene("#hosts-rs1-ports-eth0 .link");
        Bounds second = scene("#hosts-rs1-ports-eth1 .link");
        assertThat(Math.abs(first.getCenterX() - second.getCenterX())).isGreaterThan(20);
    }

    @Test
    void whatIsSelectedIsSaidToScreenReaders() {
        window.driver().click(window.canvas(), new HostRef("rs1"));
        assertThat(UiDriver.inFx(() -> window.canvas().getAccessibleText())).contains("rs1, Realserver");
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.05);
    }

    private Bounds scene(String selector) {
        return UiDriver.inFx(() -> {
            Parent root = window.scene().getRoot();
            Node node = root.lookup(selector);
            return node.localToScene(node.getBoundsInLocal());
        });
    }

    private List<String> on(String segment) {
        return topology().hosts().stream()
                .filter(host ->
                        host.ports().stream().anyMatch(port -> port.segment().equals(segment)))
                .map(Host::name)
                .toList();
    }

    private Topology topology() {
        return UiDriver.inFx(
                () -> window.model().project().topologyProperty().get().orElseThrow());
    }

    private List<String> names() {
        return topology().hosts().stream().map(Host::name).toList();
    }

    private Point place(String path) {
        return UiDriver.inFx(
                () -> window.model().places().placesProperty().get().get(path));
    }
}
