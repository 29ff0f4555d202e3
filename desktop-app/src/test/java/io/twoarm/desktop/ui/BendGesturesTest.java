package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.picture.VectorPicture;
import io.twoarm.model.project.LinkShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Polyline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bending links by mouse and keyboard in a real window. */
class BendGesturesTest {
    private static final PortRef PORT = new PortRef("rs1", "eth0");
    private static final String GRIP = "#hosts-rs1-ports-eth0 .link-grip";

    @TempDir
    private Path directory;

    private OpenWindow window;
    private Path project;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory, 1900, 1150);
        project = ProjectFixture.twoArm().named("bend-test").in(directory.resolve("lab"));
        window.opened(project);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void altAndADragBendALinkAndUndoTakesTheBendBack() {
        window.driver().dragBy(GRIP, -150, 0, KeyCode.ALT);

        assertThat(line().shape()).isEqualTo(LinkShape.BENT);
        assertThat(line().bends()).hasSize(1);
        assertThat(window.undoText()).isEqualTo("Undo bend eth0");
        window.saved();
        assertThat(project.resolve("layout.yaml")).content().contains("eth0: { shape: bent, bends: [{ x: ");
        Point bend = line().bends().getFirst();
        assertThat(corners()).contains(bend);
        Bounds wire = UiDriver.inFx(() -> window.scene().lookup("#segments-lan").getBoundsInParent());
        assertThat(corners().getLast().x()).as("ends on its wire").isBetween(wire.getMinX(), wire.getMaxX());

        window.driver().dragBy(GRIP, -90, 30, List.of(KeyCode.ALT), List.of(KeyCode.ESCAPE));
        assertThat(line().bends()).as("after Escape").containsExactly(bend);
        assertThat(corners()).hasSize(4);

        window.driver().keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(line()).isEqualTo(LinkLine.STRAIGHT);
        window.saved();
        assertThat(project.resolve("layout.yaml")).doesNotExist();
    }

    @Test
    void aBendSnapsToOtherFiguresAndIsGoneOnTheLineOfItsNeighbours() {
        window.driver().dragBy(GRIP, -150, 0, KeyCode.ALT);
        Point first = line().bends().getFirst();
        double centre = window.place("hosts.client").x();

        window.driver().dragBy("#bend-handle-0", (centre - first.x() + 4) * zoom(), 3);

        assertThat(line().bends()).hasSize(1);
        assertThat(line().bends().getFirst().x()).as("the middle of the client").isEqualTo(centre);
        assertThat(window.undoText()).isEqualTo("Undo move a bend of eth0");
        double start = corners().getFirst().x();
        window.driver().dragBy("#bend-handle-0", (start - centre + 3) * zoom(), 0);

        assertThat(line()).isEqualTo(LinkLine.STRAIGHT);
        assertThat(window.undoText()).isEqualTo("Undo remove a bend of eth0");
    }

    @Test
    void deleteRemovesTheBendWhoseHandleWasPressedAndNotThePort() {
        draw(LinkLine.through(List.of(
                window.place("hosts.rs1").plus(-200, -80),
                window.place("hosts.rs1").plus(-300, -110))));
        select(PORT);
        Point second = line().bends().getLast();

        window.driver().click("#bend-handle-0");
        window.driver().keys(KeyCode.DELETE);

        assertThat(line().bends()).containsExactly(second);
        assertThat(window.selection()).contains(PORT);
        window.driver().keys(KeyCode.DELETE);
        assertThat(window.selection()).as("no handle is chosen any more").isEmpty();
    }

    @Test
    void theMenuOfALinkMakesItOrthogonalAndItsLegsAreDragged() {
        window.driver().rightClick(GRIP);
        window.driver().clickMenu("#menu-line-orthogonal");
        assertThat(line()).isEqualTo(new LinkLine(LinkShape.ORTHOGONAL, List.of()));
        assertThat(window.undoText()).isEqualTo("Undo draw eth0 orthogonal");

        window.driver().dragBy("#bend-handle-0", -120, 25);

        assertThat(line().bends()).hasSize(1);
        List<Point> corners = corners();
        assertThat(corners).hasSize(4);
        assertThat(corners.get(0).x()).isEqualTo(corners.get(1).x());
        assertThat(corners.get(1).y()).isEqualTo(corners.get(2).y());
        assertThat(corners.get(2).x()).isEqualTo(corners.get(3).x());

        window.driver().rightClick("#bend-handle-1");
        window.driver().clickMenu("#menu-line-bent");
        assertThat(line()).as("the same way").isEqualTo(LinkLine.through(corners.subList(1, 3)));
        window.driver().rightClick("#bend-handle-0");
        window.driver().clickMenu("#menu-line-unbend");
        assertThat(line()).isEqualTo(LinkLine.STRAIGHT);
    }

    @Test
    void bendsGoAlongWhenBothEndsAreDragged() {
        Point bend = window.place("hosts.rs1").plus(-160, -90);
        draw(LinkLine.through(List.of(bend)));
        UiDriver.doInFx(() -> window.model()
                .project()
                .selection()
                .selectAll(List.of(new HostRef("rs1"), new HostRef("rs2"), new SegmentRef("lan"))));
        Point before = window.place("hosts.rs1");

        window.driver().drag(window.canvas(), new HostRef("rs1"), 45, 31);

        Point after = window.place("hosts.rs1");
        assertThat(after).isNotEqualTo(before);
        assertThat(line().bends()).containsExactly(bend.plus(after.x() - before.x(), after.y() - before.y()));
        assertThat(corners()).contains(line().bends().getFirst());
    }

    @Test
    void aBentLinkIsSelectedByItsLineAndNotByWhatItRunsAround() {
        Point away = window.place("hosts.rs1").plus(-400, -70);
        draw(LinkLine.through(List.of(away, away.plus(0, -30))));
        List<Point> corners = corners();

        click(middle(corners.get(1), corners.get(3)));
        assertThat(window.selection()).as("between the legs").isEmpty();
        click(middle(corners.get(1), corners.get(2)));
        assertThat(window.selection()).contains(PORT);
        assertThat(UiDriver.inFx(() -> window.scene().lookup("#bend-handle-1"))).isNotNull();
    }

    @Test
    void aPictureOfTheDesignFollowsTheBends() {
        draw(LinkLine.through(List.of(window.place("hosts.rs1").plus(-200, -80))));
        List<Point> corners = corners();

        VectorPicture picture = UiDriver.inFx(() -> window.canvas().vectorPicture("bends"));

        assertThat(picture.marks().stream()
                        .filter(VectorPicture.Mark.Outline.class::isInstance)
                        .map(VectorPicture.Mark.Outline.class::cast)
                        .map(BendGesturesTest::legs))
                .contains(legs(corners));
    }

    /** From each corner of an outline to the next, wherever on the picture it is. */
    private static List<Point> legs(VectorPicture.Mark.Outline outline) {
        return legs(outline.steps().stream()
                .map(step -> switch (step) {
                    case VectorPicture.Step.Move move -> new Point(move.x(), move.y());
                    case VectorPicture.Step.Line line -> new Point(line.x(), line.y());
                    default -> new Point(0, 0);
                })
                .toList());
    }

    private static List<Point> legs(List<Point> corners) {
        return java.util.stream.IntStream.range(1, corners.size())
                .mapToObj(i -> corners.get(i)
                        .plus(-corners.get(i - 1).x(), -corners.get(i - 1).y()))
                .toList();
    }

    private void draw(LinkLine line) {
        UiDriver.doInFx(() -> window.model().lines().draw(PORT, line));
        UiDriver.nextPulse();
    }

    private void select(ObjectRef ref) {
        UiDriver.doInFx(() -> {
            window.model().project().select(Optional.of(ref));
            window.canvas().requestFocus();
        });
        UiDriver.nextPulse();
    }

    private void click(Point at) {
        Point2D there = UiDriver.inFx(
                () -> window.canvas().sceneToLocal(window.scene().lookup(GRIP).localToScene(at.x(), at.y())));
        window.driver().click(window.canvas(), there.getX(), there.getY());
    }

    private static Point middle(Point one, Point other) {
        return new Point((one.x() + other.x()) / 2, (one.y() + other.y()) / 2);
    }

    private LinkLine line() {
        return UiDriver.inFx(() -> window.model().lines().of(PORT));
    }

    /** Of the link as it is drawn. */
    private List<Point> corners() {
        return UiDriver.inFx(() -> {
            List<Double> numbers = ((Polyline) window.scene().lookup(GRIP)).getPoints();
            return java.util.stream.IntStream.range(0, numbers.size() / 2)
                    .mapToObj(i -> new Point(numbers.get(2 * i), numbers.get(2 * i + 1)))
                    .toList();
        });
    }

    private double zoom() {
        Node grip = window.scene().lookup(GRIP);
        return UiDriver.inFx(
                () -> grip.localToScene(1, 0).getX() - grip.localToScene(0, 0).getX());
    }
}
